package hob.daemon;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the config again on a SIGHUP: what is `@Live` takes effect, the rest says that it waits for a new start. A
/// file with anything wrong in it changes nothing.
final class Reload<C extends Record & Configured> {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Class<C> type;
    private final Arguments arguments;
    private final Life life;
    private final Notify notify;
    private final String restart;
    private C inForce;

    /// @param restart the command by which the other settings take effect
    Reload(Class<C> type, Arguments arguments, C inForce, Life life, Notify notify, String restart) {
        this.type = type;
        this.arguments = arguments;
        this.inForce = inForce;
        this.life = life;
        this.notify = notify;
        this.restart = restart;
    }

    /// Whoever listens for hangups listens as long as the daemon lives.
    void await(Hangups hangups) {
        Thread.ofPlatform().daemon().name("reload").start(() -> {
            try {
                while (true) {
                    hangups.await();
                    reload();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("the reloading was interrupted, which nobody should do", e);
            }
        });
    }

    private void reload() {
        notify.reloading();
        String status;
        try {
            status = takeOver(arguments.read(type));
        } catch (Config.Wrong e) {
            e.getMessage().lines().forEach(LOG::error);
            status = stays(e.getMessage().lines().count() + " wrong in " + arguments.config() + ", see the journal");
        } catch (RuntimeException e) {
            LOG.error("{} could not be taken over: {}", arguments.config(), e.toString());
            status = stays(arguments.config() + " could not be taken over: " + e.getMessage());
        }
        notify.ready(status);
    }

    private static String stays(String why) {
        return "answering, with the config of before: " + why;
    }

    /// Says how it went.
    private String takeOver(C read) {
        var components = type.getRecordComponents();
        var values = new ArrayList<@Nullable Object>();
        var applied = new ArrayList<String>();
        var refused = new ArrayList<String>();
        for (var component : components) {
            var old = get(component, inForce);
            var wanted = get(component, read);
            var isChanged = !Objects.equals(old, wanted);
            var isLive = component.isAnnotationPresent(Live.class);
            values.add(isLive ? wanted : old);
            if (isChanged && isLive) {
                applied.add(Setting.of(component).key() + " = " + said(wanted));
            } else if (isChanged) {
                refused.add("'" + Setting.of(component).key() + "' stays " + said(old) + ": it takes effect by '"
                        + restart + "'");
            }
        }
        apply(make(components, values));
        refused.forEach(LOG::warn);
        LOG.info("config read again: {}", applied.isEmpty() ? "nothing to apply" : String.join(", ", applied));
        return refused.isEmpty()
                ? "answering"
                : "answering; " + refused.size() + " settings wait for '" + restart + "'";
    }

    private void apply(C config) {
        if (config.logLevel() != inForce.logLevel()) {
            Log.level(config.logLevel()); // where it has not changed, what a person set since the start stays
        }
        life.reload(config); // also where nothing has changed: files that it names may have
        inForce = config;
    }

    private static @Nullable Object get(RecordComponent component, Record config) {
        try {
            var getter = component.getAccessor();
            getter.setAccessible(true);
            return getter.invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /// @throws IllegalArgumentException where new and old together break a rule of the record
    private C make(RecordComponent[] components, List<@Nullable Object> values) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
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

    /// As it would stand in the file; a secret does not print.
    private static String said(@Nullable Object value) {
        return switch (value) {
            case Duration time when time.toMillis() % 1000 != 0 -> time.toMillis() + "ms";
            case Duration time -> time.toSeconds() + "s";
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case null, default -> String.valueOf(value);
        };
    }
}
