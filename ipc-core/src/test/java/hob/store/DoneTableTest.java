package hob.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.HouseCall.Outcome;
import hob.contract.HouseCall.Settled;
import hob.contract.HouseCall.State;
import hob.contract.Json;
import hob.ipc.Asked;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.DoneBook.Entry;
import hob.ipc.Fault;
import hob.ipc.Handlers;
import hob.store.one.Form;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Keys in a real store, asked for over a real socket.
@Tag("life")
@Timeout(60)
class DoneTableTest {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final TempHouse house = new TempHouse();
    private final Path file = house.door(Family.MEMORY).resolveSibling("words.db");
    private final AtomicInteger blows = new AtomicInteger();

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private Store open(Bounds bounds) {
        try {
            return Store.open(file, Form.class, bounds);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Client serve(Store store) {
        var handlers = Handlers.of(store.done(), Workshop.class)
                .on(Echo.class, call -> new Echoed(call.text()))
                .on(Carry.class, Carried::new)
                .on(Rest.class, _ -> new Rested("", 0))
                .stream(Count.class, (_, _) -> new Counted(0))
                .once(Add.class, DoneTableTest::add)
                .attempt(Strike.class, _ -> new Struck(blows.incrementAndGet()));
        house.serve(Family.MEMORY, handlers);
        return house.client(Family.MEMORY);
    }

    private static Added add(Add call, Transaction tx) throws SQLException {
        var asked = Objects.requireNonNull(Asked.current(), "the writer's thread knows for whom it writes");
        tx.change("INSERT INTO word VALUES (?)", asked.caller().name() + " " + call.amount());
        return new Added(tx.number("SELECT count(*) FROM word"));
    }

    private static Manner keyed(String key) {
        return Manner.USUAL.keyed(key);
    }

    @Test
    void aKeyIsDoneOnceAlsoAfterANewStart() {
        var store = house.keep(open(Bounds.DEFAULT));
        var client = serve(store);
        assertThat(client.ask(new Add(1), keyed("k"))).isEqualTo(new Added(1));
        assertThat(client.ask(new Add(1))).isEqualTo(new Added(2));
        assertThat(client.ask(new Add(1), keyed("k"))).isEqualTo(new Added(1));
        assertThat(client.ask(new Strike("nail"), keyed("s"))).isEqualTo(new Struck(1));
        store.close();

        client = serve(house.keep(open(Bounds.DEFAULT)));
        assertThat(client.ask(new Add(1), keyed("k"))).isEqualTo(new Added(1));
        assertThat(client.ask(new Strike("nail"), keyed("s"))).isEqualTo(new Struck(1));
        assertThat(client.ask(new Outcome(), keyed("k")).answer())
                .isEqualTo(new Json("{\"type\":\"added\",\"sum\":1}"));
        assertThat(client.ask(new Outcome(), keyed("other")).state()).isEqualTo(State.NEVER_BEGUN);
        assertThatThrownBy(() -> house.client(Family.MEMORY).ask(new Add(2), keyed("k")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CONFLICT));
        assertThat(client.ask(new Settled(List.of("k", "s", "other"))).known()).isEqualTo(2);
        assertThat(client.ask(new Add(1), keyed("k"))).isEqualTo(new Added(1));
    }

    private static Entry entry(String key) {
        return new Entry("agent", key, "add", new byte[] {1}, new byte[100]);
    }

    private static boolean put(Store store, String key) throws Exception {
        return store.write(tx -> {
            store.done().put(tx, entry(key));
            return true;
        });
    }

    private static boolean isKept(Store store, String key) throws Exception {
        return store.write(tx -> store.done().find(tx, "agent", key) != null);
    }

    /// As if the daemon had been running so much longer.
    private void live(long ms) throws Exception {
        try (var database = Opening.writer(file)) {
            database.change("UPDATE running SET ran_ms = ran_ms + ?", ms);
        }
    }

    private static boolean tidy(Store store) throws Exception {
        return store.write(tx -> {
            ((DoneTable) store.done()).forgetOld(tx);
            return true;
        });
    }

    @Test
    void keysAgeByTheTimeTheDaemonHasBeenRunning() throws Exception {
        try (var store = open(Bounds.DEFAULT)) {
            put(store, "settled");
            put(store, "open");
            store.write(tx -> store.done().settle(tx, "agent", List.of("settled")));
            tidy(store);
            assertThat(isKept(store, "settled")).isTrue();
        }
        live(DAY_MS - 60_000);
        try (var store = open(Bounds.DEFAULT)) {
            tidy(store);
            assertThat(isKept(store, "settled")).isTrue();
        }
        live(60_001); // a day is not over before its last millisecond is
        try (var store = open(Bounds.DEFAULT)) {
            tidy(store);
            assertThat(isKept(store, "settled")).isFalse();
            assertThat(isKept(store, "open")).isTrue();
        }
        live(29 * DAY_MS);
        try (var store = open(Bounds.DEFAULT)) {
            tidy(store);
            assertThat(isKept(store, "open")).isFalse();
        }
    }

    @Test
    void whatIsDoneIsNotedAlsoInAFullTable() throws Exception {
        try (var store = open(new Bounds(1, 50, Duration.ofSeconds(30)))) {
            var begun = new Entry("agent", "k", "strike", new byte[] {1}, null);
            store.write(tx -> {
                store.done().put(tx, begun);
                return true;
            });
            put(store, "k"); // its answer, which alone is more than fits
            assertThat(store.<Boolean>write(
                            tx -> Objects.requireNonNull(store.done().find(tx, "agent", "k"))
                                            .answer()
                                    != null))
                    .isTrue();
            assertThatThrownBy(() -> put(store, "l")).isInstanceOf(Fault.class);
        }
    }

    @Test
    void aFullTableIsBusyAndForgetsNothingEarly() throws Exception {
        try (var store = open(new Bounds(3, 10_000, Duration.ofSeconds(30)))) {
            put(store, "a");
            put(store, "b");
            put(store, "c");
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> put(store, "d")).isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.code()).isEqualTo(Fault.Code.BUSY);
                    assertThat(fault).hasMessageContaining("'settled'");
                });
            }
            assertThat(isKept(store, "a")).isTrue();
            store.write(tx -> store.done().settle(tx, "agent", List.of("a")));
        }
        live(DAY_MS + 1);
        try (var store = open(new Bounds(3, 10_000, Duration.ofSeconds(30)))) {
            put(store, "d");
            assertThat(isKept(store, "a")).isFalse();
            assertThat(isKept(store, "b")).isTrue();
        }
        try (var store = open(new Bounds(100, 350, Duration.ofSeconds(30)))) {
            assertThatThrownBy(() -> put(store, "e")).isInstanceOf(Fault.class); // by its bytes
        }
    }
}
