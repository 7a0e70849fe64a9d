package hob.daemon;

import hob.contract.Family;
import hob.ipc.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Where a daemon lives: in the installed house, where each member has a user of its own and the unit gives it a folder
/// for its state; or in a private one, where the state lies beside the door.
record Place(House house, Family member, Path state) {
    private static final Path INSTALLED = Path.of("/run/hob");
    private static final Path STATES = Path.of("/var/lib/hob");

    /// @throws CannotStart where a folder is missing, with the command that makes it
    static Place of(Family member, Map<String, String> environment) throws CannotStart {
        var folder = environment.get("HOB_RUNTIME_DIR");
        var house = folder == null
                ? House.ofMembers(INSTALLED)
                : House.ofOneUser(Path.of(folder).toAbsolutePath());
        if (house.oneUser()) {
            checkIsThere(
                    house.folder().resolve(member.word()),
                    "a private house is at HOB_RUNTIME_DIR=" + folder + ", and ");
        }
        var given = environment.get("STATE_DIRECTORY");
        if (given != null) {
            return new Place(
                    house,
                    member,
                    Path.of(given.split(":", 2)[0])); // a unit may name several, the first is the daemon's
        }
        if (house.oneUser()) {
            return inPrivate(house, member);
        }
        checkIsThere(STATES.resolve(member.word()), "");
        return new Place(house, member, STATES.resolve(member.word()));
    }

    /// A private house has nobody else who would make the state's folder.
    static Place inPrivate(House house, Family member) throws CannotStart {
        var state = house.folder().resolve(member.word()).resolve("state");
        try {
            if (!Files.isDirectory(state)) {
                Files.createDirectory(
                        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return new Place(house, member, state);
        } catch (IOException e) {
            throw CannotStart.system(e);
        }
    }

    /// The command by which what wants a new start takes effect.
    String restart() {
        return house.restartCommand(member);
    }

    /// The command by which its files are read again.
    String reread() {
        return Rereading.command(house, member);
    }

    private static void checkIsThere(Path folder, String before) throws CannotStart {
        if (!Files.isDirectory(folder)) {
            throw new CannotStart(
                    Exit.SYSTEM, before + "the folder " + folder + " is not there: 'mkdir -p " + folder + "'");
        }
    }
}
