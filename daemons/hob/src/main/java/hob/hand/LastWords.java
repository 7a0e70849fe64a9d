package hob.hand;

import hob.contract.Family;
import hob.ipc.House;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What a member said last, where `scripts/up` kept it: in `log/WORD.log` of the house. Under systemd the journal has
/// it.
final class LastWords {
    /// More than the last line need not be read.
    private static final int BYTES_READ = 4096;

    /// When it was said stands before it.
    private static final Pattern WHEN = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ ");

    private LastWords() {}

    /// One line, or nothing.
    static String of(House house, Family member) {
        var file = house.folder().resolve("log").resolve(member.word() + ".log").toFile();
        try (var log = new RandomAccessFile(file, "r")) {
            var bytes = new byte[(int) Math.min(BYTES_READ, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? ""
                    : WHEN.matcher(lines.getLast()).replaceFirst("").strip();
        } catch (IOException e) {
            return ""; // nobody kept it
        }
    }
}
