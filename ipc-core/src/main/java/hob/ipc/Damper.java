package hob.ipc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Says a thing once a minute, or a few times, however often it happens: a caller who is refused must not fill the
/// journal.
final class Damper {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    /// More things than this at once are an attack, and the oldest may then be said again early.
    private static final int THINGS_MOST = 256;

    private final Map<String, Said> said = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
            return size() > THINGS_MOST;
        }
    };

    private record Said(long at, int lines, long keptBack) {}

    void say(String thing, Consumer<String> line) {
        var _ = say(thing, 1, line);
    }

    /// False where it is kept back.
    ///
    /// @param linesMost how often a minute
    /// @param line is handed how often it was kept back since, or nothing
    synchronized boolean say(String thing, int linesMost, Consumer<String> line) {
        var before = said.get(thing);
        var now = System.nanoTime();
        if (before == null || now - before.at() >= PAUSE_NANOS) {
            said.put(thing, new Said(now, 1, 0));
        } else if (before.lines() < linesMost) {
            said.put(thing, new Said(before.at(), before.lines() + 1, 0));
        } else {
            said.put(thing, new Said(before.at(), before.lines(), before.keptBack() + 1));
            return false;
        }
        line.accept(before == null || before.keptBack() == 0 ? "" : " (and " + before.keptBack() + " times before)");
        return true;
    }
}
