package hob.daemon;

import hob.ipc.Suggestion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;

/// What a setting can be: how a person calls it, how it is written, and how it is read from what TOML knows.
///
/// @param form empty where the words say it all
/// @param quoted stands in quotation marks
record Kind(String words, String form, boolean quoted, Function<Object, Object> reader) {
    private static final Map<Class<?>, Kind> ALL = Map.of(
            String.class,
            new Kind("a text", "in quotation marks", true, Kind::text),
            boolean.class,
            new Kind("true or false", "", false, Boolean.class::cast),
            int.class,
            new Kind("a whole number", "", false, value -> Math.toIntExact((Long) value)),
            long.class,
            new Kind("a whole number", "", false, Long.class::cast),
            double.class,
            new Kind("a number", "", false, Kind::fraction),
            Path.class,
            new Kind("an absolute path", "such as \"/etc/hob\"", true, Kind::path),
            Duration.class,
            new Kind("a time", "such as \"30s\" (with ms, s, m, h or d)", true, Kind::time),
            List.class,
            new Kind("a list of texts", "such as [\"one\", \"two\"]", false, Kind::texts),
            Secret.class,
            new Kind("a secret", "as \"credential:NAME\" or \"file:/path\"", true, Kind::secret));

    /// A value is not of this kind, and there is more to say about it.
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// @param hint goes on after the form of the kind; may be empty
        Unfit(String hint) {
            super(hint);
        }
    }

    static @Nullable Kind of(Class<?> type) {
        return type.isEnum() ? choice(type.getEnumConstants()) : ALL.get(type);
    }

    /// What a constant of an enum is called in the file.
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Kind choice(Object... constants) {
        var byWord = Arrays.stream(constants).collect(Collectors.toMap(Kind::word, constant -> constant));
        var words = Arrays.stream(constants)
                .map(constant -> '"' + word(constant) + '"')
                .collect(Collectors.joining(", ", "one of ", ""));
        return new Kind(words, "", true, value -> {
            var text = text(value);
            var found = byWord.get(text);
            if (found == null) {
                throw new Unfit(Suggestion.of(text.toLowerCase(Locale.ROOT).replace('_', '-'), byWord.keySet()));
            }
            return found;
        });
    }

    private static String text(Object value) {
        return (String) value;
    }

    private static Object fraction(Object value) {
        return value instanceof Long whole ? Double.valueOf(whole) : (Double) value;
    }

    /// From which folder a daemon was started says nothing, so a path begins at the root.
    private static Path path(Object value) {
        var text = text(value);
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new Unfit("; it has a character that no path has");
        }
        throw new Unfit(text.matches("[~$].*") ? "; only a shell knows what '" + text.charAt(0) + "' means" : "");
    }

    private static Duration time(Object value) {
        var text = text(value);
        var time = Time.read(text);
        if (time == null) {
            throw new Unfit(Time.suggestion(text));
        }
        return time;
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> fallback
                ? fallback.stream().map(Kind::text).toList()
                : ((TomlArray) value).toList().stream().map(Kind::text).toList();
    }

    private static Secret secret(Object value) {
        var credentials = System.getenv("CREDENTIALS_DIRECTORY");
        return Secret.from(text(value), credentials == null ? null : Path.of(credentials));
    }
}
