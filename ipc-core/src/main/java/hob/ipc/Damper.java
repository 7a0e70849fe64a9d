package hob.ipc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Says a thing once a minute, however often it happens: a caller who is refused must not fill the journal.
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

    private record Said(long at, long keptBack) {}

    /// @param line is handed how often it was kept back since, or nothing
    synchronized void say(String thing, Consumer<String> line) {
        var before = said.get(thing);
        var now = System.nanoTime();
        if (before != null && now - before.at() < PAUSE_NANOS) {
            said.put(thing, new Said(before.at(), before.keptBack() + 1));
            return;
        }
        said.put(thing, new Said(now, 0));
        line.accept(before == null || before.keptBack() == 0 ? "" : " (and " + before.keptBack() + " times before)");
    }
}
