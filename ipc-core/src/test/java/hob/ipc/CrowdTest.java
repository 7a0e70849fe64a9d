package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop.Echo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many at once, and some of them rude: whoever behaves does not notice.
@Tag("wire")
class CrowdTest {
    private static final int STALLED = 10;
    private static final int DEAF = 5;
    private static final int POLITE = 185;
    private static final Manner AMPLE = Manner.USUAL.within(Eventually.GUARD);

    private final TempHouse house = new TempHouse();
    private final Path door = house.door(Family.MEMORY);
    private final Bench bench = house.keep(new Bench(door.resolveSibling("book.db")));

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void thePoliteAreAnsweredWhileTheRudeHang() throws Exception {
        var calls = Figures.size(2_000, 10_000);
        var rude = new ArrayList<RawConnection>();
        // The rude are to hang for as long as the others ask, and to be closed soon after.
        var limits = Limits.DEFAULT
                .withConnections(256, 256)
                .withTimes(Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofMinutes(1));
        var server = house.serve(Family.MEMORY, bench.handlers(), limits, new Meters());
        for (int i = 0; i < STALLED; i++) {
            var stalled = house.keep(RawConnection.to(door));
            stalled.sayHalf("{\"type\":\"echo\",\"text\":\"never whole\"}");
            rude.add(stalled);
        }
        for (int i = 0; i < DEAF; i++) {
            var deaf = house.keep(RawConnection.to(door));
            deaf.say("{\"type\":\"count\",\"to\":1000000,\"ballast\":\"" + "b".repeat(1000) + "\"}");
            assertThat(deaf.hear()).as("it is at work").isNotNull();
            rude.add(deaf);
        }
        assertThat(server.open()).isEqualTo(STALLED + DEAF);

        var allIn = new CyclicBarrier(POLITE, () -> assertThat(server.open()).isEqualTo(STALLED + DEAF + POLITE));
        assertThat(askAll(calls, text -> text, allIn)).isEqualTo(calls);

        // Not by reading until the end: then the deaf would hear.
        Eventually.await("the rude are closed by their limits", () -> server.open() == 0);
        for (var connection : rude) {
            connection.awaitEnd();
        }
        Figures.note("crowd.callers", STALLED + DEAF + POLITE, "connections");
        Figures.note("crowd.calls", calls, "calls");
    }

    @Test
    void anAnswerOfAnotherCallIsFound() {
        house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(256, 256), new Meters());
        assertThatThrownBy(() -> askAll(POLITE, text -> text.endsWith("7") ? "another" : text, new CyclicBarrier(1)))
                .hasStackTraceContaining("another");
    }

    /// Each over a connection of its own, in which all meet; how many calls were answered, each by what it asked.
    private int askAll(int calls, UnaryOperator<String> asked, CyclicBarrier allIn) throws Exception {
        var begun = new AtomicInteger();
        var clients = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < POLITE; i++) {
            clients.add(() -> {
                var answered = 0;
                try (var client = new Client(house.house(), Family.MEMORY)) {
                    client.ask(new Echo("let me in"), AMPLE);
                    allIn.await(30, TimeUnit.SECONDS);
                    for (int call = begun.getAndIncrement(); call < calls; call = begun.getAndIncrement()) {
                        var text = "call " + call;
                        assertThat(client.ask(new Echo(asked.apply(text)), AMPLE)
                                        .text())
                                .isEqualTo(text);
                        answered++;
                    }
                }
                return answered;
            });
        }
        var sum = 0;
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            for (var answered : threads.invokeAll(clients)) {
                sum += answered.get();
            }
        }
        return sum;
    }

    @Test
    void whoOpensConnectionsWithoutEndIsToldSoAndNobodyElseNotices() throws Exception {
        var share = 16;
        var server =
                house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(64, share), new Meters());
        var ended = new AtomicBoolean();
        var asked = new AtomicInteger();
        try (var others =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var neighbours = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                neighbours.add(others.submit(() -> askUntil(ended, asked)));
            }
            try {
                Eventually.await("the neighbours are at it", () -> asked.get() > 10);
                var greedy = Greedy.start(door);
                try (var said =
                        new BufferedReader(new InputStreamReader(greedy.getInputStream(), StandardCharsets.UTF_8))) {
                    assertThat(said.readLine())
                            .contains("\"code\":\"BUSY\"")
                            .contains("has " + share + " connections to memory, which is its share")
                            .contains("retry_after_ms");
                    var before = asked.get();
                    Eventually.await("the neighbours go on", () -> asked.get() > before + 100);
                    assertThat(server.open()).isGreaterThanOrEqualTo(share);
                } finally {
                    greedy.destroyForcibly().waitFor();
                }
            } finally {
                ended.set(true);
            }
            for (var neighbour : neighbours) {
                neighbour.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private int askUntil(AtomicBoolean ended, AtomicInteger asked) {
        try (var client = new Client(house.house(), Family.MEMORY)) {
            while (!ended.get()) {
                assertThat(client.ask(new Echo("still here")).text()).isEqualTo("still here");
                asked.incrementAndGet();
            }
        }
        return asked.get();
    }

    /// A process that takes connections until it is told that it has enough.
    static final class Greedy {
        private Greedy() {}

        static Process start(Path door) throws IOException {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Greedy.class.getName(),
                            door.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        static void main(String[] words) throws Exception {
            var taken = new ArrayList<RawConnection>();
            while (true) {
                var connection = RawConnection.to(Path.of(words[0]));
                taken.add(connection);
                var answer = connection.ask("{\"type\":\"ping\"}");
                if (!answer.startsWith("{\"type\":\"pinged\"")) {
                    System.out.println(answer);
                    keep(taken);
                }
            }
        }

        /// Until it is killed, or who would kill it is gone.
        private static void keep(List<RawConnection> taken) throws IOException {
            if (System.in.read() >= 0) {
                throw new IllegalStateException("nobody talks to it, and it has " + taken.size());
            }
        }
    }
}
