package hob.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where lines go: to the terminal, each with who said it, and to a file for each of them. In the background only to
/// the files.
final class Console implements AutoCloseable {
    static final String OWN = "up";

    private static final int WIDTH = "llm-proxy".length();

    /// Those that can be read on dark and on light: cyan, magenta, green, yellow, blue, red.
    private static final List<Integer> COLOURS = List.of(36, 35, 32, 33, 34, 31);

    private final Path folder;
    private final boolean inColours;
    private final Map<String, BoundedLog> logs = new HashMap<>();
    private boolean isDetached;

    Console(Path folder, boolean inColours) throws IOException {
        this.folder = folder;
        this.inColours = inColours;
        Files.createDirectories(folder);
    }

    void say(String sentence) {
        line(OWN, sentence);
    }

    synchronized void line(String who, String text) {
        logs.computeIfAbsent(who, _ -> new BoundedLog(file(who))).line(text);
        if (!isDetached) {
            System.out.println(prefix(who) + text);
            System.out.flush();
        }
    }

    Path file(String who) {
        return folder.resolve(who + ".log");
    }

    private String prefix(String who) {
        var padded = String.format(Locale.ROOT, "%-" + WIDTH + "s | ", who);
        if (!inColours) {
            return padded;
        }
        var colour = who.equals(OWN) ? 1 : COLOURS.get(Math.floorMod(who.hashCode(), COLOURS.size()));
        return "\u001b[" + colour + "m" + padded + "\u001b[0m";
    }

    /// Whoever started this is let go: it waits for the end of this stream.
    synchronized void detach() {
        isDetached = true;
        System.out.close();
    }

    @Override
    public synchronized void close() {
        logs.values().forEach(BoundedLog::close);
    }
}
