package hob.hand;

import hob.contract.HouseCall.LogLevel;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What only `hob logs` listens to.
///
/// @param lines null is as many as fit
/// @param since as it was typed; null is from the beginning
/// @param level null is all
record LogOptions(
        boolean follow,
        @Nullable Integer lines,
        @Nullable String since,
        @Nullable LogLevel level) {
    /// Where there are none.
    static final LogOptions NONE = new LogOptions(false, null, null, null);

    private static final Set<String> NAMES = Set.of("--follow", "--lines", "--since", "--level");

    /// More than anyone reads; who wants all of it says since when.
    private static final int LINES_MOST = 1_000_000;

    /// @param typed those that stand on the line, and their values
    static LogOptions of(Map<String, String> typed) {
        if (typed.keySet().stream().noneMatch(NAMES::contains)) {
            return NONE;
        }
        var lines = typed.get("--lines");
        var level = typed.get("--level");
        return new LogOptions(
                typed.containsKey("--follow"),
                lines == null ? null : lines(lines),
                typed.get("--since"),
                level == null ? null : level(level));
    }

    private static int lines(String typed) {
        var lines = typed.matches("\\d{1,9}") ? Integer.parseInt(typed) : -1;
        if (lines < 0 || lines > LINES_MOST) {
            throw Refused.usage("--lines is a number up to " + LINES_MOST + ", and not " + Names.quoted(typed));
        }
        return lines;
    }

    private static LogLevel level(String typed) {
        for (var level : LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(typed.toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw Refused.usage("--level is one of " + String.join(", ", Offers.levels()) + ", and not "
                + Names.quoted(typed) + Names.suggestion(typed, Offers.levels()));
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /// One of those that were given.
    String first() {
        return follow ? "--follow" : lines != null ? "--lines" : since != null ? "--since" : "--level";
    }
}
