package hob.hand;

import hob.contract.Family;
import hob.ipc.House;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a member said last, where `scripts/up` kept it: in `log/WORD.log` of the house. Under systemd the journal has
/// it.
final class LastWords {
    /// Twenty mistakes in a config, which is as many as are told; any other last line is shorter.
    private static final int BYTES_READ = 8192;

    /// When it was said stands before it.
    private static final Pattern WHEN = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ ");

    /// How a daemon tells what is wrong with its config: the file, most often the line, and a sentence.
    private static final Pattern MISTAKE = Pattern.compile("(/.*?\\.toml)(?::(\\d{1,9}))?: (and \\d+ more$)?.*");

    private static final String CANNOT_START = "error: cannot start: ";
    private static final Pattern COMMAND = Pattern.compile("'([a-z][a-z0-9]+ [^']+)'");

    private LastWords() {}

    /// The last line, or nothing.
    static String of(House house, Family member) {
        var lines = lines(house, member);
        return lines.isEmpty() ? "" : lines.getLast();
    }

    /// What kept it from starting and will again, as the daemon said it last; empty where it said nothing of the kind.
    static String hindrance(String lastLine) {
        var at = lastLine.indexOf(CANNOT_START);
        return at < 0 ? "" : lastLine.substring(at + CANNOT_START.length());
    }

    /// The last command that a daemon's sentence names: it stands in quotes, and has more than one word.
    static Optional<String> command(String sentence) {
        return COMMAND.matcher(sentence).results().map(found -> found.group(1)).reduce((_, later) -> later);
    }

    /// A line for each mistake in the config for which it did not start; none, where it ended for something else.
    static List<String> ofWrongConfig(House house, Family member) {
        var mistakes = new ArrayList<String>();
        for (var line : lines(house, member).reversed()) {
            if (!isOfSameStart(line, mistakes)) {
                break;
            }
            mistakes.addFirst(line);
        }
        return mistakes;
    }

    /// Mistakes are told in the order of the file and none twice: else it is the start before that told them.
    private static boolean isOfSameStart(String line, List<String> after) {
        var mistake = MISTAKE.matcher(line);
        if (!mistake.matches() || after.isEmpty()) {
            return mistake.matches();
        }
        var next = MISTAKE.matcher(after.getFirst());
        return next.matches()
                && String.valueOf(mistake.group(1)).equals(next.group(1))
                && place(mistake) <= place(next)
                && !after.contains(line);
    }

    private static int place(Matcher mistake) {
        var line = mistake.group(2);
        return mistake.group(3) != null ? Integer.MAX_VALUE : line == null ? 0 : Integer.parseInt(line);
    }

    private static List<String> lines(House house, Family member) {
        var file = house.folder().resolve("log").resolve(member.word() + ".log").toFile();
        try (var log = new RandomAccessFile(file, "r")) {
            var bytes = new byte[(int) Math.min(BYTES_READ, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> WHEN.matcher(line).replaceFirst("").strip())
                    .filter(line -> !isOfSystemd(line))
                    .toList();
        } catch (IOException e) {
            return List.of(); // nobody kept it
        }
    }

    /// What it told systemd of itself, which it says in other words too, stands between brackets.
    private static boolean isOfSystemd(String line) {
        return line.startsWith("(") && line.endsWith(")");
    }
}
