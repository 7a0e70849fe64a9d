package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Ping;
import hob.ipc.Client.Asking;
import hob.ipc.Client.Manner;
import hob.ipc.Client.NotBegun;
import hob.ipc.Client.PerhapsBegun;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Echo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Under eight callers the daemon is started anew again and again. The database, and nobody's memory, tells what was
/// done: each addition has an amount of its own.
@Tag("wire")
class RestartTest {
    private static final int CALLERS = 8;
    private static final Duration AMPLE = Duration.ofSeconds(60);

    /// So short that "not begun" reaches the caller instead of being asked again.
    private static final Duration SHORT = Duration.ofMillis(20);

    private final TempHouse house = new TempHouse();
    private final Path database = house.door(Family.MEMORY).resolveSibling("book.db");
    private final Ledger ledger = new Ledger();
    private final AtomicInteger amounts = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger unclear = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicIntegerArray answered = new AtomicIntegerArray(CALLERS);
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    /// What a caller was told of an addition.
    private enum Told {
        ANSWERED,
        NOT_BEGUN,
        UNKNOWN
    }

    /// All that callers were told, by amount.
    private static final class Ledger {
        private final Map<Integer, Told> told = new ConcurrentHashMap<>();

        void note(int amount, Told what) {
            told.put(amount, what);
        }

        void check(Map<Integer, Integer> done) {
            told.forEach((amount, what) -> {
                var times = done.getOrDefault(amount, 0);
                switch (what) {
                    case ANSWERED ->
                        assertThat(times)
                                .as("%s was answered, and is done so often", amount)
                                .isEqualTo(1);
                    case NOT_BEGUN ->
                        assertThat(times)
                                .as("%s was not begun, and is done so often", amount)
                                .isZero();
                    case UNKNOWN ->
                        assertThat(times)
                                .as("of %s nothing is known, and it is done so often", amount)
                                .isLessThan(2);
                }
            });
            assertThat(told.keySet()).containsAll(done.keySet());
        }

        long count(Told what) {
            return told.values().stream().filter(what::equals).count();
        }
    }

    /// How the daemon ends and comes back.
    private interface Restart {
        void now() throws Exception;
    }

    @Test
    void anOrderlyRestartIsTrueToItsWord() throws Exception {
        var bench = house.keep(new Bench(database));
        var server = new Server[] {house.serve(Family.MEMORY, bench.handlers())};
        restartUnderCallers("drain", Figures.size(10, 80), () -> {
            server[0].drain(Duration.ofSeconds(10));
            server[0] = house.serve(Family.MEMORY, bench.handlers());
        });
        server[0].close();
        ledger.check(done());
        assertThat(unclear.get()).as("a draining server leaves nobody in doubt").isZero();
    }

    @Test
    void aKillLeavesNothingThatIsHalfTrue() throws Exception {
        var daemon = new Process[] {Daemon.start(house.house().folder())};
        try {
            restartUnderCallers("kill", Figures.size(3, 80), () -> {
                daemon[0].destroyForcibly().waitFor();
                daemon[0] = Daemon.start(house.house().folder());
            });
        } finally {
            daemon[0].destroyForcibly().waitFor();
        }
        ledger.check(done());
    }

    @Test
    void aCallThatWasDoneAndToldAsNotBegunIsFound() {
        ledger.note(1, Told.ANSWERED);
        ledger.note(2, Told.NOT_BEGUN);
        ledger.check(Map.of(1, 1));
        assertThatThrownBy(() -> ledger.check(Map.of(1, 1, 2, 1))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ledger.check(Map.of(1, 2))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ledger.check(Map.of())).isInstanceOf(AssertionError.class);
    }

