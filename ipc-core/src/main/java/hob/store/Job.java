package hob.store;

import hob.ipc.DoneBook.Work;
import hob.ipc.Fault;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A deed on its way through the writer.
final class Job<R extends @Nullable Object> {
    private enum State {
        WAITING,
        /// Whoever wanted it has gone before it was begun.
        LEFT,
        BEGUN
    }

    private final Work<Transaction, R> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch ended = new CountDownLatch(1);

    // Written before `ended`, read after it.
    private @Nullable R result;
    private @Nullable Throwable failure;

    Job(Work<Transaction, R> work) {
        this.work = work;
    }

    /// False when nobody waits for it any more.
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    /// Does it within a transaction that it may share with others: what it did goes alone when it fails.
    ///
    /// @throws SQLException when the database itself is in trouble, so that the whole transaction is lost
    void doIn(Transaction transaction) throws SQLException {
        transaction.change("SAVEPOINT job");
        try {
            result = work.in(transaction);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            if (e instanceof SQLException trouble && Trouble.losesTheTransaction(trouble)) {
                throw trouble;
            }
            failure = e;
            transaction.change("ROLLBACK TO job");
        }
        transaction.change("RELEASE job");
    }

    /// It is on disk, or it failed by itself and left nothing.
    void end() {
        ended.countDown();
    }

    /// The transaction that it shared was lost. What was refused in it may have been refused for what another did
    /// before it, and that was never there: so it is not told.
    ///
    /// @param nothing for what was refused, and left nothing in any case
    void lose(Fault why, Fault nothing) {
        if (failure == null) {
            failure = why;
        } else if (failure instanceof Fault) {
            failure = nothing;
        }
        ended.countDown();
    }

    /// It was never begun.
    void refuse(Fault why) {
        failure = why;
        ended.countDown();
    }

    @SuppressWarnings("NullAway") // the result is what the work returned, which may be null where R says so
    R await() throws Exception {
        try {
            ended.await();
        } catch (InterruptedException e) {
            state.compareAndSet(State.WAITING, State.LEFT); // else its end comes all the same, and nobody hears it
            throw e;
        }
        if (failure != null) {
            switch (failure) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
        return result;
    }
}
