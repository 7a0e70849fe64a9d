package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Ping;
import hob.daemon.Trouble.EndPorter;
import hob.daemon.Trouble.Fill;
import hob.daemon.Trouble.HoldPorter;
import hob.daemon.Trouble.Recurse;
import hob.daemon.Trouble.Stick;
import hob.ipc.Fault;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.Workshop.Echo;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Signs of life go to systemd as long as the daemon does its work, overload or not; and before they stop, it says why.
@Tag("life")
@Timeout(120)
class WatchdogTest {
    private final Troubled daemon;

    WatchdogTest() throws Exception {
        daemon = new Troubled().watched();
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    private void awaitSilence(String why) {
        daemon.awaitTold(
                "STATUS=not well: ... " + why, told -> told.startsWith("STATUS=not well: ") && told.contains(why));
        daemon.awaitLine(why);
        var since = daemon.told().size();
        var lines = daemon.lines().size();
        var signs = daemon.signsOfLife();
        // Each round that gives no sign says again what is wrong.
        Eventually.await("five more rounds", () -> daemon.told().size() >= since + 5);
        assertThat(daemon.signsOfLife()).isLessThanOrEqualTo(signs + 1); // one may have been on its way
        assertThat(daemon.lines()).hasSize(lines); // one for each thing is enough
    }

    @Test
    @Tag("slow")
    void callThatHeedsNothingIsNamedBeforeTheSignsStop() throws Exception {
        daemon.start().awaitReady();
        daemon.awaitSignsOfLife(3);
        var began = System.nanoTime();
        try (var caller = RawConnection.to(daemon.house().door(Family.MEMORY))) {
            caller.say("{\"type\":\"hang\"}");
            awaitSilence("'hang' of uid:");
            Figures.note("watchdog.hanging-call-told-after", (System.nanoTime() - began) / 1_000_000_000, "s");
        }
        assertThat(daemon.client().ask(new Ping()).name()).isEqualTo("memory"); // others are still answered
    }

    @Test
    @Tag("slow")
    void porterWhoIsStuckWithOneCallerIsNamed() throws Exception {
        daemon.start().awaitReady();
        daemon.client().ask(new HoldPorter());
        try (var next = RawConnection.to(daemon.house().door(Family.MEMORY))) {
            next.say("{\"type\":\"ping\"}");
            awaitSilence("the thread that lets callers in has been busy with one of them for ");
        }
    }

    @Test
    void porterWhoHasEndedEndsTheDaemon() throws Exception {
        daemon.start().awaitReady();
        daemon.client().ask(new EndPorter());
        RawConnection.to(daemon.house().door(Family.MEMORY)).close();
        assertThat(daemon.awaitEnd()).isEqualTo(70);
        assertThat(daemon.lines()).contains("error: the thread 'door' has ended, and nothing goes on without it");
        assertThat(daemon.told().getLast())
                .isEqualTo("STATUS=the thread 'door' has ended, and nothing goes on without it:"
                        + " java.lang.Error: planted");
    }

    @Test
    void partThatIsStuckIsNamedAndForgiven() throws Exception {
        daemon.start().awaitReady();
        var client = daemon.client();
        client.ask(new Stick(true));
        awaitSilence("the store is stuck: its writer has done nothing for 31 s");
        client.ask(new Stick(false));
        daemon.awaitSignsOfLife(3);
        daemon.awaitLine("well again");
        daemon.awaitTold("STATUS=answering");
    }

    @Test
    void heapWithNextToNoRoomIsTold() throws Exception {
        daemon.flagged("-Xmx128m").start().awaitReady();
        var client = daemon.client();
        client.ask(new Fill(true));
        awaitSilence("the heap is full: ");
        client.ask(new Fill(false));
        daemon.awaitSignsOfLife(3); // although nobody collected the garbage
    }

    @Test
    void heapThatRunsOverEndsTheDaemonByTheVirtualMachine() throws Exception {
        daemon.flagged("-Xmx64m").start().awaitReady();
        overflow();
        assertThat(daemon.awaitEnd()).isEqualTo(3);
        assertThat(daemon.lines()).contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void heapThatRunsOverEndsTheDaemonWithoutTheVirtualMachinesHelp() throws Exception {
        daemon.flagged("-Xmx64m", "-XX:-ExitOnOutOfMemoryError").start().awaitReady();
        overflow();
        assertThat(daemon.awaitEnd()).isEqualTo(70);
        assertThat(daemon.lines()).contains("error: hob-memory ends: its heap is full (-Xmx says how large it may be)");
    }

    private void overflow() throws Exception {
        try (var caller = RawConnection.to(daemon.house().door(Family.MEMORY))) {
            caller.say("{\"type\":\"overflow\"}");
            caller.awaitEnd();
        }
    }

    @Test
    void stackThatRunsOverEndsOneCallAndNothingElse() throws Exception {
        daemon.start().awaitReady();
        var client = daemon.client();
        assertThatThrownBy(() -> client.ask(new Recurse()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL));
        assertThat(client.ask(new Echo("still here")).text()).isEqualTo("still here");
        daemon.awaitSignsOfLife(3);
    }

    /// All slots are taken, and more callers wait: the daemon still does all that it can.
    @Test
    void overloadIsNoReasonToFallSilent() throws Exception {
        daemon.start().awaitReady();
        var crowd = new ArrayList<Process>();
        try {
            for (int i = 0; i < 5; i++) { // each a process, since none may have more than its share
                crowd.add(Crowd.start(daemon.house().door(Family.MEMORY), 60));
            }
            for (var process : crowd) {
                assertThat(process.inputReader().readLine()).isEqualTo("waiting");
            }
            var seconds = Figures.size(3, 60);
            var until = System.nanoTime() + seconds * 1_000_000_000L;
            var before = daemon.signsOfLife();
            while (System.nanoTime() - until < 0) {
                daemon.awaitSignsOfLife(3);
            }
            Figures.note("watchdog.signs-of-life-in-overload", daemon.signsOfLife() - before, "in " + seconds + " s");
            assertThat(daemon.told()).noneMatch(told -> told.contains("not well"));
        } finally {
            for (var process : crowd) {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(daemon.client().ask(new Ping()).name()).isEqualTo("memory");
    }

    @Test
    void doorThatIsGoneIsMadeAnewAndStoredAnew() throws Exception {
        daemon.start().awaitReady();
        var door = daemon.house().door(Family.MEMORY);
        var kept = daemon.client();
        kept.ask(new Ping());
        Files.delete(door);
        daemon.awaitLine("was gone or another's; it is made anew");
        daemon.awaitSignsOfLife(3);

        assertThat(kept.ask(new Health()).ok()).isTrue();
        assertThat(daemon.client().ask(new Ping()).pid())
                .isEqualTo(daemon.process().pid());
        assertThat(daemon.told())
                .filteredOn(told -> told.contains("FD"))
                .containsExactly(
                        "FDSTORE=1\nFDNAME=door\nFDPOLL=0",
                        "FDSTOREREMOVE=1\nFDNAME=door",
                        "FDSTORE=1\nFDNAME=door\nFDPOLL=0");
    }

    @Test
    void watchdogOfAnotherProcessIsNotTold() throws Exception {
        daemon.with("WATCHDOG_PID", "1").start().awaitReady();
        daemon.client().ask(new Ping());
        daemon.terminate();
        assertThat(daemon.awaitEnd()).isZero();
        assertThat(daemon.told()).doesNotContain("WATCHDOG=1");
    }
}
