package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Figures;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whoever hangs is ended by systemd and started anew, and the journal says what it was.
@Tag("slow")
@Tag("systemd")
class HangingInSystemdTest extends OnEachSystemd {
    /// In seconds; the full form is what the unit says.
    private final int watchdog = Figures.size(3, 30);

    HangingInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @Test
    void stoppedMemberIsStartedAnewAndWhoWaitsIsServed() throws Exception {
        memory.given("WatchdogSec=" + watchdog);
        memory.systemctl("restart hob-memory");
        var pid = memory.pid();
        var journal = memory.journal();
        memory.systemctl("kill -s STOP --kill-who=main hob-memory");
        try (var waiting = memory.knock().say("{\"type\":\"ping\"}")) {
            journal.await("Watchdog timeout (limit " + watchdog + "s)!");
            journal.await("Failed with result 'watchdog'");
            memory.awaitBack(pid);
            assertThat(waiting.hear()).contains("\"pinged\"");
        }
        assertThat(memory.box().said("ls /var/lib/hob/memory /tmp")).doesNotContain("core", "hs_err");
    }

    /// The door was kept, and still tells of the process that made it.
    @Test
    void theProcessThatIsStoppedIsNamedAlsoAfterARestart() {
        memory.systemctl("restart hob-memory");
        memory.systemctl("kill -s STOP --kill-who=main hob-memory");
        var told = memory.box().sh("hob status").output();
        memory.systemctl("kill -s CONT --kill-who=main hob-memory");
        assertThat(told).contains("it is stopped, by SIGSTOP or a debugger", "kill -CONT " + memory.pid());
    }

    @Test
    void callThatHangsIsNamedBeforeTheMemberIsStartedAnew() throws Exception {
        memory.troubled("WatchdogSec=" + watchdog);
        memory.systemctl("restart hob-memory");
        var pid = memory.pid();
        var journal = memory.journal();
        var began = System.nanoTime();
        try (var caller = memory.knock().say("{\"type\":\"hang\"}")) {
            var why = journal.await("not well, and systemd is told nothing until it is: ");
            assertThat(why.who()).isEqualTo("hob-memory");
            assertThat(why.text()).contains("'hang' of ");
            assertThat(memory.show("StatusText")).contains("not well: ", "'hang' of ");
            var end = journal.await("Watchdog timeout");
            assertThat(end.at()).isGreaterThan(why.at());
            caller.awaitEnd();
        }
        memory.awaitBack(pid);
        Figures.note("systemd.hanging-call-until-restart." + tree, (System.nanoTime() - began) / 1_000_000_000, "s");
    }

    /// That it was the call: the same daemon without one is left alone for as long.
    @Test
    void memberThatIsWellIsLeftAlone() throws Exception {
        memory.troubled("WatchdogSec=1");
        memory.systemctl("restart hob-memory");
        var pid = memory.pid();
        var journal = memory.journal();
        try (var caller = memory.knock()) {
            for (int i = 0; i < 5; i++) {
                assertThat(caller.ask("{\"type\":\"rest\",\"rest_ms\":1000}")).contains("\"rested\"");
            }
        }
        assertThat(memory.pid()).isEqualTo(pid);
        assertThat(journal.lines()).isEmpty();
    }
}
