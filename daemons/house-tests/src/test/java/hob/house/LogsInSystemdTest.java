package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a member leaves in a real journal, and how it is found there.
@Tag("slow")
@Tag("systemd")
@ParameterizedClass
@EnumSource
class LogsInSystemdTest {
    private static @Nullable Installed house;

    @Parameter
    Box.Tree tree = Box.Tree.MACHINE;

    /// One line of the journal.
    private record Entry(String message, String priority, String identifier, String unit, String trace) {}

    @BeforeParameterizedClassInvocation
    static void start(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        house = Installed.in(tree);
        // Someone who comes as far as the door, and may not ask what a person may; and short rounds of the watchdog.
        box().said("""
                useradd --system --no-create-home --groups hob hob-chore
                mkdir -p /etc/systemd/system/hob-memory.service.d
                printf '[Service]\\nWatchdogSec=6\\n' > /etc/systemd/system/hob-memory.service.d/override.conf
                systemctl daemon-reload
                """);
        house.start();
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (house != null) {
            house.close();
        }
        house = null;
    }

    private static Installed house() {
        return Objects.requireNonNull(house);
    }

    private static Box box() {
        return house().box();
    }

    /// The moment, and not a cursor: systemd 252 leaves out one line more where the cursor's own is not looked for.
    private static String now() {
        return box().said("journalctl --sync; date +%s.%6N");
    }

    private static List<Entry> entries(String match) {
        return Stream.of(box().said("journalctl --sync; journalctl -q -o export " + match)
                        .split("\n\n"))
                .filter(printed -> !printed.isBlank())
                .map(LogsInSystemdTest::entry)
                .toList();
    }

    private static Entry entry(String printed) {
        return new Entry(
                field(printed, "MESSAGE"),
                field(printed, "PRIORITY"),
                field(printed, "SYSLOG_IDENTIFIER"),
                field(printed, "_SYSTEMD_UNIT"),
                field(printed, "HOB_TRACE"));
    }

