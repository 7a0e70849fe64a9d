package hob.ipc;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.ipc.Client.Manner;
import hob.testing.Eventually;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The agent does something and then asks memory, which has not begun what it was asked. That is true of memory, and
/// says nothing of what the agent did before.
@Tag("wire")
class NestedFaultTest {
    private static final Manner AMPLE = Manner.USUAL.within(Eventually.GUARD);

    /// Longer than the agent waits for memory, and far shorter than the person waits for the agent: who hears of it
    /// unchanged asks the agent again by itself.
    private static final Duration LATER = Duration.ofSeconds(2);

    @Service("agent")
    @For(PERSON)
    sealed interface Errands<R extends Record> extends Call<R> {
        /// Its deed is in no database.
        @Change(deadline = "30s")
        record Fetch() implements Errands<Fetched> {}

        /// Its deed is in the book's own database.
        @Change(deadline = "30s")
        record Enter() implements Errands<Fetched> {}

        @Query(deadline = "30s")
        record Look() implements Errands<Fetched> {}
    }

    record Fetched(String what) {}

    @Service("memory")
    @For({AGENT, PERSON})
    sealed interface Shelf<R extends Record> extends Call<R> {
        @Query(deadline = "2s")
        record Reach() implements Shelf<Reached> {}
    }

    record Reached(String what) {}

    /// What memory is, when it has not begun what it was asked.
    enum Absence {
        BUSY,
        UNAVAILABLE
    }

    private final TempHouse house = new TempHouse();
    private final SqliteBook book =
            house.keep(new SqliteBook(house.door(Family.AGENT).resolveSibling("book.db")));
    private final Client agent = house.client(Family.AGENT);
    private final Client memory = house.client(Family.MEMORY);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean(true);

    @BeforeEach
    void open() throws Exception {
        book.transaction(transaction -> {
            try (var statement = transaction.createStatement()) {
                return statement.execute("CREATE TABLE entered (what TEXT)");
            }
        });
        house.serve(
                Family.AGENT,
                Handlers.of(book, Errands.class)
                        .attempt(Errands.Fetch.class, _ -> fetch())
                        .once(Errands.Enter.class, (_, transaction) -> enter(transaction))
                        .on(Errands.Look.class, _ -> fetch()));
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private void be(Absence absence) {
        if (absence == Absence.BUSY) {
            serveMemory();
        }
    }

    private void serveMemory() {
        house.serve(Family.MEMORY, Handlers.of(Shelf.class).on(Shelf.Reach.class, _ -> {
            if (busy.get()) {
                throw Fault.busy("all ladders are taken", LATER);
            }
            return new Reached("a jar");
        }));
    }

    /// The deed is that it was begun.
    private Fetched fetch() {
        begun.incrementAndGet();
        return new Fetched(
                memory.ask(new Shelf.Reach(), Manner.USUAL.within(LATER)).what());
    }

    private Fetched enter(Connection transaction) throws SQLException {
        try (var insert = transaction.createStatement()) {
            insert.execute("INSERT INTO entered VALUES ('a jar')");
        }
        return fetch();
    }

    private int entered() throws Exception {
        return book.transaction(transaction -> {
            try (var select = transaction.createStatement();
                    var row = select.executeQuery("SELECT count(*) FROM entered")) {
                return row.getInt(1);
            }
        });
    }

    private Fault fault(Call<?> call, Manner manner) {
        return catchThrowableOfType(Fault.class, () -> agent.ask(call, manner));
    }

    @ParameterizedTest
    @EnumSource
    void aChangeWithoutAKeyIsUnknownAndNotAskedAgain(Absence absence) {
        be(absence);
        var fault = fault(new Errands.Fetch(), AMPLE);
        assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN);
        assertThat(fault).hasMessageContaining("'fetch' may have been done in part");
        assertThat(begun).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptKeepsItsKeyAndIsNotDoneAgain(Absence absence) {
        be(absence);
        for (int i = 0; i < 3; i++) {
            assertThat(fault(new Errands.Fetch(), AMPLE.keyed("k")).code())
                    .as("try %d", i + 1)
                    .isEqualTo(Fault.Code.UNKNOWN);
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void aDeedInATransactionIsRolledBackAndTheFaultPassesAsItIs() throws Exception {
        var fault = fault(new Errands.Enter(), AMPLE.keyed("k"));
        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(entered()).isZero();

        busy.set(false);
        serveMemory();
        assertThat(agent.ask(new Errands.Enter(), AMPLE.keyed("k"))).isEqualTo(new Fetched("a jar"));
        assertThat(agent.ask(new Errands.Enter(), AMPLE.keyed("k"))).isEqualTo(new Fetched("a jar"));
        assertThat(entered()).isEqualTo(1);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aQueryPassesOnThatMemoryIsBusyAndIsAskedAgain() {
        house.serve(Family.MEMORY, Handlers.of(Shelf.class).on(Shelf.Reach.class, _ -> {
            if (busy.getAndSet(false)) {
                throw Fault.busy("all ladders are taken", LATER);
            }
            return new Reached("a jar");
        }));
        assertThat(agent.ask(new Errands.Look(), AMPLE)).isEqualTo(new Fetched("a jar"));
        assertThat(begun).hasValue(2);
    }
}
