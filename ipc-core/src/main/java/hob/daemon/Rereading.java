package hob.daemon;

import hob.contract.Family;
import hob.ipc.House;

/// What a person types to have a daemon read its files again.
public final class Rereading {
    private Rereading() {}

    /// Said by the daemon itself, whose process it names where no systemd knows it.
    public static String command(House house, Family member) {
        return house.oneUser() ? "kill -HUP " + ProcessHandle.current().pid() : "systemctl reload " + member.user();
    }
}