    /// What has a control character in it is printed in another form, and is not found here.
    private static String field(String printed, String name) {
        return printed.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static boolean isBroken(String message) {
        return message.isEmpty() || message.codePoints().anyMatch(Character::isISOControl);
    }

    @Test
    void aLifeIsToldInOrderALineAnEvent() {
        var before = now();
        box().said("systemctl restart hob-memory; systemctl kill -s KILL hob-memory");
        Eventually.await("it answers again", () -> house().hob("ping", "memory").exit() == 0);
        var entries = entries("-u hob-memory --since=@" + before);
        assertThat(entries.stream().map(Entry::message))
                .as("what 'journalctl -u hob-memory' tells")
                .containsSubsequence(
                        "ending: what was begun is finished",
                        "answering at /run/hob/memory/sock",
                        "hob-memory.service: Main process exited, code=killed, status=9/KILL",
                        "answering at /run/hob/memory/sock")
                .noneMatch(LogsInSystemdTest::isBroken);
        assertThat(entries)
                .filteredOn(entry -> entry.unit().equals("hob-memory.service"))
                .hasSizeGreaterThan(4)
                .allMatch(entry -> entry.identifier().equals("hob-memory"))
                .allMatch(entry -> entry.priority().equals("6"));
    }

    @Test
    void aWrongConfigIsAnErrorThere() {
        var before = now();
        box().said("""
                echo 'colour = "red"' > /etc/hob/memory.toml
                systemctl restart hob-memory && exit 1
                rm /etc/hob/memory.toml
                systemctl start hob-memory
                """);
        var match = "-p err -t hob-memory --since=@" + before;
        Eventually.await(
                "the journal has read what was printed", () -> !entries(match).isEmpty());
        assertThat(entries(match)).singleElement().satisfies(entry -> {
            assertThat(entry.message()).contains("memory.toml:1: 'colour' is unknown");
            assertThat(entry.priority()).isEqualTo("3");
            assertThat(entry.identifier()).isEqualTo("hob-memory");
        });
    }

    @Test
    void whatTheVirtualMachinePrintsIsTheMembers() {
        var before = now();
        box().said("systemctl kill -s QUIT --kill-who=main hob-memory");
        var match = "--since=@" + before + " _SYSTEMD_UNIT=hob-memory.service";
        Eventually.await(
                "it prints its threads",
                () -> entries(match).stream().anyMatch(entry -> entry.message().startsWith("Full thread dump")));
        assertThat(entries(match)).allMatch(entry -> entry.identifier().equals("hob-memory"));
    }

    @Test
    void whatBecameOfACallIsFoundByItsTrace() {
        assertThat(house().hob("memory", "block", "name=absent", "--trace", "failed")
                        .exit())
                .isEqualTo(66);
        assertThat(box().exec(
                                "setpriv",
                                "--reuid=hob-chore",
                                "--regid=hob-chore",
                                "--init-groups",
                                "hob",
                                "memory",
                                "blocks",
                                "--trace",
                                "denied")
                        .exit())
                .isEqualTo(77);
        assertThat(house().hob("memory", "blocks", "--trace", "quiet").exit()).isZero();
        house().hob("log-level", "memory", "debug");
        assertThat(house().hob("memory", "blocks", "--trace", "told").exit()).isZero();
        Eventually.await(
                "the line behind the answer is there",
                () -> !entries("HOB_TRACE=told").isEmpty());
        house().hob("log-level", "memory", "info");

        assertThat(entries("HOB_TRACE=failed")).singleElement().satisfies(entry -> {
            assertThat(entry.message()).startsWith("'block' of person:0 failed, NOT_FOUND: there is no block 'absent'");
            assertThat(entry.priority()).isEqualTo("6");
        });
        assertThat(entries("HOB_TRACE=denied")).singleElement().satisfies(entry -> {
            assertThat(entry.message()).contains("'blocks' is for ", "and not for chore");
            assertThat(entry.priority()).isEqualTo("4");
        });
        assertThat(entries("HOB_TRACE=quiet")).isEmpty();
        assertThat(entries("HOB_TRACE=told")).singleElement().satisfies(entry -> {
            assertThat(entry.message()).matches("'blocks' of person:0 was answered, in \\d+ .s");
            assertThat(entry.priority()).isEqualTo("7");
            assertThat(entry.identifier()).isEqualTo("hob-memory");
        });
        assertThat(house().hob("logs", "--trace", "denied").output())
                .matches("\\d{4}-.* memory    \\| warning: denied uid .* \\[trace denied]\n");
    }

    @Test
    void whoIsIdleAndWellIsSilent() {
        assertSilent();
        assertThat(box().show("hob-memory", "ActiveState")).isEqualTo("active");
    }

    /// While the watchdog hears of it three times.
    private static void assertSilent() {
        var before = now();
        for (int round = 0; round < 3; round++) {
            var seen = box().show("hob-memory", "WatchdogTimestampMonotonic");
            Eventually.await(
                    "the watchdog hears of it again",
                    () -> !box().show("hob-memory", "WatchdogTimestampMonotonic")
                            .equals(seen));
        }
        assertThat(entries("-u hob-memory --since=@" + before))
                .as("what an idle member says")
                .isEmpty();
    }

    @Test
    void whoTalksAndWhoBreaksLinesIsFoundOut() {
        house().hob("log-level", "memory", "debug"); // at which it tells of each round
        assertThatThrownBy(LogsInSystemdTest::assertSilent)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what an idle member says");
        house().hob("log-level", "memory", "info");

        box().said("printf 'SYSLOG_IDENTIFIER=planted\\nMESSAGE=a\\033[31mb\\n' | logger --journald");
        assertThat(entries("-t planted"))
                .singleElement()
                .satisfies(entry -> assertThat(isBroken(entry.message())).isTrue());
    }

    @Test
    void whoMayReadTheJournalReadsTheLogs() {
        var logs = house().hob("logs", "memory", "-n", "9999");
        assertThat(logs.exit()).as(logs.output()).isZero();
        assertThat(logs.output().lines().map(line -> line.replaceFirst("^\\S+ \\S+ ", "")))
                .containsSubsequence(
                        "memory    | systemd: Starting hob-memory.service - Hob: memory...",
                        "memory    | answering at /run/hob/memory/sock",
                        "memory    | systemd: Started hob-memory.service - Hob: memory.");
        assertThat(house().hob("logs", "-n", "2", "--json").output().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"type\":\"logged\",\"at\":\""));
        assertThat(house().hob("logs", "--level", "error", "rag")).isEqualTo(new Command(0, ""));
        assertThat(house().hob("logs", "--since", "2099-01-01")).isEqualTo(new Command(0, ""));
        assertThat(box().sh("hob logs | head -n 1; echo ${PIPESTATUS[0]}")
                        .output()
                        .lines())
                .hasSize(2);
    }

