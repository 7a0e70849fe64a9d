package hob.testing;

import hob.ipc.Asked;
import hob.ipc.Fault;
import hob.ipc.Handlers;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Added;
import hob.testing.Workshop.Carried;
import hob.testing.Workshop.Carry;
import hob.testing.Workshop.Count;
import hob.testing.Workshop.Counted;
import hob.testing.Workshop.Counting;
import hob.testing.Workshop.Echo;
import hob.testing.Workshop.Echoed;
import hob.testing.Workshop.Rest;
import hob.testing.Workshop.Rested;
import hob.testing.Workshop.Strike;
import hob.testing.Workshop.Struck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Answers the `Workshop`, and counts what it really did.
public final class Bench implements AutoCloseable {
    private final SqliteBook book;
    private final AtomicLong blows = new AtomicLong();

    /// How many handlers were begun, by kind.
    public final AtomicInteger echoes = new AtomicInteger();

    public final AtomicInteger rests = new AtomicInteger();
    public final AtomicInteger interrupted = new AtomicInteger();

    public Bench(Path database) {
        book = new SqliteBook(database);
        try {
            book.transaction(transaction -> {
                try (var statement = transaction.createStatement()) {
                    statement.execute("CREATE TABLE IF NOT EXISTS added (amount INTEGER)");
                    return true;
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Answers the `Workshop`, and leaves more rooms to someone else.
    ///
    /// @param more rooms that someone else answers, on the same book
    public Handlers<Connection> handlers(Class<?>... more) {
        var rooms = Stream.concat(Stream.of(Workshop.class), Stream.of(more)).toArray(Class<?>[]::new);
        return Handlers.of(book, rooms)
                .on(Echo.class, this::echo)
                .on(Carry.class, Carried::new)
                .on(Rest.class, this::rest)
                .once(Add.class, this::add)
                .attempt(Strike.class, this::strike)
                .stream(Count.class, this::count);
    }

    private Echoed echo(Echo call) {
        echoes.incrementAndGet();
        return new Echoed(call.text());
    }

    private Rested rest(Rest call) throws InterruptedException {
        rests.incrementAndGet();
        try {
            new CountDownLatch(1).await(call.restMs(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        }
        var asked = Objects.requireNonNull(Asked.current());
        return new Rested(asked.trace(), asked.left().toMillis());
    }

    private Added add(Add call, Connection transaction) throws SQLException {
        try (var insert = transaction.prepareStatement("INSERT INTO added VALUES (?)")) {
            insert.setInt(1, call.amount());
            insert.executeUpdate();
        }
        return new Added(sum(transaction));
    }

    private static long sum(Connection transaction) throws SQLException {
        try (var statement = transaction.createStatement();
                var row = statement.executeQuery("SELECT coalesce(sum(amount), 0) FROM added")) {
            return row.getLong(1);
        }
    }

    /// How often something was added.
    public long additions() throws Exception {
        return book.transaction(transaction -> {
            try (var statement = transaction.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM added")) {
                return row.getLong(1);
            }
        });
    }

    private Struck strike(Strike call) {
        if (call.purpose().equals("none")) {
            throw Fault.notFound("there is no purpose 'none'");
        }
        if (call.purpose().equals("break")) {
            blows.incrementAndGet();
            throw new IllegalStateException("the hammer broke");
        }
        return new Struck(blows.incrementAndGet());
    }

    public long blows() {
        return blows.get();
    }

    private Counted count(Count call, hob.ipc.Stream<Counting> listener) {
        for (int number = 1; number <= call.to(); number++) {
            listener.send(number % 10 == 0 ? new Counting.Rounded(number) : new Counting.Tick(number, call.ballast()));
        }
        return new Counted(call.to());
    }

    @Override
    public void close() throws SQLException {
        book.close();
    }
}
