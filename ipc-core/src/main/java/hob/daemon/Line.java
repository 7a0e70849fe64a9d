package hob.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import hob.ipc.Asked;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of an event, safe to be shown: what strangers put into it cannot forge a line or paint a terminal.
final class Line {
    /// By which `journalctl HOB_TRACE=...` finds what one call did, in all members.
    static final String TRACE = "HOB_TRACE";

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

    /// Of the call that is being answered, unless the event names another; null outside of a call.
    static @Nullable String trace(ILoggingEvent event) {
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                if (pair.key.equals(TRACE)) {
                    return String.valueOf(pair.value);
                }
            }
        }
        var asked = Asked.current();
        return asked == null ? null : asked.trace();
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
