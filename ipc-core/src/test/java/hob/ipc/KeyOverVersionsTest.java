package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Default;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Service;
import hob.contract.Who;
import hob.ipc.Client.Manner;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A key outlives the contract under which it was used first: an update between a call and its repeat is usual, since
/// that is what the repeat is for.
@Tag("wire")
class KeyOverVersionsTest {
    /// As the contract was.
    @Service("memory")
    @For(Who.PERSON)
    sealed interface OldShop<R extends Record> extends Call<R> {
        @Change(deadline = "5s")
        record Order(String what) implements OldShop<Ordered> {}
    }

    /// As it is.
    @Service("memory")
    @For(Who.PERSON)
    sealed interface Shop<R extends Record> extends Call<R> {
        @Change(deadline = "5s")
        record Order(
                @Nullable String note,
                String what,
                @Default("1") int pieces,
                @Default("plain") String wrapping) implements Shop<Ordered> {}
    }

    record Ordered(int number) {}

    private static final Manner KEYED = Manner.USUAL.keyed("k");

    private final TempHouse house = new TempHouse();
    private final SqliteBook book =
            house.keep(new SqliteBook(house.door(Family.MEMORY).resolveSibling("book.db")));
    private final Client client = house.client(Family.MEMORY);
    private final AtomicInteger orders = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private Server serveBefore() {
        return house.serve(
                Family.MEMORY,
                Handlers.of(book, OldShop.class)
                        .once(OldShop.Order.class, (_, _) -> new Ordered(orders.incrementAndGet())));
    }

    private Server serveNow() {
        return house.serve(
                Family.MEMORY,
                Handlers.of(book, Shop.class).once(Shop.Order.class, (_, _) -> new Ordered(orders.incrementAndGet())));
    }

    private static Shop.Order tea(@Nullable String note, int pieces) {
        return new Shop.Order(note, "tea", pieces, "plain");
    }

    @Test
    void aRepeatAfterAnUpdateIsAnsweredLikeTheFirst() {
        try (var _ = serveBefore()) {
            assertThat(client.ask(new OldShop.Order("tea"), KEYED)).isEqualTo(new Ordered(1));
        }
        serveNow();
        assertThat(client.ask(new OldShop.Order("tea"), KEYED)).isEqualTo(new Ordered(1));
        assertThat(client.ask(tea(null, 1), KEYED)).isEqualTo(new Ordered(1));
        assertThat(orders).hasValue(1);
    }

    @Test
    void aRepeatAfterAnUpdateWasTakenBackIsAnsweredLikeTheFirst() {
        try (var _ = serveNow()) {
            assertThat(client.ask(tea(null, 1), KEYED)).isEqualTo(new Ordered(1));
        }
        serveBefore();
        assertThat(client.ask(new OldShop.Order("tea"), KEYED)).isEqualTo(new Ordered(1));
        assertThat(client.ask(tea(null, 1), KEYED)).isEqualTo(new Ordered(1));
        assertThat(orders).hasValue(1);
    }

    @Test
    void aCallThatSaysSomethingElseIsAConflict() {
        try (var _ = serveBefore()) {
            client.ask(new OldShop.Order("tea"), KEYED);
        }
        serveNow();
        for (var other :
                new Shop.Order[] {tea(null, 2), tea("in a hurry", 1), new Shop.Order(null, "milk", 1, "plain")}) {
            var fault = catchThrowableOfType(Fault.class, () -> client.ask(other, KEYED));
            assertThat(fault.code()).as("%s", other).isEqualTo(Fault.Code.CONFLICT);
        }
        assertThat(orders).hasValue(1);
    }
}
