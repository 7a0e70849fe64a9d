package hob.hand;

import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which lines of the logs a person wants to see.
///
/// @param words of members; none is all
/// @param follow whether to wait for those that are yet to come
/// @param linesMost of those that are there, the last ones; null is all
/// @param since null is from the beginning
/// @param trace null is any call, or none
/// @param level the least that is worth a line
record Wanted(
        List<String> words,
        boolean follow,
        @Nullable Integer linesMost,
        @Nullable Instant since,
        @Nullable String trace,
        LogLevel level) {
    /// What fits on a screen or two, where a person has said nothing else.
    private static final int LINES = 100;

    /// Before what is yet to come.
    private static final int LINES_BEFORE = 10;

    static Wanted of(Errand errand, List<String> words) {
        var options = errand.options();
        var logs = options.logs();
        var surroundings = errand.surroundings();
        var since = logs.since() == null
                ? null
                : Since.read(
                        logs.since(),
                        surroundings.clock().instant(),
                        surroundings.zone().get());
        var isNarrow = since != null || options.trace() != null; // who asks so closely wants all of it
        var lines = logs.lines() != null ? logs.lines() : isNarrow ? null : logs.follow() ? LINES_BEFORE : LINES;
        return new Wanted(
                words.stream()
                        .map(word -> Errand.member(word).word())
                        .distinct()
                        .toList(),
                logs.follow(),
                lines,
                since,
                options.trace(),
                logs.level() == null ? LogLevel.TRACE : logs.level());
    }

    /// For who reads what was kept; the journal finds them by itself.
    boolean isMet(Logged line) {
        return (words.isEmpty() || words.contains(line.member()))
                && (since == null || !line.at().isBefore(since))
                && (trace == null || trace.equals(line.underTrace()))
                && line.level().compareTo(level) <= 0;
    }
}
