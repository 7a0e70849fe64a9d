package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Metrics;
import hob.contract.HouseCall.Part;
import hob.ipc.Client.Manner;
import hob.ipc.Fault;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.Workshop.Echo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From the first line to the last, whenever that comes: a real process, and somebody listening in systemd's place.
@Tag("life")
@Timeout(120)
class LifeTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    private Troubled daemon() throws IOException {
        return daemon("");
    }

    private Troubled daemon(String abstractly) throws IOException {
        var daemon = new Troubled(abstractly);
        opened.add(daemon);
        return daemon;
    }

    @AfterEach
    void close() throws Exception {
        for (var each : opened) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"path", "@"})
    void tellsSystemdFromTheFirstToTheLast(String form) throws Exception {
        var daemon = daemon(form).watched().start().awaitReady();
        daemon.awaitSignsOfLife(2);
        daemon.terminate();
        assertThat(daemon.awaitEnd()).isZero();
        daemon.awaitTold("STOPPING=1");
        assertThat(daemon.told().stream().distinct())
                .containsExactly(
                        "FDSTORE=1\nFDNAME=door\nFDPOLL=0", "WATCHDOG=1", "READY=1\nSTATUS=answering", "STOPPING=1");
        assertThat(daemon.lines())
                .containsExactly(
                        "opening",
                        "answering at " + daemon.house().house().door(Family.MEMORY),
                        "ending: what was begun is finished",
                        "closed: the door",
                        "closed: the store");
        // systemd has the socket too, and callers are to find it.
        assertThat(daemon.house().house().door(Family.MEMORY)).exists();
    }

    @Test
    void takesItsDoorAwayWhereNobodyKeepsIt() throws Exception {
        var daemon = daemon().with("NOTIFY_SOCKET", "").start();
        daemon.awaitLine("answering at ");
        daemon.terminate();
        assertThat(daemon.awaitEnd()).isZero();
        try (var left = Files.list(daemon.config().getParent())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("memory.toml", "state");
        }
    }

    @Test
    void healthTellsOfEachPart() throws Exception {
        var daemon = daemon().start().awaitReady();
        assertThat(daemon.client().ask(new Health()).parts())
                .containsExactly(Part.well("config"), Part.well("store"), Part.well("door"), Part.well("start"));
    }

    /// What runs is answered, what comes later is not begun and can tell.
    @Test
    void sigtermUnderFiftyCallsLosesNone() throws Exception {
        var daemon = daemon().with("NOTIFY_SOCKET", "").start(); // nobody keeps the door, so that late ones hear it
        daemon.awaitLine("answering at ");
        var door = daemon.house().house().door(Family.MEMORY);
        var calls = 50;
        var answered = new ArrayList<String>();
        var callers = new ArrayList<RawConnection>();
        for (int i = 0; i < calls; i++) {
            var caller = RawConnection.to(door);
            callers.add(caller);
            caller.ask("{\"type\":\"ping\"}");
        }
        for (var caller : callers) {
            caller.say("{\"type\":\"rest\",\"rest_ms\":2000}");
        }
        Eventually.await(
                "all are at work",
                () -> daemon.client().ask(new Metrics()).text().contains("hob_connections 5"));
        daemon.terminate();
        daemon.awaitLine("ending: what was begun is finished");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var told = threads.submit(() -> {
                try {
                    return daemon.client()
                            .ask(new Echo("late"), Manner.USUAL.within(Duration.ofSeconds(1)))
                            .text();
                } catch (Fault fault) {
                    return fault.code().name();
                }
            });
            for (var caller : callers) {
                answered.add(String.valueOf(caller.hear()));
            }
            assertThat(told.get()).isIn("UNAVAILABLE", "late"); // it may have come just in time
        }
        assertThat(answered).allMatch(answer -> answer.startsWith("{\"type\":\"rested\""));
        assertThat(daemon.awaitEnd()).isZero();
        assertThat(daemon.lines()).endsWith("closed: the door", "closed: the store");
        Figures.note("life.calls-answered-after-sigterm", answered.size(), "of " + calls);
        for (var caller : callers) {
            caller.close();
        }
    }

    @Test
    void sigtermWhileItStartsEndsItWell() throws Exception {
        var daemon = daemon().configured("open-for = \"10m\"").start();
        daemon.awaitLine("opening");
        daemon.terminate();
        assertThat(daemon.awaitEnd()).isZero();
        assertThat(daemon.lines()).endsWith("ending: it was told to before it was ready", "closed: the store");
        assertThat(daemon.told()).containsExactly("STOPPING=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            finds-damage  | 65 | error: cannot start: the book is damaged: 'hob memory restore' brings back the last copy
            finds-no-disk | 74 | error: cannot start: /mnt/book is not there
            """)
    void whatAPersonCanMendIsOneLine(String opening, int exit, String line) throws Exception {
        var daemon = daemon().configured("opening = \"" + opening + "\"").start();
        assertThat(daemon.awaitEnd()).isEqualTo(exit);
        assertThat(daemon.lines()).containsExactly("opening", "closed: the store", line);
    }

    @Test
    void bugAtTheStartIsToldWithItsStack() throws Exception {
        var daemon = daemon().configured("opening = \"has-a-bug\"").start();
        assertThat(daemon.awaitEnd()).isEqualTo(70);
        assertThat(daemon.lines()).contains("error: cannot go on").anyMatch(line -> line.contains("TroubledMain.open"));
    }

    @Test
    void wrongCommandLineIsOneLine() throws Exception {
        var daemon = daemon().start("--rehears");
        assertThat(daemon.awaitEnd()).isEqualTo(64);
        assertThat(daemon.lines())
                .containsExactly("hob-memory knows no '--rehears'; did you mean '--rehearse'?"
                        + " (it knows --config, --check, --rehearse, --version)");
    }

    @Test
    void privateHouseThatIsNotThereSaysWhatToDo(@TempDir Path folder) throws Exception {
        var daemon = daemon().with("HOB_RUNTIME_DIR", folder + "/gone").start();
        assertThat(daemon.awaitEnd()).isEqualTo(71);
        assertThat(daemon.lines())
                .containsExactly(("error: cannot start: a private house is at HOB_RUNTIME_DIR=%s, and the folder %s is"
                                + " not there: 'mkdir -p %s'")
                        .formatted(folder + "/gone", folder + "/gone/memory", folder + "/gone/memory"));
    }

    @Test
    void systemdThatDoesNotListenIsOneLine(@TempDir Path folder) throws Exception {
        var daemon = daemon().with("NOTIFY_SOCKET", folder + "/gone").start();
        assertThat(daemon.awaitEnd()).isEqualTo(71);
        assertThat(daemon.lines())
                .singleElement()
                .asString()
                .startsWith("error: cannot start: cannot tell systemd anything at NOTIFY_SOCKET=" + folder + "/gone");
    }

    @Test
    void fiveFaultsOfAConfigAreFiveLines() throws Exception {
        var daemon = daemon();
        daemon.configured(
                        "log-level = \"loud\"",
                        "cup-max = 7",
                        "cups-max = 1000",
                        "boil-for = \"2 minutes\"",
                        "open-for = 3")
                .start();
        assertThat(daemon.awaitEnd()).isEqualTo(78);
        var file = daemon.config();
        assertThat(daemon.lines())
                .containsExactly(
                        file + ":1: 'log-level' must be one of \"error\", \"warn\", \"info\", \"debug\", \"trace\"",
                        file + ":2: 'cup-max' is unknown; did you mean 'cups-max'?",
                        file + ":3: 'cups-max' is outside 1..100",
                        file
                                + ":4: 'boil-for' must be a time, such as \"30s\" (with ms, s, m, h or d); did you mean \"2m\"?",
                        file + ":5: 'open-for' must be a time, such as \"30s\" (with ms, s, m, h or d)");
        daemon.awaitTold(
                "STATUS=all five of them",
                told -> told.startsWith("STATUS=" + file + ":1: 'log-level'")
                        && told.contains("; " + file + ":5: 'open-for'"));
    }

    @Test
    void configThatCannotBeReadIsOneLine(@TempDir Path folder) throws Exception {
        var daemon = daemon().start("--config", folder.toString());
        assertThat(daemon.awaitEnd()).isEqualTo(78);
        assertThat(daemon.lines()).singleElement().asString().isEqualTo(folder + ": is a folder, and must be a file");
    }

    @Test
    void effectiveConfigCanBeSeenAtTheStart() throws Exception {
        var daemon = daemon().configured("log-level = \"debug\"").start().awaitReady();
        daemon.awaitLine("debug: config: log-level=\"debug\" cups-max=5 boil-for=\"30s\" ");
    }

    @Test
    void rehearsesAllItsQueriesAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        assertThat(rehearse(folder, "troubled = false")).isEqualTo(new Command(0, "rehearsed: 13 queries\n"));
    }

    @Test
    void rehearsalThatFailsSaysWhichQueryDid(@TempDir Path folder) throws Exception {
        var said = rehearse(folder);
        assertThat(said.exit()).isEqualTo(70);
        assertThat(said.output()).contains("error: cannot start: 'recurse' failed: INTERNAL ");
    }

    private Command rehearse(Path folder, String... settings) throws IOException {
        var daemon = daemon().configured(settings);
        // The library of SQLite leaves itself behind in any process that is halted: in the house, which goes away.
        daemon.flagged(
                "-Djava.io.tmpdir=" + folder,
                "-Dorg.sqlite.tmpdir=" + daemon.house().house().folder());
        var said = Command.run(
                Checkout.root(), Map.of("HOB_RUNTIME_DIR", "", "NOTIFY_SOCKET", ""), daemon.words("--rehearse"));
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        return said;
    }
}
