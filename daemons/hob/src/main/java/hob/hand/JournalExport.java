package hob.hand;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what `journalctl -o export` prints: fields as `NAME=value`, or with their length where the value may hold
/// anything, and an empty line behind each entry. Unlike its JSON this needs no reader of another's JSON, and leaves
/// nothing out that is long or no text.
final class JournalExport {
    /// More than the journal takes for one field of ours; what is longer would be no text for a person.
    private static final int FIELD_BYTES_MOST = 16 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Z0-9_]{1,64}");

    private final DataInputStream in;

    JournalExport(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /// The fields of the next entry; null at the end.
    @Nullable
    Map<String, String> next() throws IOException {
        var fields = new HashMap<String, String>();
        for (var line = line(); line != null; line = line()) {
            if (line.isEmpty() && !fields.isEmpty()) {
                return fields;
            }
            var equals = line.indexOf('=');
            if (equals >= 0) {
                fields.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            } else if (NAME.matcher(line).matches()) {
                fields.putIfAbsent(line, ofKnownLength());
            } // all else is said to a person, such as that there is nothing
        }
        return null; // an entry that was not written to its end is none
    }

    private @Nullable String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// 64 bits little-endian, the bytes, and a line's end.
    private String ofKnownLength() throws IOException {
        var length = Long.reverseBytes(in.readLong());
        if (length < 0 || length > FIELD_BYTES_MOST) {
            throw new EOFException("a field of " + length + " bytes");
        }
        var text = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        var _ = in.read();
        return text;
    }
}