    private void restartUnderCallers(String name, int restarts, Restart restart) throws Exception {
        try (var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().factory());
                var client = new Client(house.house(), Family.MEMORY)) {
            var callers = List.<Future<?>>of(
                    threads.submit(() -> query(0, client)),
                    threads.submit(() -> query(1, client)),
                    threads.submit(() -> change(2, client, true)),
                    threads.submit(() -> change(3, client, true)),
                    threads.submit(() -> change(4, client, false)),
                    threads.submit(() -> change(5, client, false)),
                    threads.submit(() -> changeByOneTry(6, client)),
                    threads.submit(() -> changeByOneTry(7, client)));
            try {
                for (int i = 0; i < restarts; i++) {
                    awaitAnswers(callers);
                    restart.now();
                }
                awaitAnswers(callers);
            } finally {
                ended.set(true);
            }
            for (var caller : callers) {
                caller.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        Figures.note("restart." + name, restarts, "restarts");
        Figures.note("restart." + name + ".calls", asked, "calls");
        Figures.note("restart." + name + ".broken", broken, "calls");
        Figures.note("restart." + name + ".not_begun", ledger.count(Told.NOT_BEGUN), "calls");
        Figures.note("restart." + name + ".unknown", ledger.count(Told.UNKNOWN), "calls");
        Figures.note("restart." + name + ".unclear", unclear, "calls");
        assertThat(broken.get())
                .as("restarts that hit nobody prove nothing; calls broken by %s restarts", restarts)
                .isGreaterThanOrEqualTo(restarts / 2);
    }

    /// Each caller has been answered since the last restart, so that the next one hits all of them at work.
    private void awaitAnswers(List<Future<?>> callers) {
        var before = new int[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            before[i] = answered.get(i);
        }
        Eventually.await("each caller is answered again", () -> {
            for (int i = 0; i < CALLERS; i++) {
                if (callers.get(i).isDone()) {
                    throw new AssertionError(
                            "caller " + i + " gave up", callers.get(i).exceptionNow());
                }
                if (answered.get(i) < before[i] + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    private void query(int caller, Client client) {
        while (!ended.get()) {
            var text = "call " + asked.incrementAndGet();
            assertThat(client.ask(new Echo(text), Manner.USUAL.within(AMPLE)).text())
                    .isEqualTo(text);
            answered.incrementAndGet(caller);
        }
    }

    private void change(int caller, Client client, boolean keyed) {
        while (!ended.get()) {
            asked.incrementAndGet();
            var amount = amounts.incrementAndGet();
            var manner = Manner.USUAL.within(!keyed && amount % 2 == 0 ? SHORT : AMPLE);
            try {
                var _ = client.ask(new Add(amount), keyed ? manner.keyed("key-" + amount) : manner);
                ledger.note(amount, Told.ANSWERED);
                answered.incrementAndGet(caller);
            } catch (Fault fault) {
                assertThat(keyed)
                        .as("a keyed change is done within its deadline: %s", fault)
                        .isFalse();
                note(amount, fault); // its time may have been over without any restart, so it is not counted as broken
            }
        }
    }

    /// A client without patience: each call is written once, and what its end says of it is taken at its word.
    private void changeByOneTry(int caller, Client client) {
        Link link = null;
        while (!ended.get()) {
            asked.incrementAndGet();
            var amount = amounts.incrementAndGet();
            var asking = asking(amount);
            try {
                link = link == null ? Link.open(house.house(), Family.MEMORY, asking) : link;
            } catch (NotBegun noDoor) {
                client.ask(new Ping(), Manner.USUAL.within(AMPLE)); // until there is one
                continue;
            }
            try {
                var _ = link.carry(asking);
                ledger.note(amount, Told.ANSWERED);
                answered.incrementAndGet(caller);
                continue;
            } catch (NotBegun notBegun) {
                broken.incrementAndGet();
                ledger.note(amount, Told.NOT_BEGUN);
            } catch (PerhapsBegun perhaps) {
                broken.incrementAndGet();
                unclear.incrementAndGet();
                ledger.note(amount, Told.UNKNOWN);
            } catch (Fault fault) {
                broken.incrementAndGet();
                note(amount, fault);
            }
            link.close();
            link = null;
        }
        if (link != null) {
            link.close();
        }
    }

    private static Asking asking(int amount) {
        return new Asking(
                CallType.of(Add.class),
                new Add(amount),
                System.nanoTime() + AMPLE.toNanos(),
                Asked.newTrace(),
                null,
                null,
                null,
                new AtomicBoolean());
    }

    private void note(int amount, Fault fault) {
        assertThat(fault.code()).as("%s", fault).isIn(Fault.Code.BUSY, Fault.Code.UNAVAILABLE, Fault.Code.UNKNOWN);
        ledger.note(amount, fault.saysNotBegun() ? Told.NOT_BEGUN : Told.UNKNOWN);
    }

    /// How often each amount stands in the database.
    private Map<Integer, Integer> done() throws Exception {
        try (var book = new SqliteBook(database)) {
            return book.transaction(transaction -> {
                var done = new HashMap<Integer, Integer>();
                try (var statement = transaction.createStatement();
                        var row = statement.executeQuery("SELECT amount, count(*) FROM added GROUP BY amount")) {
                    while (row.next()) {
                        done.put(row.getInt(1), row.getInt(2));
                    }
                }
                return done;
            });
        }
    }

    /// The bench as a process of its own, which ends with the one that started it.
    static final class Daemon {
        private Daemon() {}

        static Process start(Path folder) throws IOException {
            var process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Daemon.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (process.getInputStream().read() < 0) {
                throw new IOException("the daemon did not come up");
            }
            return process;
        }

        static void main(String[] words) throws Exception {
            var house = House.ofOneUser(Path.of(words[0]));
            var door = Door.make(house, Family.MEMORY);
            var bench = new Bench(door.path().resolveSibling("book.db"));
            var upkeep = new Upkeep("0.0.0-test", List::of, (LogLevel _) -> {});
            Server.open(house, Family.MEMORY, door, bench.handlers(), upkeep, Limits.DEFAULT, new Meters());
            System.out.println("ready");
            if (System.in.read() < 0) {
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
