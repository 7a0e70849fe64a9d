package hob.hand;

import hob.contract.Family;
import hob.ipc.House;
import hob.ipc.House.Keeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folders of doors of an installed house. systemd makes them at each boot, and units cannot start without: where
/// such a folder is gone, it is not that nobody lives there, and to start a member does not help.
final class DoorFolders {
    /// How systemd knows which these are.
    private static final Path DEFINITION = Path.of("/usr/local/lib/tmpfiles.d/hob.conf");

    private static final String MAKE = "systemd-tmpfiles --create hob.conf; systemctl restart ";

    /// All of them, and who is behind them.
    static final String MAKE_ALL = MAKE + "hob.target";

    private DoorFolders() {}

    /// Whether it should be there, and is not.
    static boolean isGone(Path folder) {
        return !Files.exists(folder) && isDefined(folder);
    }

    static boolean isGone(House house, Family member) {
        return house.keeper() == Keeper.SYSTEMD && isGone(house.folder().resolve(member.word()));
    }

    static String make(Family member) {
        return MAKE + member.unit();
    }

    private static boolean isDefined(Path folder) {
        try (var lines = Files.lines(DEFINITION)) {
            return lines.anyMatch(line -> line.matches("d\\s+\\Q" + folder + "\\E\\s.*"));
        } catch (IOException e) {
            return false; // Hob is not installed on this machine
        }
    }
}
