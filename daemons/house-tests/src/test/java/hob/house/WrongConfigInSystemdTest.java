package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.RawConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A wrong config is final until a person mends it, and everyone is told.
@Tag("slow")
@Tag("systemd")
class WrongConfigInSystemdTest extends OnEachSystemd {
    WrongConfigInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @Test
    void itIsStartedOnceAndEveryoneIsTold() throws Exception {
        var journal = memory.journal();
        var waiting = dieWithCallersAtTheDoor();
        memory.awaitState("failed");
        for (var caller : waiting) {
            caller.awaitEnd(); // systemd has let go of the door
            caller.close();
        }
        assertThatThrownBy(memory::knock).isInstanceOf(ConnectException.class);

        assertThat(journal.with("Starting hob-memory.service")).hasSize(1);
        assertThat(journal.with("block-chars")).singleElement().satisfies(line -> {
            assertThat(line.who()).isEqualTo("hob-memory");
            assertThat(line.text()).startsWith("/etc/hob/memory.toml:2: 'block-chars' must be a whole number");
        });
        assertThat(memory.box().said("journalctl -p err -o cat -b -u hob-memory"))
                .contains("'block-chars' must be", "'colour' is unknown");
        assertThat(memory.hob("status").output().replaceAll("\\s+", " "))
                .contains("memory down")
                .contains(
                        "its config is wrong, so that it did not start: /etc/hob/memory.toml:2: 'block-chars' must be")
                .contains("/etc/hob/memory.toml:3: 'colour' is unknown");
        var call = memory.hob("call", "memory", "set_block", "name=persona", "text=late");
        assertThat(call.exit()).as(call.output()).isEqualTo(69);
        assertThat(call.output()).contains("'systemctl start hob-memory.service' starts it");

        memory.configured("block-chars = 300");
        memory.systemctl("start hob.target");
        assertThat(memory.show("ActiveState")).isEqualTo("active");
        assertThat(memory.hob("status").exit()).isZero();
        assertThat(journal.with("Starting hob-memory.service")).hasSize(2);
    }

    /// That the one start above is counted rightly: without the setting it is started again and again.
    @Test
    void whereNothingSaysThatItIsFinalItIsStartedAgainAndAgain() throws Exception {
        memory.given("RestartPreventExitStatus=");
        var journal = memory.journal();
        var waiting = dieWithCallersAtTheDoor();
        journal.await("Starting hob-memory.service", 3);
        for (var caller : waiting) {
            assertThat(caller.hears(1)).isFalse();
            caller.close();
        }
    }

    /// @return those who wait for an answer there
    private List<RawConnection> dieWithCallersAtTheDoor() throws IOException {
        memory.systemctl("kill -s STOP --kill-who=main hob-memory");
        var waiting = new ArrayList<RawConnection>();
        waiting.add(memory.knock().say("{\"type\":\"blocks\"}"));
        waiting.add(memory.knock().say(Patient.change("persona", "waiting", "waits")));
        memory.configured("log-level = \"info\"", "block-chars = \"many\"", "colour = \"red\"");
        memory.systemctl("kill -s KILL --kill-who=main hob-memory");
        return waiting;
    }

    @Test
    void liveSettingsAreTakenOverByAReload() throws Exception {
        var pid = memory.pid();
        var journal = memory.journal();
        memory.configured("block-chars = 300");
        memory.systemctl("reload hob-memory");
        journal.await("config read again: block-chars: 5000 -> 300");
        assertThat(journal.with("Reloaded hob-memory.service")).hasSize(1);
        try (var caller = memory.knock()) {
            assertThat(caller.ask(Patient.change("persona", "x".repeat(301), "long")))
                    .contains("INVALID", "can have 300");
            assertThat(caller.ask(Patient.change("persona", "x".repeat(300), "short")))
                    .contains("block_written");
        }
        memory.awaitState("active");
        assertThat(memory.pid()).isEqualTo(pid);
    }

    @Test
    void wrongSettingsChangeNothingAtAReloadAndAreTold() throws Exception {
        var pid = memory.pid();
        var journal = memory.journal();
        memory.configured("block-chars = \"many\"");
        memory.systemctl("reload hob-memory");
        assertThat(journal.await("'block-chars' must be").text()).startsWith("/etc/hob/memory.toml:1: ");
        Eventually.await(
                "systemd shows it",
                () -> memory.show("StatusText")
                        .equals(
                                "answering, with the config of before: 1 wrong in /etc/hob/memory.toml, 'hob status' says what"));
        memory.awaitState("active");
        try (var caller = memory.knock()) {
            assertThat(caller.ask(Patient.change("persona", "x".repeat(5000), "as-before")))
                    .contains("block_written");
        }
        assertThat(memory.pid()).isEqualTo(pid);
        assertThat(journal.with("Failed")).isEmpty();
    }
}
