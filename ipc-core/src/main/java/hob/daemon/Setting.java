package hob.daemon;

import hob.contract.Default;
import hob.contract.Doc;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;

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

    static Setting of(RecordComponent component) {
        var fallback = component.getAnnotation(Default.class);
        var between = component.getAnnotation(Between.class);
        var doc = component.getAnnotation(Doc.class);
        if (Kind.of(component.getType()) == null) {
            throw new IllegalArgumentException("a config has no words for " + component);
        }
        return new Setting(
                kebab(component.getName()),
                component.getType(),
                fallback == null ? null : fallback.value(),
                between == null ? null : between.least(),
                between == null ? null : between.most(),
                component.isAnnotationPresent(Live.class),
                doc == null ? "" : doc.value());
    }

    /// What a key would be called that was written as in another language.
    static String kebab(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT).replaceAll("[_ ]+", "-");
    }

    /// What it can be, in a few words for people.
    public String words() {
        return least == null ? kind().words() : kind().words() + " from " + least + " to " + most;
    }

    /// Its default as it stands in the file; null where there must be a value.
    public @Nullable String written() {
        return fallback == null ? null : written(asInFile(fallback));
    }

    Kind kind() {
        return Objects.requireNonNull(Kind.of(type));
    }

    /// How a problem with its value begins.
    String must() {
        return "must be " + words() + (kind().form().isEmpty() ? "" : ", " + kind().form());
    }

    /// @throws IllegalArgumentException with what is wrong, in words that go on after the key
    Object read(Object value) {
        Object read;
        try {
            read = kind().reader().apply(value);
        } catch (Kind.Unfit e) {
            throw new IllegalArgumentException(must() + e.getMessage(), e);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(must() + (isQuoted(value) ? ", without quotation marks" : ""), e);
        } catch (ArithmeticException e) { // larger than the type itself
            throw new IllegalArgumentException(outside(), e);
        }
        if (least != null && most != null && (compare(read, least) < 0 || compare(read, most) > 0)) {
            throw new IllegalArgumentException(outside());
        }
        return read;
    }

    String outside() {
        var whole = type == int.class
                ? Integer.MIN_VALUE + ".." + Integer.MAX_VALUE
                : Long.MIN_VALUE + ".." + Long.MAX_VALUE;
        return "is outside " + (least == null ? whole : least + ".." + most);
    }

    private boolean isQuoted(Object value) {
        return value instanceof String && !kind().quoted() && type != List.class;
    }

    Object readFallback() {
        var read = read(asInFile(Objects.requireNonNull(fallback)));
        return read instanceof Path path ? ConfigFolder.here(path) : read;
    }

    /// What a TOML reader would make of it.
    private Object asInFile(String text) {
        if (type == int.class || type == long.class) {
            return Long.valueOf(text);
        } else if (type == double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class) {
            return Boolean.valueOf(text);
        } else if (type == List.class) {
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        return text;
    }

    @SuppressWarnings("unchecked") // both were read as this setting's own type
    private int compare(Object read, String bound) {
        return ((Comparable<Object>) read).compareTo(kind().reader().apply(asInFile(bound)));
    }

    /// A value as it would stand in the file. Of a secret there is nothing to be seen.
    static String written(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Setting::written).collect(Collectors.joining(", ", "[", "]"));
            case Boolean truth -> truth.toString();
            case Number number -> number.toString();
            case Secret secret -> secret.toString();
            case Duration time -> quoted(Time.written(time));
            case Enum<?> constant -> quoted(Kind.word(constant));
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }
}
