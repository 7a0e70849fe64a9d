package hob.daemon;

import hob.ipc.Suggestion;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Reads a config file into a record: its components are the keys, in kebab case. Whatever is wrong is told at once,
/// each with its line and what would be right.
public final class Config {
    private Config() {}

    /// Everything that is wrong with one file, a line each.
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(List<Problem> problems) {
            super(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n")));
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// @param line 0 where it is about no line, such as a key that is not there
    record Problem(Path file, int line, String what) {
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line) + ": " + what;
        }
    }

    public static List<Setting> settings(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Setting::of).toList();
    }

    /// A file that is not there is an empty one: all that has a default needs none.
    public static <C extends Record> C read(Class<C> type, Path file) throws Wrong, IOException {
        var toml = parse(file);
        var problems = new ArrayList<Problem>();
        toml.errors()
                .forEach(error ->
                        problems.add(new Problem(file, error.position().line(), String.valueOf(error.getMessage()))));
        var settings = settings(type);
        refuseUnknown(toml, settings, file, problems);
        var values = settings.stream()
                .map(setting -> value(toml, setting, file, problems))
                .toArray();
        if (!problems.isEmpty()) {
            throw new Wrong(problems);
        }
        return make(type, values, file);
    }

    private static TomlParseResult parse(Path file) throws IOException {
        try {
            return Toml.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Toml.parse("");
        }
    }

    private static void refuseUnknown(TomlParseResult toml, List<Setting> settings, Path file, List<Problem> problems) {
        var known = settings.stream().map(Setting::key).collect(Collectors.toSet());
        for (var key : toml.keySet()) {
            if (!known.contains(key)) {
                problems.add(new Problem(
                        file,
                        line(toml, key),
                        "'" + Suggestion.quoted(key) + "' is unknown" + Suggestion.of(key, known)));
            }
        }
    }

    private static @Nullable Object value(TomlParseResult toml, Setting setting, Path file, List<Problem> problems) {
        var given = toml.get(List.of(setting.key()));
        try {
            if (given != null) {
                return setting.read(given);
            }
            if (setting.fallback() != null) {
                return setting.readFallback();
            }
            problems.add(new Problem(file, 0, "'" + setting.key() + "' is missing; it is a " + setting.words()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(file, line(toml, setting.key()), "'" + setting.key() + "' " + e.getMessage()));
        }
        return null;
    }

    private static int line(TomlParseResult toml, String key) {
        var position = toml.inputPositionOf(List.of(key));
        return position == null ? 0 : position.line();
    }

    private static <C extends Record> C make(Class<C> type, @Nullable Object[] values, Path file) throws Wrong {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.cast(MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .invokeWithArguments(values));
        } catch (IllegalArgumentException e) { // what the record says of several settings together
            throw new Wrong(List.of(new Problem(file, 0, String.valueOf(e.getMessage()))));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(type + " is not a config record", e);
        }
    }

    /// What is in force, in one line; secrets do not print.
    public static String effective(Record config) {
        return Arrays.stream(config.getClass().getRecordComponents())
                .map(component -> Setting.of(component).key() + "=" + Setting.written(get(component, config)))
                .collect(Collectors.joining(" "));
    }

    /// What differs between two configs of one daemon, in the order of their settings. Secrets do not print.
    public static <C extends Record> List<Changed> changes(C before, C now) {
        var changed = new ArrayList<Changed>();
        for (var component : now.getClass().getRecordComponents()) {
            var was = get(component, before);
            var is = get(component, now);
            if (!was.equals(is)) {
                var setting = Setting.of(component);
                changed.add(new Changed(setting.key(), Setting.written(was), Setting.written(is), setting.live()));
            }
        }
        return changed;
    }

    private static Object get(RecordComponent component, Record config) {
        try {
            var getter = component.getAccessor();
            getter.setAccessible(true);
            return Objects.requireNonNull(getter.invoke(config), component.getName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
