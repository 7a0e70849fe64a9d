package hob.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a daemon opened, to be closed last-opened-first.
public final class Life implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final Deque<AutoCloseable> kept = new ArrayDeque<>();

    public synchronized <T extends AutoCloseable> T keep(T part) {
        kept.push(part);
        return part;
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
