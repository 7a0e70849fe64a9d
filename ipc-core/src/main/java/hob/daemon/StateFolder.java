package hob.daemon;

import hob.contract.Family;
import hob.ipc.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Where a daemon keeps what it must not lose. The unit says so (`StateDirectory=`); in a private house it lies beside
/// the door.
final class StateFolder {
    private static final Path INSTALLED = Path.of("/var/lib/hob");

    private static final FileAttribute<?> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private StateFolder() {}

    /// @throws IOException with a sentence for whoever starts the daemon
    static Path of(House house, Family member) throws IOException {
        var given = System.getenv("STATE_DIRECTORY");
        if (given == null && house.oneUser()) {
            return besideTheDoor(Objects.requireNonNull(house.door(member).getParent()));
        }
        var folder = given == null ? INSTALLED.resolve(member.word()) : Path.of(given);
        if (!Files.isDirectory(folder)) {
            throw new IOException("its state folder " + folder + " is not there; the unit makes it: 'systemctl start "
                    + member.unit() + "'");
        }
        return folder;
    }

    private static Path besideTheDoor(Path doors) throws IOException {
        if (!Files.isDirectory(doors)) {
            throw new IOException("the folder of its door is not there: 'mkdir -p " + doors + "'");
        }
        var folder = doors.resolve("state");
        if (Files.notExists(folder)) {
            Files.createDirectory(folder, OWNERS_ALONE);
        }
        return folder;
    }
}
