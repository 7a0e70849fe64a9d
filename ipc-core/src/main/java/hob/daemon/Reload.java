package hob.daemon;

import hob.contract.HouseCall.Part;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the config again on a SIGHUP: what is `@Live` takes effect, the rest says that it waits for a new start. A
/// file with anything wrong in it changes nothing, and `health` says so until a good one was read.
final class Reload<C extends Record & Configured> implements Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Class<C> type;
    private final Arguments arguments;
    private final Life life;
    private final Notify notify;
    private final Place place;
    private C inForce;

    /// What is wrong with the file that was read last, a line each; null while it is good.
    private volatile @Nullable String refused;

    Reload(Class<C> type, Arguments arguments, C inForce, Life life, Notify notify, Place place) {
        this.type = type;
        this.arguments = arguments;
        this.inForce = inForce;
        this.life = life;
        this.notify = notify;
        this.place = place;
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
            refused = null;
        } catch (Config.Wrong e) {
            e.getMessage().lines().forEach(LOG::error);
            refused = e.getMessage();
            status = stays(
                    e.getMessage().lines().count() + " wrong in " + arguments.config() + ", 'hob status' says what");
        } catch (RuntimeException e) {
            LOG.error("{} could not be taken over: {}", arguments.config(), e.toString());
            refused = arguments.config() + " could not be taken over: " + e.getMessage();
            status = stays(refused);
        }
        notify.ready(status);
    }

    private static String stays(String why) {
        return "answering, with the config of before: " + why;
    }

    /// Says how it went.
    private String takeOver(C read) {
        var changes = Config.changes(inForce, read);
        apply(Config.takenOver(type, inForce, read));
        var waiting = changes.stream().filter(change -> !change.live()).toList();
        var restart = place.restart();
        waiting.forEach(change -> LOG.warn(
                "'{}' stays {}, and will be {} by '{}'", change.key(), change.before(), change.now(), restart));
        var applied =
                changes.stream().filter(Changed::live).map(Changed::toString).toList();
        LOG.info("config read again: {}", applied.isEmpty() ? "nothing to apply" : String.join(", ", applied));
        return waiting.isEmpty()
                ? "answering"
                : "answering; "
                        + waiting.stream()
                                .map(change -> "'" + change.key() + "'")
                                .collect(Collectors.joining(", "))
                        + " waits for '" + restart + "'";
    }

    private void apply(C config) {
        if (config.logLevel() != inForce.logLevel()) {
            Log.level(config.logLevel()); // where it has not changed, what a person set since the start stays
        }
        life.reload(config); // also where nothing has changed: files that it names may have
        inForce = config;
    }

    @Override
    public Part health() {
        var wrong = refused;
        return wrong == null
                ? Part.well("config")
                : Part.ill(
                        "config",
                        "it is wrong, so that the one of before stays in force; mend it, then have it read again\n"
                                + wrong,
                        place.reread());
    }

    @Override
    public void close() {
        // the thread that listens ends with the process
    }
}
