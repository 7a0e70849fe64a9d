package hob.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.util.stream.Collectors;

/// The text of an event, safe to be shown: what strangers put into it cannot forge a line or paint a terminal.
final class Line {
    private Line() {}

    static String of(ILoggingEvent event) {
        var text = escaped(event.getFormattedMessage());
        var thrown = event.getThrowableProxy();
        return thrown == null
                ? text
                : text + "\n"
                        + ThrowableProxyUtil.asString(thrown)
                                .lines()
                                .map(line -> line.replace("\t", "    "))
                                .map(Line::escaped)
                                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String text) {
        if (text.codePoints().noneMatch(Character::isISOControl)) {
            return text;
        }
        return text.codePoints()
                .mapToObj(point ->
                        Character.isISOControl(point) ? String.format("\\x%02x", point) : Character.toString(point))
                .collect(Collectors.joining());
    }
}
