package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.house.Callers.Result;
import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Under eight callers that never pause, memory is restarted and killed again and again by a real systemd, which keeps
/// its door: they see nothing of that but a pause.
@Tag("slow")
@Tag("systemd")
@Timeout(1200)
class ZeroDropTest {
    private static final int CALLERS = 8;
    private static final int RESTARTS = Figures.size(4, 20);
    private static final int KILLS = Figures.size(4, 20);

    /// So many of the kills come one after the other, whether memory was ready again or not.
    private static final int KILLS_IN_A_ROW = Math.min(6, KILLS);

    private static final long ROW_MICROS_MOST = 10_000_000;

    /// A death that hits nobody at work proves nothing.
    private static final int IN_FLIGHT_LEAST = Figures.size(20, 100);

    @ParameterizedTest
    @EnumSource
    void nobodyIsRefusedAndNothingLostWhileMemoryIsRestartedAndKilled(Box.Tree tree) throws Exception {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree).start();
                var callers = Callers.patient(installed, CALLERS)) {
            var box = installed.box();
            callers.awaitMore(10);
            restart(box, callers, RESTARTS);
            callers.useKeysOnly();
            killInARow(box, KILLS_IN_A_ROW);
            callers.awaitMore(callsOfLife(0));
            for (int i = KILLS_IN_A_ROW; i < KILLS; i++) {
                kill(box);
                callers.awaitMore(callsOfLife(i));
            }
            var result = callers.end();
            var deaths = deaths(box);
            print(tree, result, deaths);
            assertThat(deaths).hasSize(RESTARTS + KILLS);
            assertThat(killsInARow(deaths)).isLessThan(ROW_MICROS_MOST);
            check(result);
            assertThat(inFlight(result, deaths)).isGreaterThanOrEqualTo(IN_FLIGHT_LEAST);
        }
    }

    /// The same with a systemd that keeps nothing.
    @ParameterizedTest
    @EnumSource
    void callersThatAreRefusedAreFound(Box.Tree tree) throws Exception {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree)) {
            var box = installed.box();
            box.said("""
                    mkdir -p /etc/systemd/system/hob-memory.service.d
                    printf '[Service]\\nFileDescriptorStoreMax=0\\n' >/etc/systemd/system/hob-memory.service.d/override.conf
                    systemctl daemon-reload
                    """);
            installed.start();
            try (var callers = Callers.patient(installed, CALLERS)) {
                callers.awaitMore(10).useKeysOnly();
                restart(box, callers, 1);
                kill(box);
                callers.awaitMore(2);
                var result = callers.end();
                assertThatThrownBy(() -> check(result)).hasMessageContaining("refused connects");
            }
        }
    }

    private static void restart(Box box, Callers callers, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            box.said("systemctl restart hob-memory");
            callers.awaitMore(callsOfLife(i));
        }
    }

    /// How many calls each caller is answered by it, at least: some lives are short, some longer.
    private static int callsOfLife(int life) {
        return 1 + 13 * life % 60;
    }

    private static void killInARow(Box box, int times) {
        for (int i = 0; i < times; i++) {
            var killed = box.show("hob-memory", "MainPID");
            kill(box);
            Eventually.await(
                    "another process stands there",
                    () -> !List.of("0", killed).contains(box.show("hob-memory", "MainPID")));
        }
    }

    private static void kill(Box box) {
        box.said("systemctl kill --signal=KILL --kill-who=main hob-memory");
    }

    static List<Long> deaths(Box box) {
        return Told.of(box, "hob-memory.service", Told.Event.ENDED_WELL, Told.Event.ENDED_BADLY).stream()
                .map(Told::at)
                .toList();
    }

    private static long killsInARow(List<Long> deaths) {
        return deaths.get(RESTARTS + KILLS_IN_A_ROW - 1) - deaths.get(RESTARTS);
    }

    /// Of the calls that did not wait for several deaths one after the other.
    private static long longestForOneLife(Result result, List<Long> deaths) {
        return result.waits().stream()
                        .filter(wait -> deaths.stream().filter(wait::isAt).count() == 1)
                        .mapToLong(wait -> wait.to() - wait.from())
                        .max()
                        .orElse(0)
                / 1000;
    }

    /// Calls that were asked before memory died, and answered after.
    static long inFlight(Result result, List<Long> deaths) {
        return deaths.stream()
                .mapToLong(death ->
                        result.waits().stream().filter(wait -> wait.isAt(death)).count())
                .sum();
    }

    static void check(Result result) {
        var said = result.complaints();
        assertThat(result.figure("refused")).as("refused connects").isZero();
        assertThat(result.figure("failed")).as("failed calls: %s", said).isZero();
        assertThat(result.figure("unavailable")).as("calls that gave up").isZero();
        assertThat(result.figure("unknown_unkeyed"))
                .as("changes that a restart left in doubt")
                .isZero();
        assertThat(result.figure("not_done_once"))
                .as("changes not done once: %s", said)
                .isZero();
        assertThat(result.figure("answered_otherwise"))
                .as("repeats that were answered otherwise")
                .isZero();
        assertThat(result.figure("asked_again")).as("repeats").isPositive();
        assertThat(result.figure("unkeyed")).as("changes without a key").isPositive();
    }

    private static void print(Box.Tree tree, Result result, List<Long> deaths) {
        var name = "zero-drop." + tree.name().toLowerCase(Locale.ROOT) + ".";
        Figures.note(name + "deaths", deaths.size(), "of them " + KILLS + " by SIGKILL");
        Figures.note(name + "kills-in-a-row", KILLS_IN_A_ROW, "within " + killsInARow(deaths) / 1000 + " ms");
        Figures.note(name + "in-flight", inFlight(result, deaths), "calls at the moments of death");
        Figures.note(name + "refused", result.figure("refused"), "connects");
        Figures.note(name + "queries", result.figure("queries"), "calls");
        Figures.note(name + "keyed", result.figure("keyed"), "changes, each done once");
        Figures.note(name + "unkeyed", result.figure("unkeyed"), "changes during restarts, each done once");
        Figures.note(name + "unknown", result.figure("unknown_unkeyed"), "changes");
        Figures.note(name + "asked-again", result.figure("asked_again"), "changes, answered as before");
        Figures.note(name + "longest-wait", result.figure("longest"), "ms");
        Figures.note(name + "longest-wait-for-one-life", longestForOneLife(result, deaths), "ms");
    }
}
