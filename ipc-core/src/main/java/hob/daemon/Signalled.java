package hob.daemon;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// SIGTERM or SIGINT: it is time to end.
final class Signalled {
    private final CountDownLatch heard = new CountDownLatch(1);

    /// Guarded by this: who is to be woken while it starts.
    private @Nullable Thread starting;

    private Signalled() {}

    /// The JVM hears these signals itself, and ends when this hook returns; the main thread ends it before, when all is
    /// closed. A main thread that has ended in any other way will close nothing more.
    static Signalled listen() {
        var signalled = new Signalled();
        var main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("signal").unstarted(() -> {
            signalled.hear();
            awaitTheEnd(main);
        }));
        return signalled;
    }

    private synchronized void hear() {
        heard.countDown();
        if (starting != null) {
            starting.interrupt();
        }
    }

    private static void awaitTheEnd(Thread main) {
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A start that waits for something is woken; afterwards nothing is, so that what was opened can be closed in
    /// peace.
    <T> T whileStarting(Callable<T> start) throws Exception {
        synchronized (this) {
            starting = Thread.currentThread();
            if (isHeard()) {
                starting.interrupt();
            }
        }
        try {
            return start.call();
        } finally {
            synchronized (this) {
                starting = null;
                Thread.interrupted();
            }
        }
    }

    boolean isHeard() {
        return heard.getCount() == 0;
    }

    void await() throws InterruptedException {
        heard.await();
    }
}
