package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Told to end at any moment of its start, it ends in order, and the callers of its door notice nothing.
@Tag("slow")
@Tag("systemd")
class SignalDuringStartInSystemdTest extends OnEachSystemd {
    private final int restarts = Figures.size(6, 60);
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean ended;

    SignalDuringStartInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void eachLifeEndsInOrder(long seed) throws Exception {
        var random = new Random(seed);
        var journal = memory.journal();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var callers = List.of(threads.submit(() -> calls(1)), threads.submit(() -> calls(2)));
            for (int i = 0; i < restarts; i++) {
                memory.systemctl("restart --no-block hob-memory");
                new CountDownLatch(1).await(random.nextInt(1500), TimeUnit.MILLISECONDS); // some moment of its start
            }
            memory.systemctl("start hob-memory");
            ended = true;
            for (var caller : callers) {
                assertThat(caller.get(60, TimeUnit.SECONDS)).isPositive();
            }
        }
        assertThat(refused).hasValue(0);
        assertLivesEndedInOrder(journal);
    }

    private void assertLivesEndedInOrder(UnitJournal journal) {
        assertThat(journal.with("Starting hob-memory")).hasSizeBetween(2, restarts + 1);
        assertThat(journal.with("Failed")).as(() -> "in " + journal.lines()).isEmpty();
        assertThat(journal.with("timed out")).isEmpty();
        assertThat(journal.lines())
                .filteredOn(line -> !line.isOfSystemd())
                .allSatisfy(line -> assertThat(line.who()).isEqualTo("hob-memory"));
        assertThat(journal.with("not well")).isEmpty();
        // One that was ended before its main began can say nothing; now and then the JVM says that it could not.
        var lives = journal.lines().stream()
                .filter(line -> !line.isOfSystemd() && !line.text().startsWith("Runtime.exit(143) "))
                .collect(Collectors.groupingBy(UnitJournal.Line::pid));
        lives.remove(memory.pid());
        assertThat(lives)
                .isNotEmpty()
                .allSatisfy((_, lines) ->
                        assertThat(lines).anyMatch(line -> line.text().startsWith("ending: ")));
        Figures.note("systemd.restarts-during-starts." + tree, lives.size(), "lives that had begun to speak");
    }

    /// @return how many were answered
    private int calls(int number) {
        int answered = 0;
        while (!ended) {
            var call = answered++;
            var frame = Patient.change("caller-" + number, "text", "caller-" + number + "-call-" + call);
            Eventually.await("call " + call + " is answered", () -> isDone(frame));
        }
        return answered;
    }

    /// False where it is to be asked again: it was not begun, or nobody knows.
    private boolean isDone(String frame) {
        try (var connection = memory.knock()) {
            var answer = connection.ask(frame);
            assertThat(answer).containsPattern("block_written|UNAVAILABLE");
            return answer.contains("block_written");
        } catch (ConnectException e) {
            refused.incrementAndGet();
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
