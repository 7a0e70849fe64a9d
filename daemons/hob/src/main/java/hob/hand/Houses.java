package hob.hand;

import hob.ipc.House;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Which house is meant: the one that is named, or the machine's.
final class Houses {
    static final String VARIABLE = "HOB_RUNTIME_DIR";

    private Houses() {}

    static House find(Surroundings surroundings) {
        var named = surroundings.environment().getOrDefault(VARIABLE, "");
        if (named.isEmpty()) {
            return installed(surroundings.installed());
        }
        var folder = path(named).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new Refused(
                    Exit.UNAVAILABLE,
                    "there is no house at " + folder + ", which " + VARIABLE
                            + " names: 'scripts/up' in a checkout starts one");
        }
        return House.ofOneUser(folder);
    }

    private static House installed(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new Refused(
                    Exit.UNAVAILABLE,
                    "there is no house: " + folder + " is not there, and " + VARIABLE
                            + " names no other. 'systemctl start hob.target' starts the installed one, 'scripts/up' one"
                            + " in a checkout");
        }
        return House.ofMembers(folder);
    }

    private static Path path(String named) {
        try {
            return Path.of(named);
        } catch (InvalidPathException e) {
            throw Refused.usage(VARIABLE + " is " + Names.quoted(named) + ", which is no path");
        }
    }
}
