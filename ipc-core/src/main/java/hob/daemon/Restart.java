package hob.daemon;

import hob.contract.Family;
import hob.ipc.House;

/// What a person types to have a daemon start anew.
final class Restart {
    private Restart() {}

    static String command(House house, Family member) {
        return house.oneUser() ? "scripts/dev run " + member.word() : "systemctl restart " + member.user();
    }
}
