package hob.store;

import hob.ipc.DoneBook.Work;
import hob.ipc.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A few connections that only read, each question on one picture of the database. They are opened when they are first
/// needed: a start is shorter without them.
final class Readers {
    /// More than this at once only take each other's processor.
    private static final int READERS_MOST = 4;

    private final Path file;
    private final Semaphore free = new Semaphore(READERS_MOST, true); // fair to one who wants them all, too

    // Guarded by this.
    private final Deque<Transaction> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Path file) {
        this.file = file;
    }

    /// An interrupt, such as that of a deadline, ends a long question too.
    <R extends @Nullable Object> R read(Work<Transaction, R> work) throws Exception {
        free.acquire();
        try {
            var reader = take();
            R answer;
            try {
                reader.change("BEGIN");
                answer = work.in(reader);
                reader.change("COMMIT");
            } catch (Exception | Error e) {
                reader.close(); // another is soon opened, and surely has no half-read question
                throw e;
            }
            giveBack(reader);
            return answer;
        } catch (SQLException e) {
            if (e instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
                throw new InterruptedException("a question to " + file.getFileName() + " was interrupted");
            }
            throw Trouble.losesTheTransaction(e) ? unreadable(e) : e;
        } finally {
            free.release();
        }
    }

    /// Lets nobody begin to read, until all who do have ended and this is done.
    ///
    /// @return false where they did not end in time, and it was not done
    boolean whileNobodyReads(Duration patience, Runnable work) {
        try {
            if (!free.tryAcquire(READERS_MOST, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            free.release(READERS_MOST);
        }
    }

    private Fault unreadable(SQLException e) {
        return Fault.unavailable(Trouble.of(e, file).sentence(), Duration.ofSeconds(1));
    }

    private Transaction take() throws SQLException {
        synchronized (this) {
            var reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        return Opening.reader(file);
    }

    private void giveBack(Transaction reader) throws SQLException {
        synchronized (this) {
            if (!closed) {
                idle.push(reader);
                return;
            }
        }
        reader.close();
    }

    void close() throws SQLException {
        Deque<Transaction> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(idle);
            idle.clear();
        }
        for (var reader : left) {
            reader.close();
        }
    }
}
