package hob.hand;

import hob.ipc.House;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Which house is meant: the one that is named, or the machine's, or the user's own.
final class Houses {
    static final String VARIABLE = "HOB_RUNTIME_DIR";

    private Houses() {}

    static House find(Surroundings surroundings) {
        var named = surroundings.environment().getOrDefault(VARIABLE, "");
        if (named.isEmpty()) {
            return installed(surroundings);
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

    private static House installed(Surroundings surroundings) {
        var machines = surroundings.installed();
        if (Files.isDirectory(machines)) {
            return House.ofMembers(machines);
        }
        return ofUser(surroundings)
                .map(House::ofOneUser)
                .orElseThrow(
                        () -> new Refused(
                                Exit.UNAVAILABLE,
                                DoorFolders.isGone(machines)
                                        ? machines + " is gone, and with it the door of every member: '"
                                                + DoorFolders.MAKE_ALL + "' makes them anew"
                                        : "there is no house: " + machines
                                                + " is not there, nor is one of your own, and " + VARIABLE
                                                + " names no other. 'systemctl start hob.target' starts the installed one,"
                                                + " 'systemctl --user start hob.target' your own, 'scripts/up' one in a checkout"));
    }

    /// The user's own, where the machine's is taken because both are there.
    static Optional<Path> passedOver(Surroundings surroundings) {
        var named = surroundings.environment().getOrDefault(VARIABLE, "");
        return named.isEmpty() && Files.isDirectory(surroundings.installed()) ? ofUser(surroundings) : Optional.empty();
    }

    /// In which the user's own systemd makes the doors.
    private static Optional<Path> ofUser(Surroundings surroundings) {
        var folder = surroundings.environment().getOrDefault("XDG_RUNTIME_DIR", "");
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of(path(folder).resolve("hob")).filter(Files::isDirectory);
    }

    private static Path path(String named) {
        try {
            return Path.of(named);
        } catch (InvalidPathException e) {
            throw Refused.usage(VARIABLE + " is " + Names.quoted(named) + ", which is no path");
        }
    }
}
