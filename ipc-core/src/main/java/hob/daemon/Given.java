package hob.daemon;

import hob.ipc.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// What a config file gives, and what stands in it that is no setting.
final class Given {
    private static final Pattern KEY = Pattern.compile("'([a-z0-9-]+)'");

    private final List<String> lines;
    private final TomlParseResult toml;
    private final Map<String, Setting> settings;
    private final Problems problems;

    /// Keys that somehow stand in the file, and so are not missing.
    private final Set<String> spoiled = new HashSet<>();

    Given(String text, List<Setting> settings, Problems problems) {
        this.lines = List.of(text.split("\r?\n", -1)); // as the parser counts them
        this.toml = Toml.parse(text);
        this.settings = settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()));
        this.problems = problems;
        if (toml.hasErrors()) {
            spoiled.addAll(new Slips(lines, this.settings, problems).tell(toml.errors()));
        }
        toml.keySet().forEach(this::refuseUnknown);
    }

    /// Null where it is missing or wrong, which was told then.
    @Nullable
    Object value(Setting setting) {
        var key = setting.key();
        var value = toml.get(List.of(key));
        try {
            if (isSection(key) || isDotted(key)) {
                return null; // told already
            } else if (value != null) {
                return setting.read(value);
            } else if (setting.fallback() != null) {
                return setting.readFallback();
            } else if (!spoiled.contains(key)) {
                problems.add(0, key, "is missing; it " + setting.must());
            }
        } catch (IllegalArgumentException e) {
            problems.add(line(List.of(key)), key, String.valueOf(e.getMessage()));
        }
        return null;
    }

    /// The line of the first setting that a sentence names and that is in the file; else 0.
    int lineOfFirstNamed(String sentence) {
        return KEY.matcher(sentence)
                .results()
                .mapToInt(named -> line(List.of(Objects.requireNonNull(named.group(1)))))
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    /// 0 where it is not in the file.
    private int line(List<String> path) {
        var position = toml.inputPositionOf(path);
        return position == null ? 0 : position.line();
    }

    private void refuseUnknown(String key) {
        if (isSection(key)) {
            var line = line(List.of(key));
            Slips.section(line, lines.get(line - 1), problems);
            spoilWhatIsBelow(key);
        } else if (isDotted(key)) {
            for (var path : toml.keyPathSet()) {
                if (path.getFirst().equals(key)) {
                    refuse(String.join(".", path), line(path));
                }
            }
        } else if (!settings.containsKey(key)) {
            refuse(key, line(List.of(key)));
        }
    }

    private void refuse(String key, int line) {
        problems.add(line, key, "is unknown" + suggestion(key, settings.keySet()));
    }

    /// Keys are often written as in another language.
    static String suggestion(String key, Set<String> known) {
        return Suggestion.of(Setting.kebab(key).replace('.', '-'), known);
    }

    private boolean isSection(String key) {
        var line = line(List.of(key));
        return line > 0 && lines.get(line - 1).strip().startsWith("[");
    }

    /// `{...}` has its keys further right than its own.
    private boolean isDotted(String key) {
        return toml.get(List.of(key)) instanceof TomlTable table
                && table.keySet().stream()
                        .anyMatch(inner -> Objects.equals(
                                toml.inputPositionOf(List.of(key, inner)), toml.inputPositionOf(List.of(key))));
    }

    private void spoilWhatIsBelow(String section) {
        for (var path : toml.keyPathSet(true)) {
            if (path.getFirst().equals(section)) {
                spoiled.add(path.getLast());
            }
        }
    }
}
