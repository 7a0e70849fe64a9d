package hob.up;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A file of lines with their times, and the one before it.
final class BoundedLog implements AutoCloseable {
    /// Weeks of a healthy member, and not enough of a mad one to fill a disk.
    private static final long CHARS_MOST = 5 << 20;

    private final Path file;
    private @Nullable BufferedWriter writer;
    private long chars;

    BoundedLog(Path file) {
        this.file = file;
    }

    void line(String text) {
        try {
            var line = OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
            var to = chars + line.length() > CHARS_MOST ? turnOver() : opened();
            to.write(line);
            to.flush();
            chars += line.length();
        } catch (IOException e) {
            // The disk is full, or the folder was removed: whoever speaks goes on, and the terminal still shows it.
        }
    }

    private BufferedWriter opened() throws IOException {
        var open = writer;
        if (open == null) {
            chars = Files.exists(file) ? Files.size(file) : 0;
            open = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writer = open;
        }
        return open;
    }

    private BufferedWriter turnOver() throws IOException {
        close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        return opened();
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            // every line was flushed
        }
        writer = null;
    }
}
