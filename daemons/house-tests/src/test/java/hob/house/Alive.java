package hob.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a process runs. One that has ended and that nobody asked how, a zombie, is alive to a `ProcessHandle`; where
/// process 1 is a program that does not ask, such as in a container, orphans stay so.
final class Alive {
    private Alive() {}

    static boolean is(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /// The state stands behind the name, which may have brackets and blanks in it.
    private static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(") Z ", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false; // it is gone, as 'isAlive' says at the next look
        }
    }
}
