package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The family under the systemd of one user: what is true of the machine's is true of it, in the user's own words.
@Tag("install")
@Tag("slow")
@Tag("systemd")
@ParameterizedClass
@EnumSource
class UsersHouseInBoxTest {
    private static final int CALLERS = 8;
    private static final int RESTARTS = Figures.size(4, 20);

    private static @Nullable UsersHouse started;

    @Parameter
    Box.Tree tree = Box.Tree.MACHINE;

    private final UsersHouse ann = Objects.requireNonNull(started);

    @BeforeParameterizedClassInvocation
    static void start(Box.Tree tree) throws IOException {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        started = UsersHouse.in(tree, UsersHouse.HOME.resolve(".local/share/hob"));
        started.box().said("ln -s /home/ann/.local/share/hob /opt/hob"); // where tests look for their library
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (started != null) {
            started.close();
        }
        started = null;
    }

    @BeforeEach
    void isWell() {
        ann.box().said("rm -f " + UsersHouse.CONFIG);
        ann.systemctl("reset-failed");
        ann.systemctl("start hob.target hob-memory");
    }

    private void says(String wrong, String mends) {
        var status = ann.hob("status");
        assertThat(status.exit()).as(status.output()).isEqualTo(1);
        assertThat(status.output()).contains(wrong, "\n  " + mends + "\n");
    }

    @Test
    void theCommandFindsTheHouseOfWhoeverAsks() {
        assertThat(ann.hob("status").output())
                .startsWith("The house at " + ann.doors() + ": under a user's own systemd, arrows are advisory\n")
                .containsPattern("memory +well");
        assertThat(ann.hob("memory", "health").output()).containsIgnoringCase("advisory");
        assertThat(ann.hob("memory", "set-block", "name=persona", "text=I live by the hearth.")
                        .exit())
                .isZero();
        assertThat(ann.hob("memory", "block", "name=persona").output()).contains("I live by the hearth.");
        assertThat(ann.box().said("ls " + UsersHouse.STATE)).contains("memory.db");
    }

    @Test
    void rootIsNobodyToItAndIsToldSo() {
        var said = ann.box()
                .exec(
                        "env",
                        "HOB_RUNTIME_DIR=" + ann.doors(),
                        UsersHouse.HOME + "/.local/share/hob/current/bin/hob",
                        "memory",
                        "blocks");
        assertThat(said.exit()).as(said.output()).isEqualTo(77);
        assertThat(said.output()).contains("and whoever else knocks is seen as nobody, root too: ask as that user");
    }

    @Test
    void doorsAreOfTheUserAlone() {
        assertThat(ann.box().said("stat -c '%a %U' " + ann.doors() + "/memory")).isEqualTo("700 ann");
        assertThat(ann.box().said("stat -c '%a %U' " + UsersHouse.STATE)).isEqualTo("700 ann");
    }

    @Test
    void whoWasStoppedIsSaidToBeAndHowItIsStarted() {
        ann.systemctl("stop hob-memory");
        says("memory, process: it was stopped", "systemctl --user start hob-memory.service");
        var said = ann.hob("memory", "blocks");
        assertThat(said.exit()).isEqualTo(69);
        assertThat(said.output()).contains("'systemctl --user start hob-memory.service' starts it");
        ann.systemctl("start hob-memory");
        assertThat(ann.hob("status").exit()).isZero();
    }

    @Test
    void aWrongConfigIsToldWithItsLine() throws IOException {
        ann.put(Path.of(UsersHouse.CONFIG), "colour = \"red\"\n");
        assertThat(ann.run("systemctl", "--user", "restart", "hob-memory").exit())
                .isNotZero();
        says(
                "memory, process: its config is wrong, so that it did not start: " + UsersHouse.CONFIG
                        + ":1: 'colour' is unknown",
                "systemctl --user start hob-memory.service");
        assertThat(ann.show("NRestarts")).as("it does not mend itself").isEqualTo("0");
    }

    @Test
    void aReloadReadsTheConfigAgainAndTellsWhatWaits() throws IOException {
        ann.put(Path.of(UsersHouse.CONFIG), "block-chars = 400\n");
        ann.systemctl("reload hob-memory");
        Eventually.await(
                "it has read it",
                () -> ann.hob("logs").output().contains("config read again: block-chars: 5000 -> 400"));
        ann.put(Path.of(UsersHouse.CONFIG), "colour = \"red\"\n");
        ann.systemctl("reload hob-memory");
        Eventually.await("it is ill", () -> ann.hob("status").exit() == 1);
        says("memory, config: it is wrong", "systemctl --user reload hob-memory");
    }

    @Test
    void logsTellALifeWithThoseWhoStartIt() {
        ann.systemctl("restart hob-memory");
        Eventually.await("the journal has it", () -> ann.hob("logs").output().contains("Started hob-memory.service"));
        assertThat(ann.hob("logs", "memory").output())
                .contains("answering at " + ann.doors() + "/memory/sock")
                .containsPattern("memory +\\| systemd: Started hob-memory.service");
        assertThat(ann.hob("memory", "block", "name=absent", "--trace", "failed")
                        .exit())
                .isEqualTo(66);
        Eventually.await(
                "the line is there",
                () -> ann.hob("logs", "--trace", "failed").output().contains("'block' of "));
    }

    @Test
    void whoHasNoRightsToTheJournalIsToldWhoHas() {
        ann.box()
                .said(
                        "journalctl --sync; cd /var/log/journal/*; setfacl -b *.journal 2>/dev/null || chmod 600 *.journal");
        try {
            var said = ann.hob("logs");
            assertThat(said.exit()).as(said.output()).isEqualTo(77);
            assertThat(said.output()).contains("who is in the group systemd-journal");
        } finally {
            ann.box().said("cd /var/log/journal/*; chmod 644 *.journal");
        }
    }

    @Test
    void callersSeeNothingOfRestartsAndKills() throws Exception {
        var as = new ArrayList<>(ann.as());
        as.addAll(List.of("HOB_RUNTIME_DIR=" + ann.doors()));
        try (var callers = Callers.patient(ann.box(), as, CALLERS)) {
            callers.awaitMore(10);
            for (int i = 0; i < RESTARTS; i++) {
                ann.systemctl("restart hob-memory");
                callers.awaitMore(5);
            }
            callers.useKeysOnly();
            for (int i = 0; i < RESTARTS; i++) {
                ann.systemctl("kill --signal=KILL --kill-who=main hob-memory");
                callers.awaitMore(5);
            }
            var result = callers.end();
            assertThat(result.complaints()).isEmpty();
            assertThat(result.figure("failed")).isZero();
            assertThat(result.figure("refused")).isZero();
            assertThat(result.figure("not_done_once")).isZero();
            Figures.note(
                    "calls-over-deaths-of-a-users-memory", result.figure("queries") + result.figure("keyed"), "calls");
        }
    }

    @Test
    void itIsThereAgainWhenTheUsersSystemdIs() {
        var before = ann.show("MainPID");
        ann.box().said("systemctl restart user@$(id -u ann)");
        Eventually.await("another memory answers", () -> ann.hob("status").exit() == 0);
        assertThat(ann.show("MainPID")).isNotEqualTo(before);
    }

    @Test
    void theUnitsAreRightToTheirSystemd() {
        var verified = ann.run(
                "systemd-analyze",
                "--user",
                "verify",
                "--recursive-errors=one",
                "hob-memory.service",
                "hob.target",
                "hob.slice");
        assertThat(verified.exit()).as(verified.output()).isZero();
        assertThat(verified.output()).isEmpty();
    }
}
