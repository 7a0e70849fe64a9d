package hob.daemon;

import hob.contract.Default;
import hob.contract.Doc;
import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;

/// One key of a config file, as the component of a config record says it.
///
/// @param fallback as it would stand in the file, without quotes; null where there must be a value
/// @param live takes effect while the daemon runs
public record Setting(
        String key,
        Class<?> type,
        @Nullable String fallback,
        @Nullable String least,
        @Nullable String most,
        boolean live,
        String doc) {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /// How each type is read from what TOML knows, and how a person calls it.
    private static final Map<Class<?>, Kind> KINDS = Map.of(
            String.class, new Kind("text", Setting::text),
            boolean.class, new Kind("true or false", value -> as(Boolean.class, value)),
            int.class, new Kind("whole number", value -> Math.toIntExact(as(Long.class, value))),
            long.class, new Kind("whole number", value -> as(Long.class, value)),
            double.class, new Kind("number", Setting::fraction),
            Path.class, new Kind("path", value -> Path.of(text(value))),
            Duration.class, new Kind("time such as \"30s\"", value -> Time.read(text(value))),
            List.class, new Kind("list of texts", Setting::texts),
            Secret.class, new Kind("secret: \"credential:NAME\" or \"file:/path\"", Setting::secret));

    private record Kind(String words, Function<Object, Object> reader) {}

    static Setting of(RecordComponent component) {
        var fallback = component.getAnnotation(Default.class);
        var between = component.getAnnotation(Between.class);
        var doc = component.getAnnotation(Doc.class);
        var setting = new Setting(
                HUMP.matcher(component.getName()).replaceAll("-").toLowerCase(Locale.ROOT),
                component.getType(),
                fallback == null ? null : fallback.value(),
                between == null ? null : between.least(),
                between == null ? null : between.most(),
                component.isAnnotationPresent(Live.class),
                doc == null ? "" : doc.value());
        if (!KINDS.containsKey(setting.type) && !setting.type.isEnum()) {
            throw new IllegalArgumentException("a config has no words for " + component);
        }
        return setting;
    }

    /// In a few words, for people.
    public String words() {
        if (type.isEnum()) {
            return "one of " + names();
        }
        var kind = Objects.requireNonNull(KINDS.get(type)).words();
        return least == null ? kind : kind + " from " + least + " to " + most;
    }

    /// @throws IllegalArgumentException with what is wrong, in words that go on after the key
    Object read(Object value) {
        Object read;
        try {
            read = type.isEnum()
                    ? constant(value)
                    : Objects.requireNonNull(KINDS.get(type)).reader().apply(value);
        } catch (ClassCastException | ArithmeticException | InvalidPathException e) {
            throw new IllegalArgumentException("is no " + words(), e);
        }
        if (least != null && most != null && (compare(read, least) < 0 || compare(read, most) > 0)) {
            throw new IllegalArgumentException("is outside " + least + ".." + most);
        }
        return read;
    }

    /// A value as it would stand in the file. Of a secret there is nothing to be seen.
    static String written(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Setting::written).collect(Collectors.joining(", ", "[", "]"));
            case Boolean truth -> truth.toString();
            case Number number -> number.toString();
            case Secret secret -> secret.toString();
            case Duration time -> quoted(Time.written(time));
            case Enum<?> constant -> quoted(word(constant));
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }

    Object readFallback() {
        return read(asInFile(Objects.requireNonNull(fallback)));
    }

    /// What a TOML reader would make of it.
    private Object asInFile(String text) {
        if (type == int.class || type == long.class) {
            return Long.valueOf(text);
        } else if (type == double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        return text;
    }

    @SuppressWarnings("unchecked") // both were read as this setting's own type
    private int compare(Object read, String bound) {
        var reader = Objects.requireNonNull(KINDS.get(type)).reader();
        return ((Comparable<Object>) read).compareTo(reader.apply(asInFile(bound)));
    }

    private static <T> T as(Class<T> wanted, Object value) {
        return wanted.cast(value);
    }

    private static String text(Object value) {
        return as(String.class, value);
    }

    private static Object fraction(Object value) {
        return value instanceof Long whole ? Double.valueOf(whole) : as(Double.class, value);
    }

    private static Object texts(Object value) {
        if (value instanceof String text) { // a fallback
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        return as(TomlArray.class, value).toList().stream().map(Setting::text).toList();
    }

    private static Object secret(Object value) {
        var credentials = System.getenv("CREDENTIALS_DIRECTORY");
        return Secret.from(text(value), credentials == null ? null : Path.of(credentials));
    }

    private Object constant(Object value) {
        var text = text(value);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not " + words()));
    }

    private String names() {
        return Arrays.stream(type.getEnumConstants()).map(Setting::word).collect(Collectors.joining(", "));
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
