package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.house.Told.Event;
import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// `scripts/restart.sh`, carried away from the checkout, with two members of whom one asks the other. Their units say
/// nothing of an order, so that what is seen is the script's.
@Tag("install")
@Tag("slow")
@Tag("systemd")
@Timeout(600)
@ParameterizedClass
@EnumSource(Box.Tree.class)
class RestartScriptInSystemdTest {
    private static final String SCRIPT = "/usr/local/sbin/restart.sh";
    private static final String MEMORY = Family.MEMORY.unit();
    private static final String RAG = Family.RAG.unit();
    private static final int CALLERS = 8;
    private static final int RESTARTS = Figures.size(3, 20);
    private static final String SECONDS = " after \\d+\\.\\d\\d s";

    private static @Nullable Installed installed;

    private final Box.Tree tree;
    private final Box box = installed().box();

    RestartScriptInSystemdTest(Box.Tree tree) {
        this.tree = tree;
    }

    @BeforeParameterizedClassInvocation
    static void install(Box.Tree tree) throws IOException {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        installed = Installed.in(tree);
        PlantedMember.plant(installed(), Family.RAG);
        installed()
                .box()
                .said("sed -i '/^\\(After\\|Wants\\)=/d' /usr/local/lib/systemd/system/" + RAG
                        + "; systemctl daemon-reload");
        Files.copy(
                Checkout.root().resolve("scripts/restart.sh"),
                installed().box().outside(SCRIPT),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    @AfterParameterizedClassInvocation
    static void throwAway() {
        if (installed != null) {
            installed.close();
            installed = null;
        }
    }

    private static Installed installed() {
        return Objects.requireNonNull(installed);
    }

    @BeforeEach
    void start() {
        box.said("""
                rm -f /etc/hob/*.toml
                if [ -e /etc/systemd/system/hob-rag.service.d ]; then
                    rm -r /etc/systemd/system/hob-rag.service.d
                    systemctl daemon-reload
                    systemctl stop hob-rag
                fi
                systemctl reset-failed
                systemctl start hob.target
                """);
        assertThat(List.of(MEMORY, RAG)).allMatch(this::isActive);
    }

    private boolean isActive(String unit) {
        return box.show(unit, "ActiveState").equals("active");
    }

    private Command restart(String... words) {
        return box.sh(SCRIPT + " " + String.join(" ", words));
    }

    private long told(String unit, Event event) {
        return Told.last(box, unit, event);
    }

    @Test
    void callersDoNotNoticeThatAllAreStartedAnew() throws Exception {
        var before = ZeroDropTest.deaths(box).size();
        try (var callers = Callers.patient(installed(), CALLERS)) {
            callers.awaitMore(10);
            for (int i = 0; i < RESTARTS; i++) {
                var said = restart("all");
                assertThat(said.output())
                        .matches("memory: answers" + SECONDS + "\nrag: answers" + SECONDS + "\nall: 2 of 2 answer"
                                + SECONDS + "\n");
                assertThat(said.exit()).isZero();
                callers.awaitMore(10);
            }
            var result = callers.end();
            var all = ZeroDropTest.deaths(box);
            var deaths = all.subList(before, all.size());
            var inFlight = ZeroDropTest.inFlight(result, deaths);
            var name = "restart." + tree.name().toLowerCase(Locale.ROOT) + ".";
            Figures.note(name + "deaths", deaths.size(), "of memory, by restart.sh all under 8 callers");
            Figures.note(name + "in-flight", inFlight, "calls at the moments of death");
            Figures.note(name + "failed", result.figure("failed"), "calls");
            Figures.note(name + "longest-wait", result.figure("longest"), "ms");
            assertThat(deaths).hasSize(RESTARTS);
            ZeroDropTest.check(result);
            assertThat(inFlight).isGreaterThanOrEqualTo(RESTARTS);
        }
    }

    @Test
    void oneAfterTheOtherAndWhoIsAskedFirst() {
        var said = restart("rag", "memory");
        assertThat(said.output()).matches("(?s)memory: .*\nrag: .*\nall: 2 of 2 .*");
        assertThat(told(RAG, Event.STOPPING)).as("when rag ended").isGreaterThan(told(MEMORY, Event.STARTED));
    }

    @Test
    void onlyWhoIsNamedIsStartedAnew() {
        var rag = box.show(RAG, "MainPID");
        var memory = box.show(MEMORY, "MainPID");
        var said = restart("memory");
        assertThat(said.output()).matches("memory: answers" + SECONDS + "\nall: 1 of 1 answer" + SECONDS + "\n");
        assertThat(box.show(RAG, "MainPID")).isEqualTo(rag);
        assertThat(box.show(MEMORY, "MainPID")).isNotEqualTo(memory);
    }

    @Test
    void coldAllEndInReverseOrderAndStartByLevels() {
        var said = restart("all", "--cold");
        assertThat(said.output())
                .matches("rag: ended" + SECONDS + "\nmemory: ended" + SECONDS + "\nmemory: answers" + SECONDS
                        + "\nrag: answers" + SECONDS + "\nall: 2 of 2 answer" + SECONDS + "\n");
        assertThat(said.exit()).isZero();
        checkColdOrder();
    }

    private void checkColdOrder() {
        assertThat(told(RAG, Event.STOPPED)).as("when rag ended").isLessThanOrEqualTo(told(MEMORY, Event.STOPPING));
        assertThat(told(MEMORY, Event.STOPPED))
                .as("when memory ended")
                .isLessThanOrEqualTo(told(MEMORY, Event.STARTING));
        assertThat(told(RAG, Event.STARTING)).as("when rag began").isGreaterThanOrEqualTo(told(MEMORY, Event.STARTED));
    }

    @Test
    void aScriptWithAnotherOrderIsFound() {
        box.said("sed -e 's/llm-proxy memory runner/llm-proxy rag runner/; s/^    \"rag\"$/    \"memory\"/' " + SCRIPT
                + " >/root/other.sh; chmod +x /root/other.sh");
        assertThat(box.said("/root/other.sh all --cold")).contains("all: 2 of 2");
        assertThatThrownBy(this::checkColdOrder).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoDoesNotComeBackIsNamedWithTheReasonAndTheOthersRun() {
        for (var how : List.of("", "--cold")) {
            start();
            var rag = box.show(RAG, "MainPID");
            box.said("echo 'colour = \"red\"' >/etc/hob/memory.toml");
            var said = restart("all", how);
            assertThat(said.exit()).as(said.output()).isEqualTo(1);
            assertThat(said.output())
                    .containsPattern(
                            "(?m)^memory: did not start," + SECONDS + ": it ended \\(exit-code, status 78\\): .*"
                                    + "'colour' is unknown.*; 'journalctl -u hob-memory -n 20' has its last words$")
                    .containsPattern("(?m)^rag: answers" + SECONDS + "$")
                    .containsPattern("(?m)^all: 1 of 2 answer" + SECONDS + "$");
            assertThat(isActive(RAG)).isTrue();
            assertThat(box.show(RAG, "MainPID")).isNotEqualTo(rag);

            box.said("rm /etc/hob/memory.toml");
            assertThat(restart("all").exit()).as("when it is mended").isZero();
        }
    }

    @Test
    void whoDiesWithoutAWordIsNamed() throws IOException {
        given("ExecStart=", "ExecStart=/opt/hob/current/runtime/bin/java -XX:NoSuchFlag");
        var said = restart("all");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output())
                .containsPattern("(?m)^memory: answers")
                .containsPattern("(?m)^rag: did not start,.*: it ended \\(exit-code, status 1\\): .*;"
                        + " 'journalctl -u hob-rag -n 20' has its last words$");
    }

    @Test
    void whoseUnitIsWrongIsNamed() throws IOException {
        given("Type=oneshot", "Restart=always");
        var said = restart("all");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output()).containsPattern("(?m)^rag: did not start,.*bad unit file setting");
    }

    @Test
    void whoCannotBeEndedIsNamed() throws IOException {
        given("[Unit]", "RefuseManualStop=yes");
        var said = restart("all", "--cold");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output())
                .containsPattern("(?m)^rag: did not end: .*refused")
                .contains("\nmemory: answers ");
    }

