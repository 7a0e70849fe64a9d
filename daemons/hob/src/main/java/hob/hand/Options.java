package hob.hand;

import hob.contract.Key;
import hob.ipc.Client.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What may stand anywhere on the line, before the verb or behind it.
///
/// @param deadline null is the contract's
/// @param cache the file that `hob rehearse` makes; null is none
record Options(
        boolean json,
        Colour colour,
        @Nullable Duration deadline,
        @Nullable String trace,
        @Nullable String key,
        LogOptions logs,
        @Nullable String cache,
        InstallOptions install,
        boolean help,
        boolean version) {
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    /// Where there are none.
    static final Options NONE =
            new Options(false, Colour.AUTO, null, null, null, LogOptions.NONE, null, InstallOptions.NONE, false, false);

    private static final Pattern TIME = Pattern.compile("(\\d{1,8})(ms|s|m|h)");

    /// No call is worth more than a day of waiting, and the wire takes no more.
    private static final Duration DEADLINE_MOST = Duration.ofDays(1);

    /// @param typed those that stand on the line, and their values; a flag's is not looked at
    static Options of(Map<String, String> typed) {
        return new Options(
                typed.containsKey("--json"),
                colour(typed.getOrDefault("--color", "auto")),
                deadline(typed.getOrDefault("--deadline", "")),
                trace(typed.getOrDefault("--trace", "")),
                key(typed.getOrDefault("--key", "")),
                LogOptions.of(typed),
                typed.get("--cache"),
                InstallOptions.of(typed),
                typed.containsKey("--help"),
                typed.containsKey("--version"));
    }

    private static Colour colour(String typed) {
        return switch (typed) {
            case "auto" -> Colour.AUTO;
            case "always" -> Colour.ALWAYS;
            case "never" -> Colour.NEVER;
            default ->
                throw Refused.usage("--color is auto, always or never, and not " + Names.quoted(typed)
                        + Names.suggestion(typed, List.of("auto", "always", "never")));
        };
    }

    private static @Nullable Duration deadline(String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        var matched = TIME.matcher(typed);
        if (!matched.matches()) {
            throw Refused.usage("--deadline is a time such as 500ms, 5s or 2m, and not " + Names.quoted(typed));
        }
        var number = Long.parseLong(matched.group(1));
        var time = switch (matched.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (time.isZero() || time.compareTo(DEADLINE_MOST) > 0) {
            throw Refused.usage("--deadline is between 1ms and 24h, and not " + typed);
        }
        return time;
    }

    private static @Nullable String trace(String typed) {
        try {
            Key.checkTrace(typed.isEmpty() ? "none" : typed);
        } catch (IllegalArgumentException e) {
            throw Refused.usage("--trace is 1 to 64 of A-Z a-z 0-9 _ -, and not " + Names.quoted(typed));
        }
        return typed.isEmpty() ? null : typed;
    }

    private static @Nullable String key(String typed) {
        try {
            Key.check(typed.isEmpty() ? "none" : typed);
        } catch (IllegalArgumentException e) {
            throw Refused.usage("--key is 1 to 200 of A-Z a-z 0-9 _ . / : $ ! @ -, and not " + Names.quoted(typed));
        }
        return typed.isEmpty() ? null : typed;
    }

    Manner manner() {
        return new Manner(deadline, key, trace, null);
    }
}
