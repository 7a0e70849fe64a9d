package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.RawConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A start that fails of what may pass is tried again and again, slowly; meanwhile callers wait at the door.
@Tag("slow")
@Tag("systemd")
class DamagedStateInSystemdTest extends OnEachSystemd {
    private static final String STATE = "cd /var/lib/hob/memory; ";

    DamagedStateInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @Test
    void callersWaitAndAreServedOnceTheCauseIsGone() throws Exception {
        memory.systemctl("kill -s STOP --kill-who=main hob-memory");
        var waiting = new ArrayList<RawConnection>();
        for (int i = 0; i < 3; i++) {
            waiting.add(memory.knock().say(Patient.change("block-" + i, "waited", "waits-" + i)));
        }
        memory.box()
                .said(STATE + "mkdir aside; mv memory.db* aside; head -c 8192 /dev/urandom > memory.db;"
                        + " chown hob-memory: memory.db");
        var journal = memory.journal();
        memory.systemctl("kill -s KILL --kill-who=main hob-memory");
        var scheduled = journal.await("Scheduled restart job", 4);
        assertPausesGrow(IntStream.range(1, scheduled.size())
                .mapToDouble(i -> pauseBefore(i, journal, scheduled))
                .boxed()
                .toList());
        assertThat(journal.with("cannot start: cannot open /var/lib/hob/memory/memory.db: "))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(line -> assertThat(line.text()).contains("is damaged"));
        assertThat(memory.show("ActiveState")).isEqualTo("activating");
        for (var caller : waiting) {
            assertThat(caller.hears(1))
                    .as(() -> "neither answered nor refused; but " + journal.lines())
                    .isFalse();
        }
        waiting.add(memory.knock().say(Patient.change("block-3", "came late", "waits-3")));
        Eventually.await(
                "hob status says why", () -> memory.hob("status").output().contains("is damaged"));

        memory.box().said(STATE + "mv aside/* .");
        for (var caller : waiting) {
            assertThat(caller.hear()).contains("block_written");
            caller.close();
        }
        assertThat(memory.hob("status").exit()).isZero();
    }

    /// From the end of one life to the beginning of the next, in seconds.
    private static double pauseBefore(int number, UnitJournal journal, List<UnitJournal.Line> scheduled) {
        var begins = scheduled.get(number).at();
        return begins
                - journal.with("Failed with result").stream()
                        .mapToDouble(UnitJournal.Line::at)
                        .filter(at -> at < begins)
                        .max()
                        .orElseThrow();
    }

    private void assertPausesGrow(List<Double> pauses) {
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(3);
        if (tree == Box.Tree.MACHINE) { // 252 knows one pause for all
            assertThat(pauses).allMatch(pause -> pause >= 0.99);
        } else {
            assertThat(pauses).allMatch(pause -> pause >= 0.09);
            assertThat(pauses.get(2)).isGreaterThan(pauses.get(0) * 1.2);
        }
    }
}
