package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Ping;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Echo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The door outlives the daemon in the hands of whoever keeps it, and callers see nothing of that but a pause.
@Tag("life")
@Timeout(600)
class KeptDoorTest {
    private static final Manner PATIENTLY = Manner.USUAL.within(Duration.ofSeconds(60));
    private static final int CALLERS = 8;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final Troubled daemon;
    private final Path door;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Process keeper;

    KeptDoorTest() throws IOException {
        daemon = new Troubled();
        door = daemon.house().door(Family.MEMORY);
    }

    @BeforeEach
    void startKeeper() throws IOException {
        assumeTrue(Command.exists("python3"), "python3 is missing: 'apt install python3'");
        var script = Objects.requireNonNull(KeptDoorTest.class.getResource("keeper.py"))
                .getPath();
        var words = new ArrayList<>(
                List.of("python3", script, door.resolveSibling("systemd").toString()));
        words.addAll(daemon.words());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .put("HOB_RUNTIME_DIR", daemon.house().house().folder().toString());
        var started = builder.start();
        keeper = started;
        Thread.ofPlatform().daemon().start(() -> started.inputReader().lines().forEach(lines::add));
    }

    @AfterEach
    void close() throws IOException {
        if (keeper != null) {
            keeper.descendants().forEach(ProcessHandle::destroyForcibly);
            keeper.destroyForcibly().onExit().join();
        }
        daemon.close();
    }

    private void order(String order) throws IOException {
        keeper.outputWriter().write(order + "\n");
        keeper.outputWriter().flush();
    }

    private void await(String line, int times) {
        Eventually.await(
                () -> times + " times '" + line + "', after " + lines,
                () -> lines.stream().filter(line::equals).count() >= times);
    }

    private void start(int time) throws IOException {
        order("start");
        await("keeper: READY=1|STATUS=answering", time);
    }

    private void end(int signal, int time) throws IOException {
        order("signal " + signal);
        await("keeper: ended", time);
    }

    @Test
    void nobodyIsRefusedAndNothingLostWhileTheDaemonDiesAgainAndAgain() throws Exception {
        start(1);
        var ended = new AtomicBoolean();
        var knocks = new AtomicInteger();
        var echoes = new AtomicInteger();
        var added = new AtomicInteger();
        var longest = new AtomicLong();
        var lives = Figures.size(4, 40);
        try (var threads = Executors.newCachedThreadPool()) {
            var work = new ArrayList<Future<?>>();
            work.add(threads.submit(() -> knock(ended, knocks)));
            for (int i = 0; i < CALLERS; i++) {
                var caller = i;
                work.add(threads.submit(() -> ask(caller, ended, echoes, added, longest)));
            }
            for (int life = 1; life <= lives; life++) {
                var before = added.get();
                Eventually.await(
                        "calls of life " + life,
                        () -> added.get() >= before + CALLERS || work.stream().anyMatch(Future::isDone));
                work.stream().filter(Future::isDone).forEach(Future::resultNow); // says what went wrong there
                end(life % 3 == 0 ? SIGTERM : SIGKILL, life);
                assertThat(door).exists();
                start(life + 1);
            }
            ended.set(true);
            for (var each : work) {
                each.get();
            }
        }
        end(SIGTERM, lives + 1);
        try (var bench = new Bench(door.resolveSibling("state").resolve("book.db"))) {
            assertThat(bench.additions()).isEqualTo(added.get());
        }
        assertThat(lines)
                .filteredOn(line -> line.contains("FDSTORE"))
                .containsExactly("keeper: FDSTORE=1|FDNAME=door|FDPOLL=0");
        Figures.note("kept-door.deaths", lives, "of the daemon");
        Figures.note("kept-door.refused", 0, "of " + knocks + " knocks");
        Figures.note("kept-door.lost", 0, "of " + added + " keyed calls");
        Figures.note("kept-door.echoes", echoes, "calls");
        Figures.note("kept-door.longest-wait", longest.get() / 1_000_000, "ms");
    }

    /// Whoever is refused throws.
    private int knock(AtomicBoolean ended, AtomicInteger knocks) throws Exception {
        while (!ended.get()) {
            try (var caller = RawConnection.to(door)) {
                knocks.incrementAndGet();
                caller.say("{\"type\":\"ping\"}");
                caller.hears(100);
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("refused") || !Files.exists(door)) {
                    throw e;
                }
                // it was let in, and the daemon died
            }
        }
        return knocks.get();
    }

    private int ask(int caller, AtomicBoolean ended, AtomicInteger echoes, AtomicInteger added, AtomicLong longest) {
        try (var client = new Client(daemon.house().house(), Family.MEMORY)) {
            for (int i = 0; !ended.get(); i++) {
                var began = System.nanoTime();
                client.ask(new Add(1), PATIENTLY.keyed(caller + "/" + i));
                added.incrementAndGet();
                assertThat(client.ask(new Echo("hello"), PATIENTLY).text()).isEqualTo("hello");
                echoes.incrementAndGet();
                longest.accumulateAndGet(System.nanoTime() - began, Math::max);
            }
        }
        return added.get();
    }

    @Test
    void doorWhoseFileIsGoneIsNotTakenBack() throws Exception {
        start(1);
        end(SIGKILL, 1);
        Files.setLastModifiedTime(door, FileTime.from(Instant.now().minusSeconds(60)));
        Files.delete(door);
        start(2);
        assertThat(lines)
                .filteredOn(line -> line.contains("FDNAME"))
                .containsExactly(
                        "keeper: FDSTORE=1|FDNAME=door|FDPOLL=0",
                        "keeper: FDSTOREREMOVE=1|FDNAME=door",
                        "keeper: FDSTORE=1|FDNAME=door|FDPOLL=0");
        assertThat(daemon.client().ask(new Ping()).name()).isEqualTo("memory");
        assertThat(names()).hasSize(2); // the door's, and its own; that of the dead one was swept away
    }

    @Test
    void doorThatHasBecomeAnothersIsNotTakenBack() throws Exception {
        start(1);
        end(SIGKILL, 1);
        Files.delete(door);
        Files.createFile(door);
        start(2);
        assertThat(lines).contains("keeper: FDSTOREREMOVE=1|FDNAME=door");
        assertThat(daemon.client().ask(new Ping()).name()).isEqualTo("memory");
    }

    @Test
    void whatIsNoDoorIsClosedUnderWhateverName() throws Exception {
        order("keep listener");
        order("keep door");
        Eventually.await(
                "it keeps two",
                () -> lines.stream()
                                .filter(line -> line.startsWith("keeper: keeps "))
                                .count()
                        == 2);
        start(1);
        assertThat(lines).contains("keeper: FDSTOREREMOVE=1|FDNAME=door");
        var pid = daemon.client().ask(new Ping()).pid();
        var pipes = lines.stream()
                .filter(line -> line.startsWith("keeper: keeps "))
                .map(line -> line.substring("keeper: keeps ".length()))
                .toList();
        try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (var descriptor : open.toList()) {
                assertThat(pipes).doesNotContain(target(descriptor));
            }
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(door.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.length() == 4)
                    .toList();
        }
    }
}