    @Test
    void whoMayNotIsTold() {
        var asNobody = box().exec("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "hob", "logs");
        assertThat(asNobody.exit()).isEqualTo(77);
        assertThat(asNobody.output())
                .startsWith("hob: you may not read the journal: 'sudo hob logs' may")
                .contains("systemd-journal")
                .hasLineCount(1);
        var without = box().sh("cd /opt/hob/current; PATH=/nowhere runtime/bin/java @java.options hob.hand.Main logs");
        assertThat(without.exit()).isEqualTo(69);
        assertThat(without.output())
                .isEqualTo("hob: journalctl, which reads what an installed house says, cannot be started: it belongs to"
                        + " systemd\n");
    }

    @Test
    void whoFollowsSeesALineAtOnceAndOverARestart() throws Exception {
        try (var following = new Following("hob", "logs", "-f", "-n", "1", "--json")) {
            following.awaitLine("\"type\":\"logged\"");
            house().hob("memory", "block", "name=absent", "--trace", "followed");
            var line = following.awaitLine("\"under_trace\":\"followed\"");
            var said = Instant.parse(line.text().replaceFirst(".*\"at\":\"([^\"]*)\".*", "$1"));
            var later = Duration.between(said, line.seen());
            Figures.note("logs.journal.seen." + tree, later.toMillis(), "ms after it was said");
            assertThat(later).isLessThan(Duration.ofSeconds(1));
            box().said("systemctl restart hob-memory");
            following.awaitLine("\"by\":\"systemd\",\"level\":\"INFO\",\"text\":\"Stopped hob-memory.service");
            house().hob("memory", "block", "name=absent", "--trace", "again");
            following.awaitLine("\"under_trace\":\"again\"");
            assertThat(following.interrupt()).isEqualTo(130);
        }
    }

    private record Seen(Instant seen, String text) {}

    /// A program in the box that goes on, and whose both streams are one.
    private static final class Following implements AutoCloseable {
        private final Process process;
        private final List<Seen> lines = new CopyOnWriteArrayList<>();

        Following(String... words) throws IOException {
            process = new ProcessBuilder(box().words(words))
                    .directory(Checkout.root().toFile())
                    .redirectErrorStream(true)
                    .start();
            var _ = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(line -> lines.add(new Seen(Instant.now(), line)));
            } catch (IOException | UncheckedIOException e) {
                lines.add(new Seen(Instant.now(), "(its output broke: " + e + ")"));
            }
        }

        Seen awaitLine(String words) {
            Eventually.await(
                    () -> "it says '" + words + "'; it said " + lines,
                    () -> lines.stream().anyMatch(line -> line.text().contains(words)));
            return lines.stream()
                    .filter(line -> line.text().contains(words))
                    .findFirst()
                    .orElseThrow();
        }

        /// As Ctrl-C does, and waits until nobody of it is left.
        int interrupt() throws InterruptedException {
            var all = process.descendants().toList();
            var java = process.children().findFirst().orElseThrow();
            Signal.send("INT", java.pid());
            var exit = process.waitFor();
            assertThat(all).hasSize(2); // with its journalctl
            Eventually.await("all of it has ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
            return exit;
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
