package hob.ipc;

import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nothing is begun for nobody, and an ending server finishes what it has begun.
@Tag("wire")
@Timeout(60)
class QueueTest {
    private static final String WORK = "{\"type\":\"work\"}";
    private static final Duration LONG = Duration.ofHours(1);

    @Service("memory")
    @For(PERSON)
    sealed interface Mill<R extends Record> extends Call<R> {
        @Query(deadline = "1m")
        record Work() implements Mill<Worked> {}
    }

    record Worked(int before) {}

    private final TempHouse house = new TempHouse();
    private final Meters meters = new Meters();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        enough.countDown();
        house.close();
    }

    private Server serve(int connections) {
        return house.serve(
                Family.MEMORY,
                Handlers.of(Mill.class).on(Mill.Work.class, _ -> work()),
                Limits.DEFAULT.withConnections(connections, connections),
                meters);
    }

    private Worked work() throws InterruptedException {
        var before = begun.getAndIncrement();
        atWork.countDown();
        try {
            enough.await();
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        }
        return new Worked(before);
    }

    private RawConnection caller() throws Exception {
        return RawConnection.to(house.door(Family.MEMORY));
    }

    private RawConnection callerAtWork() throws Exception {
        var caller = caller().say(WORK);
        Eventually.await("the call is begun", atWork);
        return caller;
    }

    @Test
    void aCallWhoseCallerGaveUpInTheQueueIsNotBegun() throws Exception {
        var gaveUp = Figures.size(20, 500);
        serve(1);
        try (var first = callerAtWork()) {
            for (int i = 0; i < gaveUp; i++) {
                caller().say(WORK).close();
            }
            enough.countDown();
            assertThat(first.hear()).isEqualTo("{\"type\":\"worked\",\"before\":0}");
        }
        Eventually.await("all of them were looked at", () -> meters.callsNotBegun() == gaveUp);
        assertThat(begun).hasValue(1);
        Figures.note("queue.given_up_and_not_begun", gaveUp, "calls");
    }

    @Test
    void aCallerThatSaysNoMoreIsNotGone() throws Exception {
        serve(3);
        try (var half = callerAtWork().sayNoMore()) {
            caller().say(WORK).close();
            var gone = caller().say(WORK);
            Eventually.await("another is at work, or was not begun", () -> begun.get() + meters.callsNotBegun() >= 3);
            gone.close();
            Eventually.await(
                    "the watch has found those who are gone", () -> interrupted.get() + meters.callsNotBegun() == 2);
            enough.countDown();
            assertThat(half.hear()).isEqualTo("{\"type\":\"worked\",\"before\":0}");
            assertThat(half.hear()).isNull();
        }
    }

    @Test
    void anEndingServerFinishesWhatItHasBegunAndBeginsNothingMore() throws Exception {
        var server = serve(3);
        try (var working = callerAtWork().say(WORK, WORK);
                var idle = caller()) {
            Eventually.await("both are in", () -> server.open() == 2);
            var draining = Thread.ofPlatform().start(() -> server.drain(LONG));
            assertThat(idle.hear()).as("who asked nothing is let go at once").isNull();
            assertThat(Files.exists(house.door(Family.MEMORY)))
                    .as("the door is closed first")
                    .isFalse();
            assertThatThrownBy(this::caller).isInstanceOf(SocketException.class);
            assertThat(draining.isAlive()).isTrue();

            enough.countDown();
            assertThat(working.hear()).isEqualTo("{\"type\":\"worked\",\"before\":0}");
            assertThat(working.hear()).contains("UNAVAILABLE", "not begun", "\"retry_after_ms\":");
            assertThat(working.hear()).contains("UNAVAILABLE");
            assertThat(working.hear()).isNull();
            draining.join();
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void whoStillWaitsAtTheDoorOfAnEndingServerIsReset() throws Exception {
        var server = serve(1);
        try (var working = callerAtWork();
                var waiting = caller().say(WORK)) {
            var draining = Thread.ofPlatform().start(() -> server.drain(LONG));
            Eventually.await("the door is closed", () -> !Files.exists(house.door(Family.MEMORY)));
            enough.countDown();
            assertThat(working.hear()).contains("worked");
            assertThatThrownBy(waiting::hear).hasMessageContaining("reset");
            draining.join();
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void whatIsStillAtWorkAfterTheGraceIsInterruptedAndItsCallerToldSo() throws Exception {
        var server = serve(3);
        try (var working = callerAtWork()) {
            var draining = Thread.ofPlatform().start(() -> server.drain(Duration.ofMillis(50)));
            assertThat(working.hear()).contains("UNAVAILABLE", "the daemon is ending");
            draining.join();
        }
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void anEndAmongIdleCallersWaitsForNothing() throws Exception {
        var server = serve(10);
        try (var one = caller();
                var other = caller()) {
            Eventually.await("both are in", () -> server.open() == 2);
            server.drain(LONG); // the test's own time would be over first
            assertThat(one.hear()).isNull();
            assertThat(other.hear()).isNull();
        }
    }
}
