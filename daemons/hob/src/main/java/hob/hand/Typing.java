package hob.hand;

import hob.ipc.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The words of the command line as the kernel has them. Java reads them by the locale of whoever types, and in the
/// plain one of a cron job nothing but ASCII arrives.
final class Typing {
    private Typing() {}

    /// The last words of this process, as many as Java counted.
    static List<String> words(String... fallback) {
        try {
            var all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
            if (all.size() < fallback.length) {
                return List.of(fallback);
            }
            var words = new ArrayList<String>();
            for (var bytes : all.subList(all.size() - fallback.length, all.size())) {
                words.add(text(bytes));
            }
            return words;
        } catch (IOException e) {
            return List.of(fallback);
        }
    }

    /// Each ends with a NUL.
    private static List<byte[]> split(byte[] line) {
        var words = new ArrayList<byte[]>();
        for (int from = 0, at = 0; at < line.length; at++) {
            if (line[at] == 0) {
                words.add(Arrays.copyOfRange(line, from, at));
                from = at + 1;
            }
        }
        return words;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.usage("'" + Suggestion.quoted(new String(bytes, StandardCharsets.UTF_8))
                    + "' is not UTF-8, which is all that Hob reads");
        }
    }
}