    @Test
    void whoFailedTooOftenIsStartedAgain() throws IOException {
        given("Restart=no");
        box.said("systemctl kill --signal=KILL --kill-who=main hob-rag");
        Eventually.await("it has failed", () -> box.show(RAG, "ActiveState").equals("failed"));
        assertThat(restart("rag").exit()).isZero();
        assertThat(isActive(RAG)).isTrue();
    }

    /// systemd takes it for started, and only who asks finds that it is not.
    @Test
    void whoIsReadyAndAnswersNobodyIsNamed() throws IOException {
        given(
                "NoExecPaths=",
                "ExecStart=",
                "ExecStart=/usr/bin/perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); unlink $ARGV[0];"
                        + " bind(S, pack_sockaddr_un($ARGV[0])); listen(S, 5); socket(N, PF_UNIX, SOCK_DGRAM, 0);"
                        + " send(N, \"READY=1\", 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})); sleep'"
                        + " /run/hob/rag/sock");
        var said = restart("all");
        assertThat(said.exit()).as(said.output()).isEqualTo(1);
        assertThat(said.output())
                .containsPattern(
                        "(?m)^rag: started, but does not answer within 10 s," + SECONDS + ": 'hob status' says more$");
    }

    /// What rag is given beyond its unit.
    private void given(String... settings) throws IOException {
        var folder = Files.createDirectories(box.outside("/etc/systemd/system/" + RAG + ".d"));
        Files.writeString(folder.resolve("override.conf"), "[Service]\n" + String.join("\n", settings) + "\n");
        box.said("systemctl daemon-reload");
    }

    @Test
    void whoMayNotOrIsNotThereIsTold() {
        assertThat(box.exec("setpriv", "--reuid=65534", "--clear-groups", SCRIPT, "all", "--cold"))
                .isEqualTo(new Command(77, "Only root may: 'sudo " + SCRIPT + " all --cold'.\n"));
        assertThat(restart("memory", "agent"))
                .isEqualTo(new Command(69, "agent is not installed; these are: memory rag\n"));
        assertThat(restart("memroy").exit()).isEqualTo(64);
    }

    @Test
    void whereNobodyIsInstalledItSaysSo() {
        try {
            box.said("systemctl stop hob.target; mkdir /root/units; mv /usr/local/lib/systemd/system/hob-*.service"
                    + " /root/units; systemctl daemon-reload");
            assertThat(restart("all"))
                    .isEqualTo(new Command(69, "Nobody is installed: systemd knows no hob-WORD.service.\n"));
        } finally {
            box.said("mv /root/units/* /usr/local/lib/systemd/system/; rmdir /root/units; systemctl daemon-reload");
        }
    }
}
