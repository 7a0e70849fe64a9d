package hob.hand;

import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The log of one member as `scripts/up` keeps it, read from its beginning to its end and, asked again, on from there:
/// also where it has grown too long meanwhile, was put aside as `WORD.log.1`, and begun anew.
final class KeptLog implements AutoCloseable {
    private static final String HOUSE = "up";
    private static final Pattern LEVEL = Pattern.compile("(error|warning|debug): ");
    private static final Pattern TRACE = Pattern.compile(" \\[trace ([A-Za-z0-9_-]{1,64})]$");

    private final Path file;
    private final String who;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private @Nullable InputStream in;
    private @Nullable Object opened;
    private Instant last = Instant.EPOCH;

    KeptLog(Path file) {
        this.file = file;
        this.who = file.getFileName().toString().replaceFirst("\\.log$", "");
    }

    /// What is there, with what was put aside before it.
    List<Logged> all() throws IOException {
        var lines = new ArrayList<Logged>();
        open();
        var aside = file.resolveSibling(file.getFileName() + ".1");
        if (Files.exists(aside) && !Objects.equals(opened, key(aside))) {
            try (var before = Files.newInputStream(aside)) {
                read(before, lines);
            }
        }
        lines.addAll(more());
        return lines;
    }

    /// What has been said since.
    List<Logged> more() throws IOException {
        open();
        var lines = new ArrayList<Logged>();
        if (in != null) {
            var current = Files.exists(file) ? key(file) : opened;
            read(in, lines);
            if (!Objects.equals(current, opened)) { // all that was said before is in what was just read
                close();
                lines.addAll(more());
            }
        }
        return lines;
    }

    /// Unless nobody has said anything yet.
    private void open() throws IOException {
        while (in == null && Files.exists(file)) {
            var before = key(file);
            var stream = Files.newInputStream(file);
            if (Objects.equals(before, key(file))) {
                in = stream;
                opened = before;
            } else { // it was begun anew just now
                stream.close();
            }
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private void read(InputStream from, List<Logged> lines) throws IOException {
        var bytes = new byte[1 << 16];
        for (var count = from.read(bytes); count > 0; count = from.read(bytes)) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    lines.add(logged(begun.toString(StandardCharsets.UTF_8)));
                    begun.reset();
                } else {
                    begun.write(bytes[i]);
                }
            }
        }
    }

    private Logged logged(String line) {
        var blank = line.indexOf(' ');
        var at = blank < 0 ? null : time(line.substring(0, blank));
        last = at == null ? last : at;
        var text = at == null ? line : line.substring(blank + 1);
        var level = LEVEL.matcher(text);
        var rest = level.lookingAt() ? text.substring(level.end()) : text;
        var trace = TRACE.matcher(rest);
        var isTraced = trace.find();
        return new Logged(
                last,
                who.equals(HOUSE) ? about(rest) : who,
                who,
                level.lookingAt() ? level(level.group(1)) : LogLevel.INFO,
                isTraced ? rest.substring(0, trace.start()) : rest,
                isTraced ? trace.group(1) : null);
    }

    private static @Nullable Instant time(String typed) {
        try {
            return OffsetDateTime.parse(typed).toInstant();
        } catch (DateTimeParseException e) {
            return null; // it belongs to the line before
        }
    }

    /// `memory was killed by signal 9 ...`, or of the house itself.
    private static String about(String text) {
        var word = text.split(" ", 2)[0];
        return Offers.words().contains(word) ? word : "house";
    }

    private static LogLevel level(@Nullable String word) {
        return switch (Objects.requireNonNull(word)) {
            case "error" -> LogLevel.ERROR;
            case "warning" -> LogLevel.WARN;
            default -> LogLevel.DEBUG;
        };
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
        in = null;
        opened = null;
    }
}
