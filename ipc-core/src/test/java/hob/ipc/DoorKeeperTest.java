package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.testing.Figures;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real processes of real uids knock at real doors, once, and each test looks at another part of what came of it.
/// The mode of the doors' folders lets everybody through, so that what refuses is the keeper.
@Tag("wire")
@Timeout(60)
class DoorKeeperTest {
    /// What came of each call, by `user MEMBER:call`.
    private static final Map<String, String> OUTCOMES = new LinkedHashMap<>();

    private static final Map<String, Long> PIDS = new LinkedHashMap<>();

    /// What each server wrote to the journal, by the user it ran as.
    private static final Map<String, List<String>> JOURNAL = new LinkedHashMap<>();

    private static OtherUsers users;

    @BeforeAll
    static void allKnock() throws Exception {
        var hindrance = OtherUsers.hindrance();
        assumeTrue(hindrance.isEmpty(), hindrance);
        users = new OtherUsers();
        users.makeDoorFolder(Family.MEMORY, "hob-memory");
        users.makeDoorFolder(Family.AGENT, "hob-agent");
        users.makeDoorFolder(Family.LLM_PROXY, "hob-llm-proxy");
        users.makeDoorFolder(Family.RUNNER, "hob-llm-proxy"); // a door in foreign hands
        var servers = new LinkedHashMap<String, Process>();
        servers.put("hob-memory", users.start("hob-memory", ServeMain.class, "MEMORY"));
        servers.put("hob-agent", users.start("hob-agent", ServeMain.class, "AGENT"));
        servers.put("hob-llm-proxy", users.start("hob-llm-proxy", ServeMain.class, "LLM_PROXY:alone", "RUNNER"));
        for (var server : servers.values()) {
            assertThat(server.inputReader().readLine()).isEqualTo("ready");
        }

        var askers = new LinkedHashMap<String, Process>();
        ask(askers, "hob-rag", "AGENT:think", "AGENT:ping", "MEMORY:write", "MEMORY:read", "MEMORY:scribble");
        ask(askers, "hob-matrix", "AGENT:think", "AGENT:tick", "MEMORY:read");
        ask(askers, "hob-agent", "MEMORY:write", "MEMORY:read", "AGENT:ping", "RUNNER:ping", "LLM_PROXY:ping");
        ask(askers, "hob-memory", "MEMORY:ping", "MEMORY:write");
        ask(askers, "hob-llm-proxy", "LLM_PROXY:health");
        ask(askers, "hob-chore", "AGENT:tick", "AGENT:think", "MEMORY:ping");
        ask(askers, "alice", "AGENT:think", "MEMORY:write", "AGENT:tick", "MEMORY:health");
        ask(askers, "stranger", "AGENT:think:100", "MEMORY:ping");
        ask(askers, "root", "AGENT:think", "MEMORY:write", "LLM_PROXY:ping");
        for (var asker : askers.entrySet()) {
            for (var line : asker.getValue().inputReader().readAllLines()) {
                var words = line.split(" ", 2);
                OUTCOMES.put(asker.getKey() + " " + words[0], words[1]);
            }
            PIDS.put(asker.getKey(), asker.getValue().pid());
        }
        for (var server : servers.entrySet()) {
            server.getValue().outputWriter().close();
            JOURNAL.put(server.getKey(), server.getValue().inputReader().readAllLines());
        }
        Figures.note("door.knocks-of-other-uids", OUTCOMES.size(), "kinds");
    }

    private static void ask(Map<String, Process> askers, String user, String... calls) throws IOException {
        askers.put(user, users.start(user, AskMain.class, calls));
    }

    @AfterAll
    static void close() throws IOException {
        if (users != null) {
            users.close();
        }
    }

    @Test
    void memberWithoutAnArrowIsDenied() {
        var denied = "DENIED uid " + users.uid("hob-rag") + " may not ask agent: there is no arrow from rag to agent";
        expect("hob-rag AGENT:think", denied);
        expect("hob-rag AGENT:ping", denied);
        expect(
                "hob-matrix MEMORY:read",
                "DENIED uid " + users.uid("hob-matrix")
                        + " may not ask memory: there is no arrow from matrix to memory");
    }

    @Test
    void memberWithAnArrowIsDeniedWhereTheRoomDoesNotNameIt() {
        expect("hob-rag MEMORY:write", "DENIED memory's 'write' is for agent, person, and not for rag");
        expect("hob-rag MEMORY:read", "OK Done[]");
        expect("hob-matrix AGENT:tick", "DENIED agent's 'tick' is for chore, and not for matrix");
    }

