package hob.daemon;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a config file into a record: its components are the keys, in kebab case. Whatever is wrong is told at once,
/// each with its line and what would be right.
public final class Config {
    private Config() {}

    /// Everything that is wrong with one file, a line each.
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String lines) {
            super(lines);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    public static List<Setting> settings(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Setting::of).toList();
    }

    /// A file that is not there is an empty one: all that has a default needs none.
    public static <C extends Record> C read(Class<C> type, Path file) throws Wrong {
        return read(type, file, false);
    }

    /// A file that a person named must be there: else nobody would see that another one is in force.
    public static <C extends Record> C readNamed(Class<C> type, Path file) throws Wrong {
        return read(type, file, true);
    }

    /// What is in force where nothing is said.
    ///
    /// @throws IllegalArgumentException where something must be said
    public static <C extends Record> C defaults(Class<C> type) {
        return make(type, settings(type).stream().map(Config::fallback).toArray());
    }

    private static Object fallback(Setting setting) {
        if (setting.fallback() == null) {
            throw new IllegalArgumentException("'" + setting.key() + "' has no default");
        }
        return setting.readFallback();
    }

    private static <C extends Record> C read(Class<C> type, Path file, boolean mustBeThere) throws Wrong {
        var problems = new Problems(file);
        var text = ConfigText.of(file, mustBeThere, problems);
        if (!problems.isEmpty()) {
            throw problems.wrong();
        }
        var settings = settings(type);
        var given = new Given(text == null ? "" : text, settings, problems);
        var values = settings.stream().map(given::value).toArray();
        if (Arrays.stream(values).allMatch(Objects::nonNull)) {
            try {
                var config = make(type, values);
                if (problems.isEmpty()) {
                    return config;
                }
            } catch (IllegalArgumentException e) { // what the record says of several settings together
                var what = String.valueOf(e.getMessage());
                problems.add(given.lineOfFirstNamed(what), what);
            }
        }
        throw problems.wrong();
    }

    private static <C extends Record> C make(Class<C> type, @Nullable Object[] values) {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.cast(MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .invokeWithArguments(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(type + " is not a config record", e);
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

    /// What is in force when a daemon that runs has heard of another config: what may change then is new, the rest old.
    ///
    /// @throws IllegalArgumentException where new and old together break a rule of the record
    static <C extends Record> C takenOver(Class<C> type, C inForce, C read) {
        return make(
                type,
                Arrays.stream(type.getRecordComponents())
                        .map(component -> get(component, Setting.of(component).live() ? read : inForce))
                        .toArray());
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
