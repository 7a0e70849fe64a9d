package hob.daemon;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// How long something takes, as a person writes it: `"30s"`.
final class Time {
    /// What is read here is written back the same way: the largest unit that leaves no rest comes first.
    private enum Unit {
        D(86_400_000),
        H(3_600_000),
        M(60_000),
        S(1000),
        MS(1);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }
    }

    /// Nine digits of days are still far from what a `long` of milliseconds holds.
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Time() {}

    /// @throws IllegalArgumentException with what is wrong, in words that go on after the key
    static Duration read(String text) {
        var matched = WRITTEN.matcher(text);
        if (!matched.matches()) {
            throw new IllegalArgumentException("is no time: a number with ms, s, m, h or d, such as \"30s\"");
        }
        var number = Long.parseLong(Objects.requireNonNull(matched.group(1)));
        var unit = Unit.valueOf(Objects.requireNonNull(matched.group(2)).toUpperCase(Locale.ROOT));
        return Duration.ofMillis(number * unit.millis);
    }

    static String written(Duration time) {
        var millis = time.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (var unit : Unit.values()) {
            if (millis % unit.millis == 0) {
                return millis / unit.millis + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalStateException("no unit for " + time);
    }
}
