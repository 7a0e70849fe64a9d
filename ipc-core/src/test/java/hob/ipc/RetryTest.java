package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Call;
import hob.contract.Family;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Added;
import hob.testing.Workshop.Rest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What was not begun is asked again until the deadline, whatever it is: here always a change without a key.
@Tag("wire")
class RetryTest {
    private static final Manner AMPLE = Manner.USUAL.within(Eventually.GUARD);

    private final TempHouse house = new TempHouse();
    private final Bench bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
    private final Client client = house.client(Family.MEMORY);

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    /// A call in a thread of its own.
    private final class Waiter implements Runnable {
        private final CompletableFuture<Record> ended = new CompletableFuture<>();
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this);
        private final Call<?> call;
        private final Manner manner;

        Waiter(Call<?> call, Manner manner) {
            this.call = call;
            this.manner = manner;
            thread.start();
        }

        @Override
        public void run() {
            try {
                ended.complete(client.ask(call, manner));
            } catch (Fault fault) {
                ended.completeExceptionally(fault);
            }
        }

        Record answer() throws Exception {
            return ended.get(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS);
        }

        Fault fault() {
            Eventually.await("the call has ended", ended::isDone);
            return (Fault) ended.exceptionNow();
        }

        /// Asleep between two tries.
        void awaitWaiting() {
            Eventually.await(
                    "the caller waits before it tries again",
                    () -> thread.getState() == Thread.State.TIMED_WAITING && !ended.isDone());
        }
    }

    @Test
    void aDoorThatIsNotThereYetIsWaitedFor() throws Exception {
        var caller = new Waiter(new Add(3), AMPLE);
        caller.awaitWaiting();
        house.serve(Family.MEMORY, bench.handlers());
        assertThat(caller.answer()).isEqualTo(new Added(3));
        assertThat(bench.additions()).isEqualTo(1);
    }

    @Test
    void aDoorThatADeadDaemonLeftBehindIsWaitedFor() throws Exception {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(house.door(Family.MEMORY)));
        }
        assertThat(house.door(Family.MEMORY)).exists();
        var caller = new Waiter(new Add(3), AMPLE);
        caller.awaitWaiting();
        house.serve(Family.MEMORY, bench.handlers());
        assertThat(caller.answer()).isEqualTo(new Added(3));
    }

    @Test
    void aFullQueueBeforeTheDoorIsWaitedFor() throws Exception {
        var server = house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(1, 1), new Meters());
        var crowd = fillTheQueue(server);
        var caller = new Waiter(new Add(3), AMPLE);
        caller.awaitWaiting();
        for (var one : crowd) {
            one.close();
        }
        assertThat(caller.answer()).isEqualTo(new Added(3));
        assertThat(bench.additions()).isEqualTo(1);
    }

    @Test
    void aFullQueueBeforeTheDoorIsNotWaitedForBeyondTheDeadline() throws Exception {
        var server = house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(1, 1), new Meters());
        var crowd = fillTheQueue(server);
        var fault = new Waiter(new Add(3), Manner.USUAL.within(Duration.ofMillis(50))).fault();
        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        for (var one : crowd) {
            one.close();
        }
        assertThat(client.ask(new Add(4), AMPLE).sum()).isEqualTo(4);
    }

    /// One is let in, and behind it as many wait as the kernel lets wait.
    private List<SocketChannel> fillTheQueue(Server server) throws IOException {
        var crowd = new ArrayList<SocketChannel>();
        var door = UnixDomainSocketAddress.of(house.door(Family.MEMORY));
        while (true) {
            var one = SocketChannel.open(StandardProtocolFamily.UNIX);
            one.configureBlocking(crowd.isEmpty());
            try {
                if (!one.connect(door)) {
                    one.close();
                    return crowd;
                }
            } catch (IOException full) {
                one.close();
                return crowd;
            }
            if (crowd.isEmpty()) {
                Eventually.await("the first is let in", () -> server.open() == 1);
            }
            crowd.add(one);
        }
    }

    @Test
    void aConnectionThatWasClosedForIdlenessIsReplacedUnseen() throws Exception {
        var second = Duration.ofSeconds(10);
        var server = house.serve(
                Family.MEMORY,
                bench.handlers(),
                Limits.DEFAULT.withTimes(second, second, Duration.ofMillis(1)),
                new Meters());
        assertThat(client.ask(new Add(1)).sum()).isEqualTo(1);
        Eventually.await("the idle connection is closed", () -> server.open() == 0);
        assertThat(client.ask(new Add(1)).sum()).isEqualTo(2);
        assertThat(bench.additions()).isEqualTo(2);
    }

    @Test
    void whoIsBusyIsAskedAgainWhenItSaidSo() throws Exception {
        var meters = new Meters();
        house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(8, 1), meters);
        var greedy = SocketChannel.open(UnixDomainSocketAddress.of(house.door(Family.MEMORY)));
        var caller = new Waiter(new Add(3), AMPLE);
        Eventually.await("the caller is refused", () -> meters.page().contains("hob_refused_total{code=\"BUSY\"} 1"));
        greedy.close();
        assertThat(caller.answer()).isEqualTo(new Added(3));
    }

    @Test
    void aLinkOnWhichADoorSaidNoIsNotAskedAgain() throws Exception {
        house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(8, 1), new Meters());
        var ample = Manner.USUAL.within(Duration.ofMillis(900)); // less than it says to wait
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(house.door(Family.MEMORY)))) {
            for (int i = 0; i < 3; i++) {
                var fault = new Waiter(new Add(3), ample).fault();
                assertThat(fault.code()).as("answered at once, each time").isEqualTo(Fault.Code.BUSY);
            }
        }
        assertThat(client.ask(new Add(3), AMPLE).sum()).isEqualTo(3);
        assertThat(bench.additions()).isEqualTo(1);
    }

    @Test
    void whenTimeIsOverTheCallerHearsWhatStartsTheDaemon() {
        var fault = new Waiter(new Add(3), Manner.USUAL.within(Duration.ofMillis(50))).fault();
        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault)
                .hasMessageContaining("hob-memory does not answer at " + house.door(Family.MEMORY))
                .hasMessageContaining("'scripts/up' starts it");
    }

    @Test
    void whenTimeIsOverAmidTheWorkNothingIsClaimed() {
        house.serve(Family.MEMORY, bench.handlers());
        var fault = new Waiter(new Rest(60_000), Manner.USUAL.within(Duration.ofMillis(50))).fault();
        assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN);
        Eventually.await("the work was ended too", () -> bench.interrupted.get() == 1);
    }

    @Test
    void anInterruptEndsTheWaitingForADoor() {
        var caller = new Waiter(new Add(3), AMPLE);
        caller.awaitWaiting();
        caller.thread.interrupt();
        assertThat(caller.fault().code()).isEqualTo(Fault.Code.UNAVAILABLE);
    }

    @Test
    void anInterruptEndsTheWaitingForAnAnswerAndClaimsNothing() {
        house.serve(Family.MEMORY, bench.handlers());
        var caller = new Waiter(new Rest(60_000), AMPLE);
        Eventually.await("it is at work", () -> bench.rests.get() == 1);
        caller.thread.interrupt();
        assertThat(caller.fault().code()).isEqualTo(Fault.Code.UNKNOWN);
        Eventually.await("the work was ended too", () -> bench.interrupted.get() == 1);
    }

    @Test
    void whatMayHaveBegunIsNotSaidToBeNotBegunLater() throws Exception {
        // It takes the keyed call, and dies; nobody comes after it.
        try (var daemon = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            daemon.bind(UnixDomainSocketAddress.of(house.door(Family.MEMORY)));
            var caller = new Waiter(
                    new Add(3), Manner.USUAL.within(Duration.ofMillis(300)).keyed("k"));
            try (var connection = new RawConnection(daemon.accept())) {
                assertThat(connection.hear()).contains("\"key\":\"k\"");
                Files.delete(house.door(Family.MEMORY));
            }
            assertThat(caller.fault().code()).isEqualTo(Fault.Code.UNKNOWN);
            assertThat(caller.fault()).hasMessageContaining("'scripts/up' starts it");
        }
    }
}
