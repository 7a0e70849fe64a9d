package hob.ipc;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.MATRIX;
import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop.Rest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A deadline only ever shrinks on the way down, and ends the work at every stop of it.
@Tag("wire")
class DeadlineTest {
    @Service("matrix")
    @For(PERSON)
    sealed interface First<R extends Record> extends Call<R> {
        @Query(deadline = "1m")
        record PassToSecond() implements First<Passed> {}
    }

    @Service("agent")
    @For({MATRIX, PERSON})
    sealed interface Second<R extends Record> extends Call<R> {
        @Query(deadline = "1m")
        record PassToThird() implements Second<Passed> {}
    }

    @Service("memory")
    @For({AGENT, PERSON})
    sealed interface Third<R extends Record> extends Call<R> {
        @Query(deadline = "1m")
        record RestForEver() implements Third<Passed> {}
    }

    record Passed() {}

    private final TempHouse house = new TempHouse();
    private final List<Asked> hops = new CopyOnWriteArrayList<>();
    private final List<Duration> left = new CopyOnWriteArrayList<>();
    private final CountDownLatch interrupted = new CountDownLatch(3);

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    /// Notes who came by, goes on, and then does not end by itself.
    private Passed hop(Runnable onward) throws InterruptedException {
        var asked = Objects.requireNonNull(Asked.current());
        hops.add(asked);
        left.add(asked.left());
        try {
            try {
                onward.run();
            } catch (Fault fault) {
                assertThat(fault.code()).isIn(Fault.Code.UNKNOWN, Fault.Code.UNAVAILABLE);
            }
            new CountDownLatch(1).await();
            return new Passed();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Test
    void isKeptOnAllThreeHops() throws Exception {
        var agent = house.client(Family.AGENT);
        var memory = house.client(Family.MEMORY);
        house.serve(Family.MEMORY, Handlers.of(Third.class).on(Third.RestForEver.class, _ -> hop(() -> {})));
        house.serve(
                Family.AGENT,
                Handlers.of(Second.class)
                        .on(Second.PassToThird.class, _ -> hop(() -> memory.ask(new Third.RestForEver()))));
        house.serve(
                Family.MATRIX,
                Handlers.of(First.class)
                        .on(First.PassToSecond.class, _ -> hop(() -> agent.ask(new Second.PassToThird()))));

        var began = System.nanoTime();
        var manner = Client.Manner.USUAL.within(Duration.ofSeconds(2)).traced("three-hops");
        var fault = catchThrowableOfType(
                Fault.class, () -> house.client(Family.MATRIX).ask(new First.PassToSecond(), manner));
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN);
        assertThat(fault).hasMessageContaining("pass_to_second").hasMessageContaining(" ");
        Eventually.await("all three are interrupted", interrupted);
        assertThat(hops).hasSize(3).allSatisfy(hop -> assertThat(hop.trace()).isEqualTo("three-hops"));
        assertThat(left.getFirst()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(left.get(1)).isLessThan(left.get(0));
        assertThat(left.get(2)).isLessThan(left.get(1));
        Figures.note("deadline.three_hops_of_2_s_ended_after", took.toMillis(), "ms");
    }

    @Test
    void isTheCallersOrElseTheContracts() throws Exception {
        var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        var memory = house.client(Family.MEMORY);
        assertThat(memory.ask(new Rest(0), Client.Manner.USUAL.within(Duration.ofMinutes(1)))
                        .deadlineLeftMs())
                .isBetween(5_001L, 60_000L);
        try (var caller = RawConnection.to(house.door(Family.MEMORY))) {
            var told = Objects.requireNonNull(
                    caller.say("{\"type\":\"rest\",\"rest_ms\":0}").hear());
            var deadline = Long.parseLong(told.replaceAll(".*\"deadline_left_ms\":(\\d+).*", "$1"));
            assertThat(deadline).as("the contract says 5s").isBetween(1L, 5_000L);
        }
    }

    @Test
    void isFromOneMillisecondToOneDay() throws Exception {
        var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        try (var caller = RawConnection.to(house.door(Family.MEMORY))) {
            for (var wrong : List.of("0", "-1", "86400001", "99999999999999999999", "1.5", "1e3", "\"5\"", "null")) {
                assertThat(caller.say("{\"type\":\"echo\",\"text\":\"\",\"deadline_ms\":" + wrong + "}")
                                .hear())
                        .contains("INVALID", "'deadline_ms' is ");
            }
            assertThat(bench.echoes).hasValue(0);
            assertThat(caller.say("{\"type\":\"echo\",\"text\":\"\",\"deadline_ms\":86400000}")
                            .hear())
                    .contains("echoed");
        }
    }
}
