package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.testing.DaemonProcess;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Under eight callers that change blocks without a pause, hob-memory is killed again and again. Each call leaves a
/// text
/// of its own, so that the database tells how often it was done.
@Tag("life")
@Tag("slow")
class KillTest {
    private static final long SEED = 20_261_121;
    private static final int CALLERS = 8;
    private static final int KILLS = Figures.size(20, 200);

    /// A kill that hits nobody at work proves nothing.
    private static final int KILLS_IN_FLIGHT_LEAST = Figures.size(5, 30);

    /// How many answers a life may give before it is killed, at most.
    private static final int ANSWERS_MOST = 300;

    private final TempHouse house = new TempHouse();
    private final Path door = house.door(Family.MEMORY);
    private final Random random = new Random(SEED);

    /// What each call was answered, by its key. A key is the text that its call leaves, too.
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

    private final Map<String, String> frames = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger brokenSinceStart = new AtomicInteger();
    private volatile CountDownLatch up = new CountDownLatch(0);
    private volatile boolean ended;

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void eachCallIsDoneOnceHoweverOftenTheDaemonIsKilled() throws Exception {
        var inFlight = killUnderCallers(Main.class, KILLS);
        Figures.note("memory.kills", KILLS, "kills");
        Figures.note("memory.kills.in-flight", inFlight, "kills that hit a call in flight");
        Figures.note("memory.kills.calls", answers.size(), "calls, each done once");
        assertThat(inFlight).isGreaterThanOrEqualTo(KILLS_IN_FLIGHT_LEAST);
    }

    @Test
    void aKeyThatIsCommittedApartFromItsDeedIsFound() {
        assertThatThrownBy(() -> killUnderCallers(ApartMain.class, 5)).isInstanceOf(AssertionError.class);
    }

    /// How many of the kills hit at least one call that was sent and not yet answered.
    private int killUnderCallers(Class<?> daemon, int kills) throws Exception {
        var words = DaemonProcess.words(
                daemon.getName(),
                List.of(),
                "--config",
                MemoryProcess.config(house).toString());
        var inFlight = 0;
        var process = DaemonProcess.start(house, words).awaitAnswering();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                var number = i;
                callers.add(threads.submit(() -> {
                    new Calling(number).run();
                    return true;
                }));
            }
            try {
                for (int i = 0; i < kills; i++) {
                    awaitAnswers(1 + random.nextInt(ANSWERS_MOST), callers);
                    brokenSinceStart.set(0);
                    var back = new CountDownLatch(1);
                    up = back;
                    process.kill();
                    process = DaemonProcess.start(house, words).awaitAnswering();
                    back.countDown();
                    awaitAnswers(CALLERS, callers);
                    inFlight += brokenSinceStart.get() > 0 ? 1 : 0;
                }
            } finally {
                ended = true;
            }
            for (var caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
            askAllAgain();
        } catch (ExecutionException e) {
            throw new AssertionError("a caller gave up", e.getCause());
        } finally {
            ended = true;
            process.kill();
        }
        checkEachWasDoneOnce();
        return inFlight;
    }

    private void awaitAnswers(int count, List<Future<?>> callers) {
        var until = answered.get() + count;
        Eventually.await("callers are answered", () -> {
            for (var caller : callers) {
                if (caller.isDone()) {
                    throw new AssertionError("a caller gave up", caller.exceptionNow());
                }
            }
            return answered.get() >= until;
        });
    }

    /// One who changes two blocks of its own, call after call, each with a key.
    private final class Calling {
        private final int number;
        private @Nullable RawConnection connection;
        private String text = "";

        Calling(int number) {
            this.number = number;
        }

        void run() throws IOException {
            for (int call = 0; !ended; call++) {
                var key = "caller-" + number + "-call-" + call;
                var frame = call % 2 == 0
                        ? "{\"type\":\"set_block\",\"name\":\"block-%d\",\"text\":\"%s\",\"key\":\"%s\"}"
                                .formatted(number, key, key)
                        : "{\"type\":\"edit_block\",\"name\":\"block-%d\",\"replace\":\"%s\",\"with\":\"%s\",\"key\":\"%s\"}"
                                .formatted(number, text, key, key);
                text = key;
                frames.put(key, frame);
                var answer = carry(frame);
                if (!new String(answer, StandardCharsets.UTF_8).startsWith("{\"type\":\"block_written\"")) {
                    throw new AssertionError(frame + " -> " + new String(answer, StandardCharsets.UTF_8));
                }
                answers.put(key, answer);
                answered.incrementAndGet();
            }
            if (connection != null) {
                connection.close();
            }
        }

        /// Asks until it is answered.
        private byte[] carry(String frame) throws IOException {
            while (true) {
                var sent = false;
                try {
                    if (connection == null) {
                        connection = RawConnection.to(door);
                    }
                    connection.say(frame);
                    sent = true;
                    var answer = connection.hearBytes();
                    if (answer != null) {
                        return answer;
                    }
                } catch (IOException e) {
                    // killed: asked again below
                }
                if (sent) {
                    brokenSinceStart.incrementAndGet();
                }
                if (connection != null) {
                    connection.close();
                    connection = null;
                }
                Eventually.await("it is back", up);
            }
        }
    }

    /// Whoever asks again, however late, is answered like the first, byte for byte.
    private void askAllAgain() throws IOException {
        try (var connection = RawConnection.to(door)) {
            for (var call : frames.entrySet()) {
                connection.say(call.getValue());
                assertThat(connection.hearBytes()).as(call.getValue()).isEqualTo(answers.get(call.getKey()));
            }
        }
    }

    private void checkEachWasDoneOnce() throws SQLException {
        var done = new HashMap<String, Integer>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + door.resolveSibling("state/memory.db"));
                var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT text, count(*) FROM revision GROUP BY text")) {
            while (rows.next()) {
                done.put(rows.getString(1), rows.getInt(2));
            }
        }
        assertThat(done.keySet()).isEqualTo(frames.keySet());
        assertThat(done).allSatisfy((text, times) -> assertThat(times).as(text).isEqualTo(1));
    }
}
