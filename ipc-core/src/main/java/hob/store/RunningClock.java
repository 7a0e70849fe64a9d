package hob.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long the daemon has been running in all its lives. Keys age by it: a wall clock that jumps, or a winter switched
/// off, makes none of them old. What a life forgets when it is killed makes them younger, which is the safe side.
final class RunningClock {
    private static final long NOTED_EVERY_MS = Duration.ofMinutes(1).toMillis();

    private final long before;
    private final long began = System.nanoTime();

    /// Only the writer's thread looks at it.
    private long notedAt;

    /// @param before of all earlier lives
    RunningClock(long before) {
        this.before = before;
        this.notedAt = before;
    }

    static RunningClock of(Transaction transaction) throws SQLException {
        return new RunningClock(transaction.number("SELECT ran_ms FROM running"));
    }

    long nowMs() {
        return before + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    void noteNowAndThen(Transaction transaction) throws SQLException {
        if (nowMs() - notedAt >= NOTED_EVERY_MS) {
            note(transaction);
        }
    }

    void note(Transaction transaction) throws SQLException {
        notedAt = nowMs();
        transaction.change("UPDATE running SET ran_ms = ?", notedAt);
    }
}
