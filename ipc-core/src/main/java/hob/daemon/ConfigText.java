package hob.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The text of a config file, or what is there instead.
final class ConfigText {
    /// A config that a person wrote has a few KiB. A log or a device that was named by mistake must not fill the heap.
    private static final int BYTES_MOST = 64 << 10;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private ConfigText() {}

    /// Null where the file is not there, or a problem was added.
    static @Nullable String of(Path file, boolean mustBeThere, Problems problems) {
        try {
            var bytes = bytes(file);
            if (bytes.length > BYTES_MOST) {
                problems.add(
                        0, "is longer than " + (BYTES_MOST >> 10) + " KiB, as no config is: is it the right file?");
                return null;
            }
            return text(bytes, problems);
        } catch (NoSuchFileException e) {
            if (mustBeThere) {
                problems.add(
                        0,
                        reason(file, e) + ", and must be, since --config names it: an empty one leaves all defaults");
            }
        } catch (AccessDeniedException e) {
            problems.add(
                    0,
                    reason(file, e) + ": 'chmod a+r " + file + "' lets everyone read it, and no secret stands in it");
        } catch (IOException e) {
            problems.add(0, reason(file, e));
        }
        return null;
    }

    /// Why a file could not be read, in words that go on after its name.
    static String reason(Path file, IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException _ -> "is not there";
            case AccessDeniedException _ -> "may not be read by the user '" + System.getProperty("user.name") + "'";
            case CharacterCodingException _ -> "is not text in UTF-8";
            case IOException _ when Files.isDirectory(file) -> "is a folder, and must be a file";
            case FileSystemException e when e.getReason() != null -> "cannot be read: " + e.getReason();
            default -> "cannot be read: " + thrown.getMessage();
        };
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return input.readNBytes(BYTES_MOST + 1);
        }
    }

    private static @Nullable String text(byte[] bytes, Problems problems) {
        var input = ByteBuffer.wrap(bytes);
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
        } catch (CharacterCodingException e) { // the buffer stands where it could not go on
            var before = new String(Arrays.copyOf(bytes, input.position()), StandardCharsets.UTF_8);
            problems.add(line(before), "is not text in UTF-8: is it the right file?");
            return null;
        }
        if (text.startsWith(BYTE_ORDER_MARK)) { // some editors write it, and nobody sees it
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        for (int i = 0; i < text.length(); i++) {
            var point = text.charAt(i);
            if (Character.isISOControl(point) && "\t\r\n".indexOf(point) < 0) {
                problems.add(
                        line(text.substring(0, i)),
                        "has a character that nobody sees (\\u%04x): is it the right file?".formatted((int) point));
                return null;
            }
        }
        return text;
    }

    private static int line(String before) {
        return 1 + (int) before.chars().filter(point -> point == '\n').count();
    }
}
