package hob.daemon;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.TomlParseError;

/// What a person did to lines that are no TOML, told from the lines themselves. The parser's own words are for
/// those who know its grammar, and repeat what they stumble over, which may be a secret.
final class Slips {
    private static final Pattern LINE = Pattern.compile("\\s*[\"']?([\\w.-]+(?: +[\\w.-]+)*)[\"']?\\s*([=:])(.*)");
    private static final Pattern LINE_WITHOUT_SIGN = Pattern.compile("\\s*[\"']?([\\w.-]+)()()\\b.*");
    private static final Pattern TWICE = Pattern.compile("(.*) previously defined at line (\\d+), .*", Pattern.DOTALL);
    private static final Pattern OPENS_LINES = Pattern.compile("\\s*([\\w-]+)\\s*=\\s*(\\[|\"\"\"|''').*");
    private static final String NO_SETTING =
            "this is no setting; a line is 'key = value', or a comment that begins with '#'";

    private final List<String> lines;
    private final Map<String, Setting> settings;
    private final Problems problems;
    private final Set<String> spoiled = new HashSet<>();

    Slips(List<String> lines, Map<String, Setting> settings, Problems problems) {
        this.lines = lines;
        this.settings = settings;
        this.problems = problems;
    }

    /// The keys on those lines are given back.
    Set<String> tell(List<TomlParseError> errors) {
        var openList = false;
        for (var error : errors) {
            var number = error.position().line();
            var said = String.valueOf(error.getMessage());
            var line = number <= lines.size() ? lines.get(number - 1) : "";
            if (openList && !line.contains("=")) {
                continue; // the rest of that list, of which the parser can make nothing any more
            }
            openList = said.matches(".*(expected ]|] or a comma).*");
            if (openList && !line.strip().startsWith("[")) {
                tellOfKeyAbove(
                        number,
                        said.contains("a value")
                                ? "must be a list, such as [\"one\", \"two\"]"
                                : "wants a comma between its entries, and ']' behind the last");
            } else if (said.endsWith("expected \"\"\" or a character") || said.endsWith("expected '''")) {
                tellOfKeyAbove(number, "wants the same three quotation marks again at its end");
            } else {
                tell(number, line, said);
            }
        }
        return spoiled;
    }

    static void section(int number, String line, Problems problems) {
        problems.add(
                number,
                line.strip().replaceFirst("^(\\[+[^\\]#]*\\]*).*", "$1"),
                "begins a section, and no settings stand in one: leave this line out");
    }

    private void tell(int number, String line, String said) {
        var twice = TWICE.matcher(said);
        if (line.strip().startsWith("[")) {
            section(number, line, problems);
        } else if (twice.matches()) {
            problems.add(
                    number,
                    Objects.requireNonNull(twice.group(1)),
                    "stands here once more; the first time is in line " + twice.group(2));
        } else if (line.strip().matches("(//|;|--\\s).*")) {
            problems.add(number, "this is no setting; a comment begins with '#'");
        } else {
            tellOfKey(number, line, said);
        }
    }

    /// Of the value nothing is repeated unless it would be right, and of a key only what is nearly one of ours: a line
    /// may have come here by a paste that went wrong.
    private void tellOfKey(int number, String line, String said) {
        var matched = LINE.matcher(line);
        if (!matched.matches()) {
            matched = LINE_WITHOUT_SIGN.matcher(line);
        }
        var key = matched.matches() ? Objects.requireNonNull(matched.group(1)) : "";
        var setting = settings.get(key);
        if (setting != null) {
            spoiled.add(key);
            var sign = Objects.requireNonNull(matched.group(2));
            problems.add(number, key, Slip.of(setting, sign, Objects.requireNonNull(matched.group(3)), said));
            return;
        }
        var suggestion = key.isEmpty() ? "" : Given.suggestion(key, settings.keySet());
        if (suggestion.isEmpty()) {
            problems.add(number, NO_SETTING);
        } else {
            problems.add(number, key, "is unknown" + suggestion);
            if (line.contains("=") && !key.contains(" ")) {
                problems.add(number, key, "has a value that is not understood");
            }
        }
    }

    /// Where a value runs over several lines, the parser says only where it ends.
    private void tellOfKeyAbove(int number, String what) {
        for (int i = Math.min(number, lines.size()); i > 0; i--) {
            var matched = OPENS_LINES.matcher(lines.get(i - 1));
            if (matched.matches()) {
                var key = Objects.requireNonNull(matched.group(1));
                spoiled.add(key);
                problems.add(i, key, what);
                return;
            }
        }
        problems.add(number, NO_SETTING);
    }
}
