package hob.ipc;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all connections once a second, and when a deadline is due: who has hung up, who is stuck, whose time is
/// over. It sleeps where there is nobody to look after.
final class Watch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private final Server server;
    private final Thread thread;
    private volatile boolean ended;

    /// When it will look again, by `System.nanoTime()`.
    private volatile long nextLook = System.nanoTime();

    Watch(Server server) {
        this.server = server;
        this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /// A deadline that is due before the next round wakes the watch; few are.
    synchronized void deadlineAt(long deadline) {
        if (deadline - nextLook < 0) {
            nextLook = deadline;
            LockSupport.unpark(thread);
        }
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    void end() {
        ended = true;
        wake();
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                // Before the connections are listed: who comes later sees this, and wakes the watch if need be.
                nextLook = System.nanoTime() + ROUND_NANOS;
                var connections = server.connections();
                if (connections.isEmpty() && !server.endFarewells()) {
                    nextLook = System.nanoTime() + NEVER_NANOS;
                    LockSupport.park(this);
                } else {
                    lookAfter(connections);
                }
            } catch (RuntimeException e) {
                LOG.error("looking after the connections failed; it goes on", e);
            }
        }
    }

    private void lookAfter(List<Connection> connections) {
        var now = System.nanoTime();
        server.stopWhereCallersHungUp();
        server.endFarewells();
        for (var connection : connections) {
            var overdue = connection.overdue(now, server.limits());
            if (overdue != null) {
                LOG.debug(
                        "closing the connection of {}: {}", connection.caller().name(), overdue);
                connection.stop(overdue);
                connection.shutDown(true);
            } else if (connection.isIdle(now, server.limits())) {
                connection.shutDown(false); // a call that comes at this very moment is still answered
            }
            var until = connection.workUntil();
            if (until - now <= 0) {
                connection.stop("its deadline is over");
            } else {
                deadlineAt(until);
            }
        }
        LockSupport.parkNanos(this, nextLook - System.nanoTime());
    }
}
