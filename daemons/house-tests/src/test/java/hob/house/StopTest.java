package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.house.Told.Event;
import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever stops memory has it stopped, however many want something of it; and they hear so, and do not wait.
@Tag("slow")
@Tag("systemd")
@Timeout(600)
class StopTest {
    private static final int CALLERS = 8;

    /// Each caller knocks so often at least after the stop; any of these knocks could have begun another start.
    private static final int KNOCKS = 200;

    /// In the full form they also knock for so long.
    private static final long KNOCKING_NANOS = TimeUnit.SECONDS.toNanos(Figures.size(0, 30));

    /// Each call of theirs would wait for a minute, and for nothing where one can wait: whoever is told needs no more
    /// than the time in which memory ends and the machine comes round to them.
    private static final long TOLD_MS_MOST = 5000;

    @ParameterizedTest
    @EnumSource
    void stoppedStaysStoppedAndIsTold(Box.Tree tree) throws Exception {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree).start();
                var callers = Callers.impatient(installed, CALLERS)) {
            var box = installed.box();
            callers.awaitMore(10);
            box.said("systemctl stop hob-memory");
            var stoppedAt = System.nanoTime();
            do {
                callers.awaitMore(KNOCKS);
            } while (System.nanoTime() - stoppedAt < KNOCKING_NANOS);
            var waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stoppedAt);
            checkStopped(box);
            assertThat(installed.hob("memory", "blocks").output()).contains("'systemctl start hob-memory.service'");

            box.said("systemctl start hob-memory");
            callers.awaitMore(10);
            assertThat(installed.hob("memory", "blocks").exit()).isZero();
            var result = callers.end();
            var name = "stop." + tree.name().toLowerCase(Locale.ROOT) + ".";
            Figures.note(name + "inactive", waited, "ms under callers who knock");
            Figures.note(
                    name + "told", result.figure("unavailable"), "calls: UNAVAILABLE with the command that starts it");
            Figures.note(name + "longest-wait", result.figure("longest"), "ms of any call");
            assertThat(result.figure("failed"))
                    .as("otherwise: %s", result.complaints())
                    .isZero();
            assertThat(result.figure("unknown_unkeyed"))
                    .as("changes left in doubt")
                    .isZero();
            assertThat(result.figure("not_done_once"))
                    .as("%s", result.complaints())
                    .isZero();
            assertThat(result.figure("unavailable")).isGreaterThanOrEqualTo((long) CALLERS * KNOCKS - CALLERS);
            assertThat(result.figure("longest")).isLessThan(TOLD_MS_MOST);
        }
    }

    private static void checkStopped(Box box) {
        assertThat(starts(box)).as("starts of memory").isEqualTo(1);
        assertThat(box.show("hob-memory", "ActiveState")).isEqualTo("inactive");
    }

    private static int starts(Box box) {
        return Told.of(box, "hob-memory.service", Event.STARTING).size();
    }

    /// Another unit that wants memory up at any time undoes the stop, as a socket unit would.
    @ParameterizedTest
    @EnumSource
    void whoDoesNotStayStoppedIsFound(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree).start()) {
            var box = installed.box();
            box.said("""
                    printf '[Unit]\\nUpholds=hob-memory.service\\n' >/etc/systemd/system/upholder.target
                    systemctl daemon-reload
                    systemctl start upholder.target
                    systemctl stop hob-memory
                    """);
            Eventually.await("it is started again", () -> starts(box) == 2);
            assertThatThrownBy(() -> checkStopped(box)).hasMessageContaining("starts of memory");
        }
    }
}
