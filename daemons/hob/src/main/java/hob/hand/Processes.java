package hob.hand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the kernel tells everyone of a process.
final class Processes {
    private Processes() {}

    /// Null of one that is gone, or that may not be looked at.
    static @Nullable Long residentBytes(long pid) {
        var line = line(pid, "VmRSS:");
        return line.matches("\\d+ kB") ? Long.parseLong(line.replace(" kB", "")) << 10 : null;
    }

    static boolean isStopped(long pid) {
        return line(pid, "State:").toLowerCase(Locale.ROOT).startsWith("t");
    }

    private static String line(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)
                    .stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
