package hob.hand;

import hob.contract.Family;
import hob.ipc.House;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/// What a member said last, where whoever started it kept that beside its door, in `log`. Under systemd the journal has
/// it.
final class LastWords {
    /// More than the last line need not be read.
    private static final int BYTES_READ = 4096;

    private LastWords() {}

    /// One line, or nothing.
    static String of(House house, Family member) {
        var file = house.door(member).resolveSibling("log").toFile();
        try (var log = new RandomAccessFile(file, "r")) {
            var bytes = new byte[(int) Math.min(BYTES_READ, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? "" : lines.getLast().strip();
        } catch (IOException e) {
            return ""; // nobody kept it
        }
    }
}
