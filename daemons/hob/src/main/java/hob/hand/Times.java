package hob.hand;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/// Times as a person has them: by the clock on their wall, and how long ago.
record Times(Instant now, Supplier<ZoneId> zone) {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    String of(Instant moment) {
        return WALL.format(moment.atZone(zone.get())) + " (" + age(moment) + ")";
    }

    String age(Instant moment) {
        var age = Duration.between(moment, now);
        if (age.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        return age.isNegative() ? "in " + lasting(age.negated()) : lasting(age) + " ago";
    }

    /// The two largest units; what is smaller nobody asks for.
    static String lasting(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return time.toMillis() + " ms";
        } else if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + " s";
        } else if (time.compareTo(Duration.ofHours(1)) < 0) {
            return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
        } else if (time.compareTo(Duration.ofDays(1)) < 0) {
            return two(time.toHours(), "h", time.toMinutesPart(), "min");
        }
        return time.toDays() < 1000 ? two(time.toDays(), "d", time.toHoursPart(), "h") : time.toDays() / 365 + " years";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    static String bytes(long bytes) {
        return bytes < 1 << 20
                ? Math.ceilDiv(bytes, 1 << 10) + " KiB"
                : String.format(Locale.ROOT, bytes < 10 << 20 ? "%.1f MiB" : "%.0f MiB", bytes / (double) (1 << 20));
    }
}
