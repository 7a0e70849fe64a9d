package hob.hand;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What is said, in UTF-8 wherever it goes. Unlike `System.out` it notices when nobody listens any more.
final class Out {
    private final OutputStream stream;

    Out(OutputStream stream) {
        this.stream = new BufferedOutputStream(stream, 1 << 16);
    }

    void line(String text) {
        text(text + "\n");
    }

    void text(String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unheard(e);
        }
    }

    /// Whoever listens gets it now.
    void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw unheard(e);
        }
    }

    private static Refused unheard(IOException e) {
        var why = String.valueOf(e.getMessage());
        return why.contains("Broken pipe")
                ? new Refused(Exit.PIPE, "")
                : new Refused(Exit.OUTPUT, "the output cannot be written: " + why);
    }
}
