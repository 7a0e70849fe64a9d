package hob.ipc;

import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Service;
import hob.ipc.Client.Manner;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever is interrupted while asking hears UNAVAILABLE only where nothing was done.
@Tag("wire")
class InterruptedAskTest {
    private static final int CALLS = Figures.size(300, 10_000);

    @Service("memory")
    @For(PERSON)
    sealed interface Room<R extends Record> extends Call<R> {
        @Change(deadline = "30s")
        record Deed(int number, boolean lasting) implements Room<Done> {}
    }

    record Done() {}

    private final TempHouse house = new TempHouse();
    private final Client client = house.client(Family.MEMORY);
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final CountDownLatch isDone = new CountDownLatch(1);

    /// How an asking ended, and whether its thread was still interrupted after it.
    private record End(Fault.@Nullable Code code, boolean interrupted) {}

    private Server serve() {
        var book = house.keep(new SqliteBook(house.door(Family.MEMORY).resolveSibling("book.db")));
        return house.serve(Family.MEMORY, Handlers.of(book, Room.class).attempt(Room.Deed.class, deed -> {
            done.add(deed.number());
            isDone.countDown();
            if (deed.lasting()) {
                new CountDownLatch(1).await();
            }
            return new Done();
        }));
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private End ask(Room.Deed deed, Manner manner) {
        try {
            client.ask(deed, manner);
            return new End(null, Thread.interrupted());
        } catch (Fault fault) {
            return new End(fault.code(), Thread.interrupted());
        }
    }

    @ParameterizedTest(name = "with the key ''{0}''")
    @ValueSource(strings = {"", "k"})
    void afterTheCallWasWrittenItIsUnknown(String key) throws Exception {
        serve();
        var manner = key.isEmpty() ? Manner.USUAL : Manner.USUAL.keyed(key);
        var end = new CompletableFuture<End>();
        var asking = Thread.ofPlatform().daemon().start(() -> end.complete(ask(new Room.Deed(1, true), manner)));
        Eventually.await("the deed is done", isDone);
        asking.interrupt();
        assertThat(end.get(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new End(Fault.Code.UNKNOWN, true));
        assertThat(done).containsExactly(1);
    }

    @Test
    void beforeTheCallWasWrittenNothingIsDone() {
        serve();
        Thread.currentThread().interrupt();
        assertThat(ask(new Room.Deed(1, false), Manner.USUAL)).isEqualTo(new End(Fault.Code.UNAVAILABLE, true));
        assertThat(done).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void atAnyMomentWhoHearsUnavailableHasNothingDone(long seed) throws Exception {
        var random = new Random(seed);
        var server = serve();
        var unavailable = new HashSet<Integer>();
        var unknown = 0;
        for (int i = 0; i < CALLS; i++) {
            var deed = new Room.Deed(i, false);
            var end = new CompletableFuture<End>();
            var begins = new CountDownLatch(1);
            var asking = Thread.ofPlatform().daemon().start(() -> {
                begins.countDown();
                end.complete(ask(deed, Manner.USUAL));
            });
            Eventually.await("it begins to ask", begins);
            spin(random.nextLong(1_000_000));
            asking.interrupt();
            var code = end.get(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS).code();
            assertThat(code).isIn(null, Fault.Code.UNAVAILABLE, Fault.Code.UNKNOWN);
            if (code == Fault.Code.UNAVAILABLE) {
                unavailable.add(i);
            } else if (code == Fault.Code.UNKNOWN) {
                unknown++;
            }
        }
        server.close(); // what was read is answered by now
        assertThat(done).doesNotContainAnyElementsOf(unavailable.isEmpty() ? Set.of(-1) : unavailable);
        Figures.note("interrupts.asked", CALLS, "calls");
        Figures.note("interrupts.unavailable", unavailable.size(), "calls, none of them done");
        Figures.note("interrupts.unknown", unknown, "calls");
    }

    private static void spin(long nanos) {
        var until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}
