package hob.store;

import hob.ipc.DoneBook;
import hob.ipc.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of deeds, beside what the deeds did and in the same transaction.
final class DoneTable implements DoneBook<Transaction> {
    /// Who asks again does so within a day of our running, whatever it said.
    private static final long KEPT_SETTLED_MS = Duration.ofDays(1).toMillis();

    /// Whoever has not said within a month that it is settled has forgotten about it.
    private static final long KEPT_MOST_MS = Duration.ofDays(30).toMillis();

    private final Writer writer;
    private final RunningClock clock;
    private final Bounds bounds;

    // Only the writer's thread looks at these. What deeds that failed had added is counted too, until it is counted
    // anew.
    private long keys = -1;
    private long answerBytes;

    DoneTable(Writer writer, RunningClock clock, Bounds bounds) {
        this.writer = writer;
        this.clock = clock;
        this.bounds = bounds;
    }

    @Override
    public <R extends @Nullable Object> R transaction(Work<Transaction, R> work) throws Exception {
        return writer.write(work);
    }

    @Override
    public @Nullable Entry find(Transaction transaction, String caller, String key) throws SQLException {
        return transaction
                .first(
                        row -> new Entry(caller, key, row.getString(1), row.getBytes(2), row.getBytes(3)),
                        "SELECT type, hash, answer FROM done WHERE caller = ? AND key = ?",
                        caller,
                        key)
                .orElse(null);
    }

    @Override
    public void put(Transaction transaction, Entry entry) throws SQLException {
        var bytes = entry.answer() == null ? 0 : entry.answer().length;
        if (isAnswered(transaction, entry)) {
            answerBytes += bytes;
            return;
        }
        makeRoom(transaction, bytes);
        transaction.change(
                "INSERT INTO done (caller, key, type, hash, answer, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
                entry.caller(),
                entry.key(),
                entry.type(),
                entry.hash(),
                entry.answer(),
                clock.nowMs());
    }

    /// The answer to what was begun fits in any case: it is done, and no more of them come late than calls are at work.
    private boolean isAnswered(Transaction transaction, Entry entry) throws SQLException {
        return transaction.change(
                        "UPDATE done SET answer = ?, at_ms = ? WHERE caller = ? AND key = ?",
                        entry.answer(),
                        clock.nowMs(),
                        entry.caller(),
                        entry.key())
                > 0;
    }

    private void makeRoom(Transaction transaction, int bytes) throws SQLException {
        if (keys >= 0) {
            keys++;
            answerBytes += bytes;
        }
        if (keys < 0 || isFull()) {
            count(transaction, bytes);
        }
        if (isFull()) {
            forgetOld(transaction);
            count(transaction, bytes);
        }
        if (isFull()) {
            keys = -1;
            throw Fault.busy(
                    "so many keys are kept that no more fit; whoever is done with its keys says so by 'settled'",
                    Duration.ofMinutes(1));
        }
    }

    private boolean isFull() {
        return keys > bounds.keys() || answerBytes > bounds.answerBytes();
    }

    private void count(Transaction transaction, int bytes) throws SQLException {
        keys = 1 + transaction.number("SELECT count(*) FROM done");
        answerBytes = bytes + transaction.number("SELECT coalesce(sum(length(answer)), 0) FROM done");
    }

    void forgetOld(Transaction transaction) throws SQLException {
        var now = clock.nowMs();
        transaction.change("DELETE FROM done WHERE at_ms < ?", now - KEPT_MOST_MS);
        transaction.change("DELETE FROM done WHERE settled AND at_ms < ?", now - KEPT_SETTLED_MS);
        keys = -1;
    }

    @Override
    public void remove(Transaction transaction, String caller, String key) throws SQLException {
        transaction.change("DELETE FROM done WHERE caller = ? AND key = ?", caller, key);
    }

    @Override
    public int settle(Transaction transaction, String caller, List<String> settled) throws SQLException {
        var known = 0;
        for (var key : settled) {
            known += transaction.change("UPDATE done SET settled = 1 WHERE caller = ? AND key = ?", caller, key);
        }
        return known;
    }
}
