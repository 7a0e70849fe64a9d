package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.HouseCall.Outcome;
import hob.contract.HouseCall.State;
import hob.contract.Service;
import hob.contract.Who;
import hob.ipc.Client.Manner;
import hob.testing.Eventually;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A deed that is done is noted as done, whatever comes between; and if it cannot be, nobody is told that it was not.
@Tag("wire")
class NotedTwiceTest {
    private static final Manner KEYED = Manner.USUAL.within(Eventually.GUARD).keyed("k");

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Room<R extends Record> extends Call<R> {
        @Change(deadline = "30s")
        record Deed() implements Room<Done> {}
    }

    record Done(int deeds) {}

    /// Minds an interrupt, as a database over a channel does, and can be full.
    private static final class TouchyBook implements DoneBook<Connection> {
        private final SqliteBook book;
        private final AtomicBoolean full = new AtomicBoolean();
        private final AtomicBoolean interruptBefore = new AtomicBoolean();
        private final AtomicBoolean interruptAfter = new AtomicBoolean();

        TouchyBook(SqliteBook book) {
            this.book = book;
        }

        @Override
        public <R extends @Nullable Object> R transaction(Work<Connection, R> work) throws Exception {
            if (Thread.interrupted() || interruptBefore.getAndSet(false)) {
                throw new InterruptedException("amid a transaction");
            }
            var result = book.transaction(work);
            if (interruptAfter.getAndSet(false)) {
                throw new InterruptedException("before it was heard that it is committed");
            }
            return result;
        }

        @Override
        public @Nullable Entry find(Connection transaction, String caller, String key) throws Exception {
            return book.find(transaction, caller, key);
        }

        @Override
        public void put(Connection transaction, Entry entry) throws Exception {
            if (full.get()) {
                throw Fault.busy("the book is full", Duration.ofMillis(10));
            }
            book.put(transaction, entry);
        }

        @Override
        public void remove(Connection transaction, String caller, String key) throws Exception {
            book.remove(transaction, caller, key);
        }

        @Override
        public int settle(Connection transaction, String caller, List<String> keys) throws Exception {
            return book.settle(transaction, caller, keys);
        }
    }

    private final TempHouse house = new TempHouse();
    private final TouchyBook book =
            new TouchyBook(house.keep(new SqliteBook(house.door(Family.MEMORY).resolveSibling("book.db"))));
    private final Client client = house.client(Family.MEMORY);
    private final AtomicInteger deeds = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private void serve(Handlers.Answer<Room.Deed, Done> deed) {
        house.serve(Family.MEMORY, Handlers.of(book, Room.class).attempt(Room.Deed.class, deed));
    }

    private State outcome() {
        return client.ask(new Outcome(), KEYED).state();
    }

    @Test
    void anInterruptRightAtItsEndDoesNotUndoTheNote() {
        serve(_ -> {
            Thread.currentThread().interrupt();
            return new Done(deeds.incrementAndGet());
        });
        assertThat(client.ask(new Room.Deed(), KEYED)).isEqualTo(new Done(1));
        assertThat(outcome()).isEqualTo(State.DONE);
        assertThat(client.ask(new Room.Deed(), KEYED)).isEqualTo(new Done(1));
        assertThat(deeds).hasValue(1);
    }

    @Test
    void anInterruptAmidTheNoteDoesNotUndoIt() {
        for (var moment : List.of(book.interruptBefore, book.interruptAfter)) {
            serve(_ -> {
                moment.set(true);
                return new Done(deeds.incrementAndGet());
            });
            var manner = KEYED.keyed("k" + deeds.get());
            assertThat(client.ask(new Room.Deed(), manner)).isEqualTo(new Done(deeds.get()));
            assertThat(client.ask(new Outcome(), manner).state()).isEqualTo(State.DONE);
        }
        assertThat(deeds).hasValue(2);
    }

    @Test
    void whatWasNotBegunForAnInterruptIsNotNotedAsBegun() {
        serve(_ -> new Done(deeds.incrementAndGet()));
        book.interruptAfter.set(true);
        assertThat(catchThrowableOfType(Fault.class, () -> client.ask(new Room.Deed(), KEYED)))
                .isNotNull();
        assertThat(deeds).hasValue(0);
        assertThat(outcome()).isEqualTo(State.NEVER_BEGUN);
        assertThat(client.ask(new Room.Deed(), KEYED)).isEqualTo(new Done(1));
    }

    @Test
    void aDeedThatComesToItsEndAfterItsDeadlineIsNoted() {
        serve(_ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException deadline) {
                Thread.currentThread().interrupt();
            }
            return new Done(deeds.incrementAndGet());
        });
        var late = KEYED.within(Duration.ofMillis(100));
        var fault = catchThrowableOfType(Fault.class, () -> client.ask(new Room.Deed(), late));
        assertThat(fault == null ? Fault.Code.UNKNOWN : fault.code()).isEqualTo(Fault.Code.UNKNOWN);
        Eventually.await("it is noted as done", () -> outcome() == State.DONE);
        assertThat(client.ask(new Room.Deed(), KEYED)).isEqualTo(new Done(1));
        assertThat(deeds).hasValue(1);
    }

    @Test
    void aBookThatIsFullByThenMakesItUnknownAndNeverBusy() {
        serve(_ -> {
            book.full.set(true);
            return new Done(deeds.incrementAndGet());
        });
        var first = catchThrowableOfType(Fault.class, () -> client.ask(new Room.Deed(), KEYED));
        assertThat(first.code()).isEqualTo(Fault.Code.UNKNOWN);
        assertThat(first).hasMessage("'deed' was done, and that could not be written down: the book is full");

        book.full.set(false);
        assertThat(outcome()).isEqualTo(State.UNKNOWN);
        var repeat = catchThrowableOfType(Fault.class, () -> client.ask(new Room.Deed(), KEYED));
        assertThat(repeat.code()).isEqualTo(Fault.Code.UNKNOWN);
        assertThat(deeds).hasValue(1);
    }

    @Test
    void aBookThatIsFullBeforeLetsNothingBegin() {
        serve(_ -> new Done(deeds.incrementAndGet()));
        book.full.set(true);
        var manner = KEYED.within(Duration.ofMillis(200));
        var fault = catchThrowableOfType(Fault.class, () -> client.ask(new Room.Deed(), manner));
        assertThat(fault.code()).isIn(Fault.Code.BUSY, Fault.Code.UNKNOWN); // UNKNOWN where the time ran out
        assertThat(deeds).hasValue(0);
        book.full.set(false);
        assertThat(client.ask(new Room.Deed(), KEYED)).isEqualTo(new Done(1));
    }
}
