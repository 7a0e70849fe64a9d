package hob.daemon;

import hob.contract.Family;
import hob.ipc.House;

/// What a person types to have a daemon read its files again.
public final class Rereading {
    private Rereading() {}

    /// Said by the daemon itself, whose process it names where no systemd knows it.
    public static String command(House house, Family member) {
        return switch (house.keeper()) {
            case SYSTEMD -> "systemctl reload " + member.user();
            case SYSTEMD_OF_A_USER -> "systemctl --user reload " + member.user();
            case UP -> "kill -HUP " + ProcessHandle.current().pid();
        };
    }
}
