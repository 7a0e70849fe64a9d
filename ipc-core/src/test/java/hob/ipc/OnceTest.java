package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.HouseCall.Outcome;
import hob.contract.HouseCall.Settled;
import hob.contract.HouseCall.State;
import hob.contract.Json;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.RawConnection;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import hob.testing.Workshop;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Added;
import hob.testing.Workshop.Carried;
import hob.testing.Workshop.Carry;
import hob.testing.Workshop.Count;
import hob.testing.Workshop.Counted;
import hob.testing.Workshop.Echo;
import hob.testing.Workshop.Echoed;
import hob.testing.Workshop.Rest;
import hob.testing.Workshop.Rested;
import hob.testing.Workshop.Strike;
import hob.testing.Workshop.Struck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A deed is done once for each key, however often it is asked for and whatever breaks between.
@Tag("wire")
class OnceTest {
    private final TempHouse house = new TempHouse();
    private final Path database = house.door(Family.MEMORY).resolveSibling("book.db");
    private final Bench bench = house.keep(new Bench(database));
    private final Client client = house.client(Family.MEMORY);

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private static Manner keyed(String key) {
        return Manner.USUAL.keyed(key);
    }

    @Test
    void aRepeatIsAnsweredLikeTheFirstByteForByte() throws Exception {
        house.serve(Family.MEMORY, bench.handlers());
        try (var raw = RawConnection.to(house.door(Family.MEMORY));
                var other = RawConnection.to(house.door(Family.MEMORY))) {
            var first = raw.ask("{\"type\":\"add\",\"amount\":3,\"key\":\"k\"}");
            assertThat(first).isEqualTo("{\"type\":\"added\",\"sum\":3}");
            client.ask(new Add(4));
            assertThat(raw.ask("{\"type\":\"add\",\"amount\":3,\"key\":\"k\"}")).isEqualTo(first);
            // Fields in another order, and another trace: it is the same call.
            assertThat(other.ask("{\"trace\":\"t\",\"key\":\"k\",\"amount\":3,\"type\":\"add\"}"))
                    .isEqualTo(first);

            var struck = raw.ask("{\"type\":\"strike\",\"purpose\":\"nail\",\"key\":\"s\"}");
            client.ask(new Strike("nail"));
            assertThat(other.ask("{\"type\":\"strike\",\"purpose\":\"nail\",\"key\":\"s\"}"))
                    .isEqualTo(struck);
        }
        assertThat(bench.additions()).isEqualTo(2);
        assertThat(bench.blows()).isEqualTo(2);
    }

    @Test
    void aRepeatAfterARestartIsAnsweredLikeTheFirst() throws Exception {
        var server = house.serve(Family.MEMORY, bench.handlers());
        assertThat(client.ask(new Add(3), keyed("k")).sum()).isEqualTo(3);
        server.close();
        house.serve(Family.MEMORY, house.keep(new Bench(database)).handlers());
        client.ask(new Add(4));
        assertThat(client.ask(new Add(3), keyed("k")).sum()).isEqualTo(3);
        assertThat(bench.additions()).isEqualTo(2);
    }

    @Test
    void anotherCallWithTheSameKeyIsAConflict() throws Exception {
        house.serve(Family.MEMORY, bench.handlers());
        client.ask(new Add(3), keyed("k"));
        assertCode(Fault.Code.CONFLICT, () -> client.ask(new Add(4), keyed("k")));
        assertCode(Fault.Code.CONFLICT, () -> client.ask(new Strike("nail"), keyed("k")));
        assertThat(bench.additions()).isEqualTo(1);
        assertThat(bench.blows()).isZero();
    }

    @Test
    void aKeyOnAQueryIsInvalid() {
        house.serve(Family.MEMORY, bench.handlers());
        assertCode(Fault.Code.INVALID, () -> client.ask(new Echo("x"), keyed("k")));
        assertThat(bench.echoes.get()).isZero();
    }

