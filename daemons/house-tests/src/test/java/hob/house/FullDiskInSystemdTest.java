package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state folder without room: what was acknowledged is there, what was refused is not, and all goes on when there is
/// room again.
@Tag("slow")
@Tag("systemd")
class FullDiskInSystemdTest extends OnEachSystemd {
    private static final String STATE = "/var/lib/hob/memory";

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private int calls;

    FullDiskInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
        memory.box()
                .said("systemctl stop hob-memory; mount -t tmpfs -o size=16m,mode=0700,uid=hob-memory,gid=hob-memory"
                        + " small " + STATE + "; systemctl start hob-memory");
    }

    @Test
    void nothingAcknowledgedIsLostAndItGoesOnByItself() throws Exception {
        var pid = memory.pid();
        var journal = memory.journal();
        try (var caller = memory.knock()) {
            Eventually.await("it writes", () -> write(caller) && acknowledged.size() >= 100);
            Eventually.await("it refuses", () -> {
                SmallDisk.fill(memory.box().outside(STATE)); // what a commit gave back, too
                write(caller);
                return refused.size() >= 100;
            });
            for (int i = 0; i < 100; i++) {
                assertThat(caller.ask("{\"type\":\"blocks\"}")).contains("\"blocks_read\"", "call-");
            }
            var status = memory.hob("status").output();
            assertThat(status).contains("memory, store: ", "is full", "df -h " + STATE);
            journal.await("is full; it goes on by itself when that is mended");

            Files.delete(memory.box().outside(STATE + "/filler"));
            var before = acknowledged.size();
            Eventually.await("it writes again", () -> write(caller) && acknowledged.size() >= before + 100);
            journal.await("can be written again");
        }
        assertThat(memory.pid()).isEqualTo(pid);
        assertThat(memory.hob("status").exit()).isZero();
        memory.systemctl("stop hob-memory");
        var there = there();
        assertThat(there).containsAll(acknowledged).doesNotContainAnyElementsOf(refused);
        Figures.note("systemd.full-disk.acknowledged." + tree, acknowledged.size(), "calls, each there");
        Figures.note("systemd.full-disk.refused." + tree, refused.size(), "calls, none there");
        Figures.note("systemd.full-disk.unknown." + tree, unknown.size(), "calls");
    }

    /// Each text is another.
    private boolean write(RawConnection caller) {
        var text = "call-" + calls++;
        try {
            var answer = caller.ask(Patient.change("block", text + " ".repeat(1000), text));
            if (answer.contains("\"block_written\"")) {
                acknowledged.add(text);
            } else if (answer.contains("\"code\":\"UNAVAILABLE\"")) {
                assertThat(answer).contains("memory.db is full", "nothing was written");
                refused.add(text);
            } else {
                assertThat(answer).contains("\"code\":\"UNKNOWN\"");
                unknown.add(text);
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError("it hung up", e);
        }
    }

    private Set<String> there() throws Exception {
        var there = new HashSet<String>();
        var copy = Files.copy(memory.box().outside(STATE + "/memory.db"), folder.resolve("copy.db"));
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + copy);
                var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT trim(text), count(*) FROM revision GROUP BY text")) {
            while (rows.next()) {
                there.add(rows.getString(1));
                assertThat(rows.getInt(2)).isEqualTo(1);
            }
        }
        return there;
    }
}
