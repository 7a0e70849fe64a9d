package hob.daemon;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long something takes, as a person writes it: `"30s"`.
final class Time {
    /// The largest first: what leaves no rest is written with it.
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

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Nine digits of days are still far from what a `long` of milliseconds holds.
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /// As people write it who do not know the form, or know another program's.
    private static final Pattern MEANT = Pattern.compile(
            "\\s*(\\d{1,9})\\s*(?:(ms|milli.*)|(m|min.*)|(s|sec.*)|(h|hr.*|hours?)|(d|days?))\\s*",
            Pattern.CASE_INSENSITIVE);

    private Time() {}

    /// Null for what is no time.
    static @Nullable Duration read(String text) {
        var matched = WRITTEN.matcher(text);
        if (!matched.matches()) {
            return null;
        }
        var number = Long.parseLong(Objects.requireNonNull(matched.group(1)));
        var unit = Unit.valueOf(Objects.requireNonNull(matched.group(2)).toUpperCase(Locale.ROOT));
        return Duration.ofMillis(number * unit.millis);
    }

    /// Either empty, or `; did you mean "30s"?`.
    static String suggestion(String text) {
        var meant = MEANT.matcher(text);
        if (!meant.matches()) {
            return "";
        }
        var units = new Unit[] {Unit.MS, Unit.M, Unit.S, Unit.H, Unit.D};
        for (int i = 0; i < units.length; i++) {
            if (meant.group(i + 2) != null) {
                return "; did you mean \"" + meant.group(1) + units[i].word() + "\"?";
            }
        }
        return "";
    }

    static String written(Duration time) {
        var millis = time.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (var unit : Unit.values()) {
            if (millis % unit.millis == 0) {
                return millis / unit.millis + unit.word();
            }
        }
        throw new IllegalStateException("every time is a number of milliseconds");
    }
}
