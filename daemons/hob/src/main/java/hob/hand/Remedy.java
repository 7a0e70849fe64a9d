package hob.hand;

import hob.contract.Family;
import hob.ipc.House;
import hob.ipc.House.Keeper;
import java.util.OptionalLong;

/// What a person types to have a member there again, where more is known of it than a house knows.
record Remedy(House house) {
    /// Who hangs does not hear that it should end, and would be waited for; whoever is looked after comes back.
    String restart(Family member, OptionalLong pid) {
        if (house.keeper().isSystemd()) {
            return house.restartCommand(member);
        }
        if (pid.isEmpty()) {
            return house.startCommand(member);
        }
        var kill = "kill -KILL " + pid.getAsLong();
        return house.isUp() ? kill : kill + "; " + house.startCommand(member);
    }

    /// Who ended for anything but its config is started again by `scripts/up`, after a pause that grows.
    boolean comesBackByItself(Family member) {
        return house.keeper() == Keeper.UP
                && house.isUp()
                && LastWords.ofWrongConfig(house, member).isEmpty();
    }

    /// The same that a client says of one who is not there, where somebody is about to start it.
    String inPlaceOfStarting(Family member, String sentence) {
        if (!comesBackByItself(member)) {
            return sentence;
        }
        var command = "'" + house.startCommand(member) + "'";
        return sentence.replace(
                command + " starts it", "'scripts/up' is about to start it again, and " + command + " does so at once");
    }
}
