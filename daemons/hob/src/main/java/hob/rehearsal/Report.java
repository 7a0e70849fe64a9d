package hob.rehearsal;

import hob.contract.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the run tells those who started it, by a file: what members and the command print goes where it likes.
final class Report {
    private static final String WRONG = "wrong: ";

    private final List<String> lines = new ArrayList<>();

    void rehearsed(Family member, int queries) {
        lines.add(member.word() + " " + queries);
    }

    void wrong(String sentence) {
        lines.add(WRONG + sentence.strip().replace("\n", "; "));
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }

    /// How many queries each member answered.
    ///
    /// @throws CannotRehearse with what was wrong
    static Map<String, Integer> read(Path file) throws IOException, CannotRehearse {
        var queries = new LinkedHashMap<String, Integer>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith(WRONG)) {
                throw new CannotRehearse(line.substring(WRONG.length()));
            }
            var words = line.split(" ", 2);
            queries.put(words[0], Integer.parseInt(words[1]));
        }
        return queries;
    }
}
