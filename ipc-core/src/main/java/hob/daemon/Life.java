package hob.daemon;

import hob.ipc.House;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a daemon lives, and what it opened there, to be closed last-opened-first.
public final class Life implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final House house;
    private final Path state;
    private final Deque<Opened> opened = new ArrayDeque<>();
    private final List<Consumer<Record>> reloaded = new ArrayList<>();

    /// @param words what the journal calls it when it is closed; empty for what only the curious want to know
    private record Opened(String words, AutoCloseable part) {}

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

    public <T extends AutoCloseable> T keep(T part) {
        return keep(part instanceof Kept kept ? "the " + kept.health().name() : "", part);
    }

    /// For what cannot tell how it is.
    ///
    /// @param words what the journal calls it when it is closed, such as `the store`
    public synchronized <T extends AutoCloseable> T keep(String words, T part) {
        opened.push(new Opened(words, part));
        return part;
    }

    /// The parts that can tell how they are, in the order in which they were opened.
    public synchronized List<Kept> parts() {
        return opened.stream()
                .map(Opened::part)
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
    public void close() {
        for (var last = next(); last != null; last = next()) {
            var words = last.words().isEmpty() ? last.part().getClass().getSimpleName() : last.words();
            try {
                last.part().close();
                (last.words().isEmpty() ? LOG.atDebug() : LOG.atInfo()).log("closed: {}", words);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.error("not closed well: {}", words, e);
            }
        }
    }

    private synchronized @Nullable Opened next() {
        return opened.poll();
    }
}
