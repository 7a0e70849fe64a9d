package hob.daemon;

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
        var changes = Config.changes(inForce, read);
        apply(Config.takenOver(type, inForce, read));
        var refused = changes.stream().filter(change -> !change.live()).toList();
        refused.forEach(change -> LOG.warn(
                "'{}' stays {}, and will be {} by '{}'", change.key(), change.before(), change.now(), restart));
        var applied =
                changes.stream().filter(Changed::live).map(Changed::toString).toList();
        LOG.info("config read again: {}", applied.isEmpty() ? "nothing to apply" : String.join(", ", applied));
        return refused.isEmpty() ? "answering" : "answering; what waits for '" + restart + "' is in the journal";
    }

    private void apply(C config) {
        if (config.logLevel() != inForce.logLevel()) {
            Log.level(config.logLevel()); // where it has not changed, what a person set since the start stays
        }
        life.reload(config); // also where nothing has changed: files that it names may have
        inForce = config;
    }
}
