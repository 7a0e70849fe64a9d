package hob.daemon;

import hob.ipc.House;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a daemon lives, and what it opened there, to be closed last-opened-first.
public final class Life implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final House house;
    private final Path state;
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private final List<Consumer<Record>> reloaded = new ArrayList<>();

    /// @param state the daemon's own folder, which is there and is nobody else's
    public Life(House house, Path state) {
        this.house = house;
        this.state = state;
    }

    public House house() {
        return house;
    }

    public Path state() {
        return state;
    }

    public synchronized <T extends AutoCloseable> T keep(T part) {
        kept.push(part);
        return part;
    }

    /// The parts that can tell how they are, in the order in which they were opened.
    public synchronized List<Kept> parts() {
        return kept.stream()
                .filter(Kept.class::isInstance)
                .map(Kept.class::cast)
                .toList()
                .reversed();
    }

    /// Who wants to know when settings that may change (`@Live`) have changed.
    public synchronized <C extends Record> void onReload(Class<C> config, Consumer<C> taker) {
        reloaded.add(changed -> taker.accept(config.cast(changed)));
    }

    synchronized void reload(Record config) {
        reloaded.forEach(taker -> taker.accept(config));
    }

    /// Closes all, whatever some of them say.
    @Override
    public synchronized void close() {
        while (!kept.isEmpty()) {
            var part = kept.pop();
            try {
                LOG.debug("closing {}", part.getClass().getSimpleName());
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }
}
