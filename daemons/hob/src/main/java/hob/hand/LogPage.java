package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A line of the logs as a person reads it: when, who in their colour, and what, below each other.
record LogPage(Paint paint, int width, ZoneId zone) {
    private static final int WORD = Arrays.stream(Family.values())
            .mapToInt(member -> member.word().length())
            .max()
            .orElse(0);

    private static final DateTimeFormatter FULL = format("yyyy-MM-dd HH:mm:ss.SSS ");
    private static final DateTimeFormatter SHORT = format("MM-dd HH:mm:ss ");
    private static final DateTimeFormatter CLOCK = format("HH:mm:ss ");

    /// Narrower than these, the time gives way to what is said: first the year and the milliseconds, then the day.
    private static final int FULL_FITS = 120;

    private static final int SHORT_FITS = 60;
    private static final int CLOCK_FITS = 40;

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /// Several where it is long, or has a stack of calls below it.
    List<String> lines(Logged line) {
        var when = when(line.at());
        var prefix = paint.quiet(when) + paint.member(Columns.padded(line.member(), WORD) + " | ", line.member());
        var room = width == 0 ? 0 : Math.max(1, width - Columns.of(when) - WORD - " | ".length());
        var lines = new ArrayList<String>();
        for (var text : (said(line) + trace(line)).lines().toList()) {
            for (var part : Columns.wrapped(Columns.harmless(text.replace("\t", "    ")), room)) {
                lines.add(prefix + painted(part, line.level()));
            }
        }
        return lines;
    }

    private String when(Instant at) {
        if (width != 0 && width < CLOCK_FITS) {
            return "";
        }
        var format = width == 0 || width >= FULL_FITS ? FULL : width >= SHORT_FITS ? SHORT : CLOCK;
        return format.format(at.atZone(zone));
    }

    private static String said(Logged line) {
        var by = line.by().equals(line.member()) ? "" : line.by() + ": ";
        return switch (line.level()) {
                    case ERROR -> "error: ";
                    case WARN -> "warning: ";
                    case INFO -> "";
                    case DEBUG, TRACE -> "debug: ";
                }
                + by
                + line.text();
    }

    private static String trace(Logged line) {
        return line.underTrace() == null ? "" : " [trace " + line.underTrace() + "]";
    }

    private String painted(String text, LogLevel level) {
        return switch (level) {
            case ERROR -> paint.bad(text);
            case WARN -> paint.warning(text);
            case INFO -> text;
            case DEBUG, TRACE -> paint.quiet(text);
        };
    }
}
