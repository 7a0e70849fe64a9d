package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who takes too much memory ends alone, and comes back.
@Tag("slow")
@Tag("systemd")
class FullMemoryInSystemdTest extends OnEachSystemd {
    /// A member of a house of its own, under the same ceiling of all.
    private static final String NEIGHBOUR = "neighbour.service";

    FullMemoryInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
        memory.box()
                .said("systemctl stop " + NEIGHBOUR + " 2>/dev/null || true; mkdir -p /run/neighbour/memory;"
                        + " systemd-run -q --unit=" + NEIGHBOUR + " --slice=hob.slice -p Type=notify -p Restart=always"
                        + " -p WorkingDirectory=/opt/hob/current -E HOB_RUNTIME_DIR=/run/neighbour"
                        + " /opt/hob/current/runtime/bin/java @java.options -Xmx64m hob.memory.Main");
    }

    @Test
    void memoryOutsideOfTheHeapIsBoundedByTheUnit() throws Exception {
        memory.troubled();
        endsAloneAndComesBack("swell", "code=killed, status=9/KILL");
    }

    @Test
    void fullHeapIsALineInTheJournal() throws Exception {
        memory.troubled();
        var journal = endsAloneAndComesBack("overflow", "code=exited, status=3");
        assertThat(journal.with("OutOfMemoryError"))
                .singleElement()
                .satisfies(line -> assertThat(line.who()).isEqualTo("hob-memory"))
                .extracting(UnitJournal.Line::text)
                .isEqualTo("Terminating due to java.lang.OutOfMemoryError: Java heap space");
    }

    private UnitJournal endsAloneAndComesBack(String call, String how) throws IOException {
        memory.systemctl("restart hob-memory");
        var pid = memory.pid();
        var neighbour = memory.box().show(NEIGHBOUR, "MainPID");
        assertThat(Integer.parseInt(neighbour)).isPositive();
        var journal = memory.journal();
        try (var caller = memory.knock().say("{\"type\":\"" + call + "\"}")) {
            caller.awaitEnd();
        }
        journal.await("Main process exited, " + how);
        memory.awaitBack(pid);
        try (var next = memory.knock()) {
            assertThat(next.ask("{\"type\":\"ping\"}")).contains("\"pinged\"");
        }
        assertThat(memory.box().show(NEIGHBOUR, "MainPID")).isEqualTo(neighbour);
        assertThat(memory.box().show(NEIGHBOUR, "NRestarts")).isEqualTo("0");
        return journal;
    }
}