    @Test
    void theSameKeyWaitsForTheFirstThatIsAtWork() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var blows = new AtomicLong();
        var handlers = table(house.keep(new SqliteBook(database)))
                .once(Add.class, OnceTest::insert)
                .attempt(Strike.class, _ -> {
                    begun.countDown();
                    mayEnd.await();
                    return new Struck(blows.incrementAndGet());
                });
        house.serve(Family.MEMORY, handlers);
        var first = strikeElsewhere();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.RUNNING);
        var second = strikeElsewhere();
        var impatient = keyed("k").within(Duration.ofMillis(30));
        assertThatThrownBy(() -> client.ask(new Strike("nail"), impatient))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isIn(Fault.Code.BUSY, Fault.Code.UNKNOWN));
        assertThat(second).isNotDone();
        mayEnd.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(new Struck(1));
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(new Struck(1));
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.DONE);
        assertThat(blows).hasValue(1);
    }

    private CompletableFuture<Struck> strikeElsewhere() {
        return CompletableFuture.supplyAsync(
                () -> client.ask(new Strike("nail"), keyed("k")),
                task -> Thread.ofPlatform().daemon().start(task));
    }

    @Test
    void whatIsTakenBackLeavesNothingBehind() throws Exception {
        var breaks = new AtomicBoolean(true);
        var handlers = table(house.keep(new SqliteBook(database)))
                .once(Add.class, (call, transaction) -> {
                    var added = insert(call, transaction);
                    if (breaks.getAndSet(false)) {
                        throw new IllegalStateException("broke after the deed");
                    }
                    return added;
                })
                .attempt(Strike.class, _ -> new Struck(0));
        house.serve(Family.MEMORY, handlers);
        assertCode(Fault.Code.INTERNAL, () -> client.ask(new Add(3), keyed("k")));
        assertThat(bench.additions()).isZero();
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.NEVER_BEGUN);
        assertThat(client.ask(new Add(3), keyed("k")).sum()).isEqualTo(3);
        assertThat(bench.additions()).isEqualTo(1);
    }

    @Test
    void anAttemptThatBrokeIsNeverDoneAgain() {
        house.serve(Family.MEMORY, bench.handlers());
        assertCode(Fault.Code.INTERNAL, () -> client.ask(new Strike("break"), keyed("k")));
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.UNKNOWN);
        assertCode(Fault.Code.UNKNOWN, () -> client.ask(new Strike("break"), keyed("k")));
        assertThat(bench.blows()).isEqualTo(1);
    }

    @Test
    void anAttemptThatSaysThatNothingHappenedFreesItsKey() {
        house.serve(Family.MEMORY, bench.handlers());
        assertCode(Fault.Code.NOT_FOUND, () -> client.ask(new Strike("none"), keyed("k")));
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.NEVER_BEGUN);
        assertThat(client.ask(new Strike("nail"), keyed("k")).blows()).isEqualTo(1);
    }

    @Test
    void anOutcomeTellsTheAnswerThatWasGiven() {
        house.serve(Family.MEMORY, bench.handlers());
        assertThat(client.ask(new Outcome(), keyed("k")).state()).isEqualTo(State.NEVER_BEGUN);
        client.ask(new Add(3), keyed("k"));
        var told = client.ask(new Outcome(), keyed("k"));
        assertThat(told.state()).isEqualTo(State.DONE);
        assertThat(told.answer()).isEqualTo(new Json("{\"type\":\"added\",\"sum\":3}"));
        assertCode(Fault.Code.INVALID, () -> client.ask(new Outcome()));
    }

    @Test
    void settledCountsTheKeysThatWereKnown() {
        house.serve(Family.MEMORY, bench.handlers());
        client.ask(new Add(1), keyed("a"));
        client.ask(new Add(1), keyed("b"));
        assertThat(client.ask(new Settled(List.of("a", "b", "c"))).known()).isEqualTo(2);
        // Let go is not forgotten: it is kept for a day at least.
        assertThat(client.ask(new Add(1), keyed("a")).sum()).isEqualTo(1);
    }

    @Test
    void callsOnBehalfOfAKeyHaveKeysOfTheirOwn() throws Exception {
        house.serve(Family.MEMORY, bench.handlers());
        var agentBook = house.keep(new SqliteBook(house.door(Family.AGENT).resolveSibling("book.db")));
        var asker = house.client(Family.MEMORY);
        var errand = table(agentBook).once(Add.class, OnceTest::insert).attempt(Strike.class, _ -> {
            asker.ask(new Add(10));
            asker.ask(new Echo("a query spends no key"));
            return new Struck(asker.ask(new Add(20)).sum());
        });
        house.serve(Family.AGENT, errand);

        try (var agent = RawConnection.to(house.door(Family.AGENT))) {
            assertThat(agent.ask("{\"type\":\"strike\",\"purpose\":\"nail\",\"key\":\"K\"}"))
                    .isEqualTo("{\"type\":\"struck\",\"blows\":30}");
        }
        assertThat(client.ask(new Outcome(), keyed("K/1")).state()).isEqualTo(State.DONE);
        assertThat(client.ask(new Outcome(), keyed("K/2")).answer())
                .isEqualTo(new Json("{\"type\":\"added\",\"sum\":30}"));
        assertThat(client.ask(new Outcome(), keyed("K/3")).state()).isEqualTo(State.NEVER_BEGUN);
        assertThat(client.ask(new Add(10), keyed("K/1")).sum()).isEqualTo(10);
        assertThat(bench.additions()).isEqualTo(2);
    }

    @Test
    void whereADeedDiesAfterItIsDoneARepeatStillDoesItOnce() throws Exception {
        checkDoneOnceAlthoughItDies(false);
    }

    @Test
    void aBookThatIsWrittenApartFromTheDeedIsFound() {
        assertThatThrownBy(() -> checkDoneOnceAlthoughItDies(true)).isInstanceOf(AssertionError.class);
    }

    private void checkDoneOnceAlthoughItDies(boolean keyApart) throws Exception {
        var book = new DyingBook(house.keep(new SqliteBook(database)), keyApart, new AtomicBoolean());
        var handlers = table(book).once(Add.class, OnceTest::insert).attempt(Strike.class, _ -> new Struck(0));
        house.serve(Family.MEMORY, handlers);
        assertCode(Fault.Code.INTERNAL, () -> client.ask(new Add(3), keyed("k")));
        assertThat(client.ask(new Add(3), keyed("k"))).isEqualTo(new Added(3));
        assertThat(bench.additions()).isEqualTo(1);
    }

    /// All that the workshop answers but its changes, which each test does in its own way.
    private static Handlers<Connection> table(DoneBook<Connection> book) {
        return Handlers.of(book, Workshop.class)
                .on(Echo.class, call -> new Echoed(call.text()))
                .on(Carry.class, Carried::new)
                .on(Rest.class, _ -> new Rested("", 0))
                .stream(Count.class, (_, _) -> new Counted(0));
    }

    private static Added insert(Add call, Connection transaction) throws SQLException {
        try (var statement = transaction.createStatement()) {
            statement.executeUpdate("INSERT INTO added VALUES (" + call.amount() + ")");
            try (var row = statement.executeQuery("SELECT sum(amount) FROM added")) {
                return new Added(row.getLong(1));
            }
        }
    }

    private static void assertCode(Fault.Code code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    /// Dies, the first time, where the key is written down: in the deed's own transaction, or planted, in one behind
    /// it.
    private record DyingBook(SqliteBook real, boolean keyApart, AtomicBoolean died) implements DoneBook<Connection> {
        @Override
        public <R extends @Nullable Object> R transaction(Work<Connection, R> work) throws Exception {
            return real.transaction(work);
        }

        @Override
        public @Nullable Entry find(Connection transaction, String caller, String key) throws SQLException {
            return real.find(transaction, caller, key);
        }

        @Override
        public void put(Connection transaction, Entry entry) throws SQLException {
            if (keyApart) {
                transaction.commit();
            }
            if (!died.getAndSet(true)) {
                throw new IllegalStateException("the process died here");
            }
            real.put(transaction, entry);
        }

        @Override
        public void remove(Connection transaction, String caller, String key) throws SQLException {
            real.remove(transaction, caller, key);
        }

        @Override
        public int settle(Connection transaction, String caller, List<String> keys) throws SQLException {
            return real.settle(transaction, caller, keys);
        }
    }
}
