package hob.hand;

import static java.lang.ProcessBuilder.Redirect.appendTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.MemoryBlocks.SetBlock;
import hob.hand.Typist.Said;
import hob.ipc.Fault;
import hob.ipc.Handlers;
import hob.ipc.House;
import hob.testing.DaemonProcess;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.Signal;
import hob.testing.SmallDisk;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Whatever has happened to a member, `hob status` says so within three seconds, and says what mends it.
@Tag("hand")
class StatusTest {
    /// What a person is promised.
    private static final Duration PROMISED = Duration.ofSeconds(3);

    private static final House INSTALLED = House.ofMembers(Path.of("/run/hob"));

    private final TempHouse house = new TempHouse();

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private Said status(String... options) {
        var began = System.nanoTime();
        var words = new ArrayList<>(List.of("status"));
        words.addAll(List.of(options));
        var said = Typist.in(house).types(words.toArray(String[]::new));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMISED);
        return said;
    }

    private static void says(Said said, String... words) {
        assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.ILL);
        assertThat(said.out()).contains(words).doesNotContain("Exception");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void allIsWell() throws Exception {
        try (var process = Memory.startIn(house)) {
            var said = status();
            assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.OK);
            assertThat(said.out())
                    .contains("The house at " + house.house() + ": private, arrows are advisory\n")
                    .containsPattern("(?m)^memory +well +\\d{4}-\\d\\d-\\d\\d .* MiB +" + process.pid() + "$")
                    .contains("not here: llm-proxy, runner, rag, agent, matrix\n");
        }
    }

    @Test
    void itWasKilled() throws Exception {
        try (var process = Memory.startIn(house)) {
            process.kill();
            says(
                    status(),
                    "memory  down",
                    "memory, process: nobody is behind its door any more: it was killed, or broke down",
                    "\n  scripts/up\n");
        }
    }

    @Test
    void itIsStopped() throws Exception {
        try (var process = Memory.startIn(house)) {
            Signal.send("STOP", process.pid());
            says(
                    status(),
                    "memory  hung",
                    "memory, process: it is stopped, by SIGSTOP or a debugger",
                    "\n  kill -CONT " + process.pid() + "\n");
            Signal.send("CONT", process.pid());
            Eventually.await("it is well again", () -> status().exit() == Exit.OK);
        }
    }

    @Test
    void itsConfigIsWrong() throws Exception {
        var config = Memory.config(house);
        Files.writeString(config, "colour = \"red\"\nblock-chars = 7\n");
        var log = Files.createDirectories(house.house().folder().resolve("log")).resolve("memory.log");
        var process = new ProcessBuilder(
                        DaemonProcess.words("hob.memory.Main", List.of(), "--config", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(appendTo(log.toFile())); // as scripts/up does, but for the time before each line
        process.environment().put("HOB_RUNTIME_DIR", house.house().toString());
        assertThat(process.start().waitFor()).isEqualTo(78);
        assertThat(process.start().waitFor()).isEqualTo(78);
        says(
                status(),
                "memory  down",
                "memory, config: it is wrong, so that it did not start; mend it, then start it again\n  " + config
                        + ":1: 'colour' is unknown",
                "\n  " + config + ":2: 'block-chars' ",
                "\n\n  scripts/up\n");
        assertThat(status().out()).as("what the start before said, too").containsOnlyOnce("'colour'");
    }

    @Test
    void aWrongConfigAtAReloadDidNotEndIt() throws Exception {
        try (var process = Memory.startIn(house)) {
            var log = Files.createDirectories(house.house().folder().resolve("log"))
                    .resolve("memory.log");
            Files.writeString(log, "2026-11-21T18:02:00.123 /etc/hob/memory.toml:1: 'colour' is unknown\n");
            process.kill();
            says(status(), "memory, process: nobody is behind its door any more: it was killed, or broke down");
        }
    }

    @Test
    void itsDoorIsGone() throws Exception {
        var unhurried = List.of("env", "-u", "WATCHDOG_USEC"); // as it is in a private house
        try (var process = Memory.start(house, unhurried).awaitAnswering()) {
            Files.delete(house.door(Family.MEMORY));
            says(
                    status(),
                    "memory, door: its process is there, and its door " + house.door(Family.MEMORY)
                            + " is gone: it makes another within 10 s, or when it is started anew\n  kill -KILL "
                            + process.pid() + "; scripts/up\n");
            assertThat(status().out()).containsPattern("(?m)^memory +down +- +.* MiB +" + process.pid() + "$");
            Signal.send("STOP", process.pid());
            says(status(), "memory, process: it is stopped, by SIGSTOP or a debugger", "kill -CONT " + process.pid());
        }
    }

    @Test
    void scriptsUpIsAboutToStartItAgain() throws Exception {
        Files.createDirectories(house.door(Family.MEMORY).getParent());
        Files.createDirectory(house.house().folder().resolve("up"));
        try (var up = AFUNIXDatagramChannel.open()) {
            up.bind(AFUNIXSocketAddress.of(house.house().folder().resolve("up/control")));
            says(
                    status(),
                    "memory, process: it is not running; 'scripts/up' is about to start it again\n",
                    "\n  scripts/dev again memory\n");
            var sentence = "'scripts/up' is about to start it again, and 'scripts/dev again memory' does so at once";
            assertThat(Typist.in(house).types("ping", "memory").out()).contains(sentence);
            assertThat(Typist.in(house).types("memory", "blocks").err()).contains(sentence);
            log("/x/memory.toml:1: 'colour' is unknown\n");
            assertThat(Typist.in(house).types("memory", "blocks").err())
                    .endsWith(": 'scripts/dev again memory' starts it\n");
        }
    }

    private Path log(String text) throws IOException {
        var folder = Files.createDirectories(house.house().folder().resolve("log"));
        return Files.writeString(folder.resolve("memory.log"), text);
    }

    @Test
    void whatItKeepsIsDamaged() throws Exception {
        var state = Files.createDirectories(house.door(Family.MEMORY).resolveSibling("state"));
        Files.writeString(state.resolve("memory.db"), "no database at all".repeat(1000));
        try (var process = Memory.start(house, List.of())) {
            assertThat(process.awaitExit()).isEqualTo(65);
            log(String.join("\n", process.lines()));
        }
        says(
                status(),
                "memory, start: it cannot start, and not before this is mended: cannot open " + state + "/memory.db: ",
                "is damaged: ",
                "restore a backup, or see what this saves",
                "\n  sqlite3 " + state + "/memory.db .recover\n");
    }

    @Test
    void aWrongConfigAtAReloadIsSaid() throws Exception {
        try (var process = Memory.startIn(house)) {
            var config = house.door(Family.MEMORY).resolveSibling("config/memory.toml");
            var good = Files.readString(config);
            Files.writeString(config, good + "block-chars = 7\n");
            Signal.send("HUP", process.pid());
            Eventually.await("it is ill", () -> status().exit() == Exit.ILL);
            says(
                    status(),
                    "memory  ill",
                    "memory, config: it is wrong, so that the one of before stays in force; mend it, then have it read"
                            + " again\n  " + config + ":2: 'block-chars' ",
                    "\n\n  kill -HUP " + process.pid() + "\n");
            Files.writeString(config, good);
            Signal.send("HUP", process.pid());
            Eventually.await("it is well again", () -> status().exit() == Exit.OK);
        }
    }

    /// Where systemd started it, systemd knows.
    @Test
    void systemdKnowsMore() {
        assertThat(Units.sentence(
                        Map.of(
                                "LoadState",
                                "loaded",
                                "ActiveState",
                                "failed",
                                "ExecMainStatus",
                                "78",
                                "StatusText",
                                "/etc/hob/memory.toml:1: 'colour' is unknown"),
                        INSTALLED,
                        Family.MEMORY))
                .isEqualTo(
                        "its config is wrong, so that it did not start: /etc/hob/memory.toml:1: 'colour' is unknown");
        assertThat(Units.sentence(Map.of("ActiveState", "failed", "ExecMainStatus", "78"), INSTALLED, Family.MEMORY))
                .isEqualTo("its config is wrong, so that it did not start;"
                        + " 'journalctl -u hob-memory.service -n 20' has its last words");
        assertThat(Units.sentence(
                        Map.of(
                                "ActiveState",
                                "activating",
                                "ExecMainStatus",
                                "71",
                                "StatusText",
                                "cannot start: a folder is missing"),
                        INSTALLED,
                        Family.MEMORY))
                .contains("waits to be started again: cannot start: a folder is missing; 'journalctl");
        assertThat(Units.sentence(
                        Map.of(
                                "ActiveState",
                                "activating",
                                "ExecMainStatus",
                                "65",
                                "StatusText",
                                "cannot start: 'mend it' mends it"),
                        INSTALLED,
                        Family.MEMORY))
                .isEqualTo("what it has written down is damaged, and no new start helps:"
                        + " cannot start: 'mend it' mends it");
        assertThat(Units.sentence(
                        Map.of(
                                "ActiveState",
                                "failed",
                                "ExecMainStatus",
                                "9",
                                "Result",
                                "signal",
                                "StatusText",
                                "answering"),
                        INSTALLED,
                        Family.MEMORY))
                .isEqualTo("it failed (signal, status 9); 'journalctl -u hob-memory.service -n 20' has its last words");
        assertThat(Units.sentence(Map.of("ActiveState", "inactive", "ExecMainStatus", "0"), INSTALLED, Family.MEMORY))
                .isEqualTo("it was stopped");
        assertThat(Units.sentence(
                        Map.of("ActiveState", "activating", "ExecMainStatus", "65"), INSTALLED, Family.MEMORY))
                .isEqualTo("what it has written down is damaged, and no new start helps: 'journalctl -u"
                        + " hob-memory.service -n 20' says what does");
        assertThat(Units.sentence(Map.of("LoadState", "masked"), INSTALLED, Family.MEMORY))
                .isEqualTo("somebody had systemd never start it (masked), and no new start helps:"
                        + " 'systemctl unmask hob-memory.service' lets it");
        assertThat(Units.sentence(Map.of("LoadState", "not-found"), INSTALLED, Family.MEMORY))
                .startsWith("systemd knows no hob-memory.service");
    }

    @Test
    void theSystemdOfAUserIsAskedOtherwise() {
        var own = House.ofOneUser(Path.of("/run/user/1000/hob"));
        assertThat(Units.sentence(Map.of("ActiveState", "failed", "ExecMainStatus", "78"), own, Family.MEMORY))
                .endsWith("'journalctl --user -u hob-memory.service -n 20' has its last words");
        assertThat(Units.sentence(Map.of("LoadState", "not-found"), own, Family.MEMORY))
                .endsWith("or 'systemctl --user daemon-reload' is due");
    }

    @Test
    void itsDiskIsFull() throws Exception {
        var missing = SmallDisk.missing();
        assumeTrue(missing.isEmpty(), missing);
        try (var disk = SmallDisk.at(house.door(Family.MEMORY).resolveSibling("state"), "16m");
                var process = Memory.start(house, disk.inside()).awaitAnswering()) {
            var memory = house.client(Family.MEMORY);
            Eventually.await("a write is refused", () -> {
                disk.fill();
                return isRefused(() -> memory.ask(new SetBlock("persona", "x".repeat(4000), null, null)));
            });
            says(status(), "memory  ill", "memory, store: ", "is full", "\n  df -h ");
            assertThat(process.pid()).isPositive();
        }
    }

    private static boolean isRefused(Runnable write) {
        try {
            write.run();
            return false;
        } catch (Fault fault) {
            return fault.code() == Fault.Code.UNAVAILABLE;
        }
    }

    @Test
    void nobodyLivesHereYet() {
        says(status(), "Nobody lives here yet: 'scripts/up' starts the first.");
    }

    @Test
    void whoIsNotHereAndIsAskedIsMissed() throws Exception {
        house.serve(Family.RAG, Handlers.of());
        says(status(), "memory, door: it is not here, and rag asks it");
    }

    @Test
    void theWorstTakesNoLongerThanPromised() throws Exception {
        try (var process = Memory.startIn(house)) {
            Signal.send("STOP", process.pid());
            var began = System.nanoTime();
            var said = status("--json");
            Figures.note("hob.status.hung", (System.nanoTime() - began) / 1_000_000, "ms to say that a member hangs");
            assertThat(said.out()).contains("\"state\":\"HUNG\"", "\"memory_bytes\":");
        }
    }
}
