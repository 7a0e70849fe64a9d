package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;
import hob.ipc.Client.Manner;
import hob.testing.Eventually;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a drain stops after its grace is asked again of the next daemon, where that does no harm.
@Tag("wire")
class DrainedQueryTest {
    private static final Manner AMPLE = Manner.USUAL.within(Eventually.GUARD);
    private static final Duration HARDLY_ANY = Duration.ofMillis(1);

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Room<R extends Record> extends Call<R> {
        @Query(deadline = "30s")
        record Ponder() implements Room<Pondered> {}

        @Change(deadline = "30s")
        record Decide() implements Room<Pondered> {}
    }

    record Pondered(int times) {}

    private final TempHouse house = new TempHouse();
    private final SqliteBook book =
            house.keep(new SqliteBook(house.door(Family.MEMORY).resolveSibling("book.db")));
    private final Client client = house.client(Family.MEMORY);
    private final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch ponders = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private Server serve() {
        return house.serve(
                Family.MEMORY,
                Handlers.of(book, Room.class)
                        .on(Room.Ponder.class, _ -> ponder())
                        .attempt(Room.Decide.class, _ -> ponder()));
    }

    /// The first time without an end.
    private Pondered ponder() throws InterruptedException {
        if (times.incrementAndGet() == 1) {
            ponders.countDown();
            new CountDownLatch(1).await();
        }
        return new Pondered(times.get());
    }

    private <R extends Record> CompletableFuture<R> askAndDrain(Call<R> call) throws Exception {
        var first = serve();
        var answer = new CompletableFuture<R>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                answer.complete(client.ask(call, AMPLE));
            } catch (Fault fault) {
                answer.completeExceptionally(fault);
            }
        });
        Eventually.await("it is begun", ponders);
        first.drain(HARDLY_ANY);
        serve();
        return answer;
    }

    @Test
    void aQueryIsAnsweredByTheNextDaemon() throws Exception {
        var answer = askAndDrain(new Room.Ponder());
        assertThat(answer.get(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Pondered(2));
    }

    @Test
    void aChangeWithoutAKeyIsUnknownAndNotAskedAgain() throws Exception {
        var answer = askAndDrain(new Room.Decide());
        Eventually.await("the call has ended", answer::isDone);
        assertThat(((Fault) answer.exceptionNow()).code()).isEqualTo(Fault.Code.UNKNOWN);
        assertThat(times).hasValue(1);
    }
}
