package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;
import hob.contract.Who;
import hob.ipc.Client.Manner;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An answer that cannot be written is the daemon's bug: its caller hears INTERNAL in a whole frame, and what was done
/// stays done.
@Tag("wire")
class UnsendableAnswerTest {
    private static final String LONE = "a\ud800";

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Muddle<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        record Say() implements Muddle<Said> {}

        @Change(deadline = "5s")
        record Deed() implements Muddle<Said> {}

        @Query(deadline = "5s")
        record Tell(int chars) implements Muddle<Said>, StreamCall<Part, Said> {}
    }

    record Said(String text) {}

    record Part(String text) {}

    private final AtomicInteger deeds = new AtomicInteger();
    private final TempHouse house = new TempHouse();

    @BeforeEach
    void open() {
        var book = house.keep(new SqliteBook(house.door(Family.MEMORY).resolveSibling("book.db")));
        house.serve(
                Family.MEMORY,
                Handlers.of(book, Muddle.class)
                        .on(Muddle.Say.class, _ -> new Said(LONE))
                        .attempt(Muddle.Deed.class, _ -> {
                            deeds.incrementAndGet();
                            return new Said(LONE);
                        })
                        .stream(Muddle.Tell.class, (call, listener) -> {
                    listener.send(new Part("first"));
                    listener.send(new Part("x".repeat(call.chars())));
                    return new Said("told");
                }));
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void itsCallerHearsOfABug() {
        var memory = house.client(Family.MEMORY);
        assertThatThrownBy(() -> memory.ask(new Muddle.Say()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));
    }

    @Test
    void aDeedWhoseAnswerCannotBeSentIsNotDoneAgain() {
        var memory = house.client(Family.MEMORY);
        for (var code : new Fault.Code[] {Fault.Code.INTERNAL, Fault.Code.UNKNOWN}) {
            assertThatThrownBy(() -> memory.ask(new Muddle.Deed(), Manner.USUAL.keyed("k1")))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
        }
        assertThat(deeds).hasValue(1);
    }

    @Test
    void anItemThatIsTooLargeEndsTheStreamAndNotTheConversation() {
        var memory = house.client(Family.MEMORY);
        var heard = new ArrayList<Part>();
        assertThatThrownBy(() -> memory.listen(new Muddle.Tell(Limits.ITEM_BYTES), heard::add))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));
        assertThat(heard).containsExactly(new Part("first"));
        assertThat(memory.listen(new Muddle.Tell(200_000), heard::add)).isEqualTo(new Said("told"));
    }
}
