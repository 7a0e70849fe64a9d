package hob.daemon;

import hob.ipc.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that is wrong with one file, gathered to be told at once.
final class Problems {
    /// Whoever named a wrong file sees with these that it is; nobody mends more in one go.
    private static final int SHOWN = 20;

    private record Problem(int line, String what) {}

    private final Path file;
    private final List<Problem> all = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    /// @param line 0 where it is about no line, such as a key that is not there
    void add(int line, String what) {
        all.add(new Problem(line, what));
    }

    /// @param what goes on after the key
    void add(int line, String key, String what) {
        add(line, "'" + Suggestion.quoted(key) + "' " + what);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// A line each, in the order of the file.
    Config.Wrong wrong() {
        var lines = all.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> file + (problem.line() == 0 ? "" : ":" + problem.line()) + ": " + problem.what())
                .toList();
        var more = lines.size() > SHOWN ? Stream.of(file + ": and " + (lines.size() - SHOWN) + " more") : Stream.of();
        return new Config.Wrong(Stream.concat(lines.stream().limit(SHOWN), more)
                .map(String::valueOf)
                .collect(Collectors.joining("\n")));
    }
}
