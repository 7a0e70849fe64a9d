package hob.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Speaks the journal's own protocol: one datagram an event, with fields that `journalctl` can search for.
final class JournalAppender extends AppenderBase<ILoggingEvent> {
    /// Far below what a datagram can hold; a stack trace longer than this tells no more.
    private static final int MESSAGE_CHARS_MOST = 32_000;

    /// Other key-value pairs of an event are for other readers.
    private static final Pattern FIELD = Pattern.compile("HOB_[A-Z0-9_]{1,40}");

    private final Datagrams journal;
    private final String identifier;

    JournalAppender(Path socket, String identifier) throws IOException {
        this.identifier = identifier;
        this.journal = new Datagrams(AFUNIXSocketAddress.of(socket));
        setName("journal");
    }

    @Override
    protected void append(ILoggingEvent event) {
        var text = Line.of(event);
        var datagram = new ByteArrayOutputStream();
        field(datagram, "MESSAGE", text.substring(0, Math.min(text.length(), MESSAGE_CHARS_MOST)));
        field(
                datagram,
                "PRIORITY",
                Integer.toString(Priority.of(event.getLevel()).number()));
        field(datagram, "SYSLOG_IDENTIFIER", identifier);
        var trace = Line.trace(event);
        if (trace != null) {
            field(datagram, Line.TRACE, trace);
        }
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.stream()
                    .filter(pair -> FIELD.matcher(pair.key).matches() && !pair.key.equals(Line.TRACE))
                    .forEach(pair -> field(datagram, pair.key, String.valueOf(pair.value)));
        }
        try {
            journal.send(datagram.toByteArray());
        } catch (IOException e) {
            System.err.println("<" + Priority.of(event.getLevel()).number() + ">" + text.replace("\n", " | "));
        }
    }

    /// `NAME=value`, or with the length as 64 bits little-endian where the value has line breaks.
    private static void field(ByteArrayOutputStream datagram, String name, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        datagram.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            datagram.write('=');
        } else {
            datagram.write('\n');
            datagram.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .array());
        }
        datagram.writeBytes(bytes);
        datagram.write('\n');
    }

    @Override
    public void stop() {
        super.stop();
        try {
            journal.close();
        } catch (IOException e) {
            addError("closing the journal's socket", e);
        }
    }
}