    @Test
    void memberWithAnArrowPassesWhereTheRoomNamesIt() {
        expect("hob-matrix AGENT:think", "OK Done[]");
        expect("hob-agent MEMORY:write", "OK Done[]");
        expect("hob-agent MEMORY:read", "OK Done[]");
    }

    /// That is how a daemon's watchdog asks itself.
    @Test
    void memberPassesAtItsOwnDoorAndIsNoGuestInItsRooms() {
        expect("hob-memory MEMORY:ping", "OK Pinged[name=memory");
        expect("hob-agent AGENT:ping", "OK Pinged[name=agent");
        expect("hob-memory MEMORY:write", "DENIED memory's 'write' is for agent, person, and not for memory");
    }

    @Test
    void choreAsksOnlyWhatIsForChores() {
        expect("hob-chore AGENT:tick", "OK Done[]");
        expect("hob-chore MEMORY:ping", "OK Pinged[name=memory");
        expect("hob-chore AGENT:think", "DENIED agent's 'think' is for matrix, person, and not for chore");
    }

    @Test
    void rootAndWhoeverIsInTheGroupAreAPerson() {
        for (var person : List.of("root", "alice")) {
            expect(person + " AGENT:think", "OK Done[]");
            expect(person + " MEMORY:write", "OK Done[]");
        }
        expect("alice AGENT:tick", "DENIED agent's 'tick' is for chore, and not for person:" + users.uid("alice"));
        expect("alice MEMORY:health", "OK HealthReport[ok=true, arrows=ENFORCED");
    }

    @Test
    void whoOnlyGotThroughTheModeIsDenied() {
        for (var ask : List.of("AGENT:think:100", "MEMORY:ping")) {
            expect("stranger " + ask, "DENIED uid " + users.uid("stranger") + " may not ask ");
            assertThat(OUTCOMES.get("stranger " + ask))
                    .endsWith(": it is no member of the family, and not in the group hob");
        }
    }

    @Test
    void eachRefusalIsOneLineOfTheJournalWithUidPidAndWhatIsMissing() {
        assertThat(JOURNAL.get("hob-agent"))
                .containsExactlyInAnyOrder(
                        line("hob-rag", "there is no arrow from rag to agent"),
                        line("hob-matrix", "agent's 'tick' is for chore, and not for matrix"),
                        line("hob-chore", "agent's 'think' is for matrix, person, and not for chore"),
                        line("alice", "agent's 'tick' is for chore, and not for person:" + users.uid("alice")),
                        // a hundred times, and one line
                        line("stranger", "it is no member of the family, and not in the group hob"));
        assertThat(JOURNAL.get("hob-memory"))
                .containsExactlyInAnyOrder(
                        line("hob-rag", "memory's 'write' is for agent, person, and not for rag"),
                        line("hob-matrix", "there is no arrow from matrix to memory"),
                        line("hob-memory", "memory's 'write' is for agent, person, and not for memory"),
                        line("stranger", "it is no member of the family, and not in the group hob"));
    }

    private static String line(String user, String missing) {
        return "WARN  DoorKeeper: denied uid " + users.uid(user) + " pid " + PIDS.get(user) + ": " + missing;
    }

    @Test
    void clientRefusesAServerUnderAForeignUid() {
        expect(
                "hob-agent RUNNER:ping",
                "DENIED behind " + users.doors().resolve("runner/sock") + " is uid " + users.uid("hob-llm-proxy")
                        + ", and not hob-runner (uid " + users.uid("hob-runner") + ")");
    }

    @Test
    void houseOfOneUserIsThatUsersAndRootsAloneAndSaysThatArrowsAreAdvisory() {
        var alone = users.uid("hob-llm-proxy");
        expect("hob-llm-proxy LLM_PROXY:health", "OK HealthReport[ok=true, arrows=ADVISORY");
        expect("root LLM_PROXY:ping", "OK Pinged[name=llm-proxy");
        expect(
                "hob-agent LLM_PROXY:ping",
                "DENIED uid " + users.uid("hob-agent") + " may not ask llm-proxy: this house is uid " + alone
                        + "'s alone");
        assertThat(JOURNAL.get("hob-llm-proxy"))
                .containsExactly(line("hob-agent", "this house is uid " + alone + "'s alone"));
    }

    /// The alarm: `scribble` writes, and its `@For` names rag too.
    @Test
    void roomThatNamesOneTooManyIsFound() {
        assertThatThrownBy(() -> expect("hob-rag MEMORY:scribble", "DENIED "))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("OK Done[]");
    }

    private static void expect(String ask, String outcome) {
        assertThat(Objects.requireNonNullElse(OUTCOMES.get(ask), "(was not asked)"))
                .as(ask)
                .startsWith(outcome);
    }
}
