package hob.hand;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A moment as people type it: how long ago, or by the clock on their wall.
final class Since {
    private static final Pattern AGO = Pattern.compile("(\\d{1,8})(s|m|h|d)");

    private Since() {}

    static Instant read(String typed, Instant now, ZoneId zone) {
        var ago = AGO.matcher(typed);
        if (ago.matches()) {
            return now.minus(ago(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        var today = LocalDate.ofInstant(now, zone);
        var local = switch (typed) {
            case "today" -> today.atStartOfDay();
            case "yesterday" -> today.minusDays(1).atStartOfDay();
            default -> byTheClock(typed, today);
        };
        return local == null ? instant(typed) : local.atZone(zone).toInstant();
    }

    private static Duration ago(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /// Null where it is none of these.
    private static @Nullable LocalDateTime byTheClock(String typed, LocalDate today) {
        try {
            if (typed.matches("\\d\\d?:\\d\\d(:\\d\\d)?")) {
                return today.atTime(LocalTime.parse(typed.indexOf(':') == 1 ? "0" + typed : typed));
            } else if (typed.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(typed).atStartOfDay();
            }
            return LocalDateTime.parse(typed.replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant instant(String typed) {
        try {
            return Instant.parse(typed);
        } catch (DateTimeParseException e) {
            throw Refused.usage("--since is a time ago such as 90s, 10m, 2h or 3d, or a moment such as 14:30, today,"
                    + " yesterday, 2026-11-20 or '2026-11-20 14:30', and not " + Names.quoted(typed));
        }
    }
}
