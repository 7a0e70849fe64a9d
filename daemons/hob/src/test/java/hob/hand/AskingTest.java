package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall;
import hob.contract.HouseCall.State;
import hob.hand.Typist.Said;
import hob.ipc.Client.Manner;
import hob.ipc.Handlers;
import hob.testing.Bench;
import hob.testing.TempHouse;
import hob.testing.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A call as a person types it, and its answer as they read it.
class AskingTest {
    private final TempHouse house = new TempHouse();

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private static String done(Said said) {
        assertThat(said.exit()).as(said.toString()).isEqualTo(Exit.OK);
        assertThat(said.err()).isEmpty();
        return said.out();
    }

    @Test
    void anAnswerIsLaidOutForAPerson() throws Exception {
        try (var _ = Memory.startIn(house)) {
            var typist = Typist.in(house);
            done(typist.input("I live by the hearth.\nI do the chores \u001b[31mat night.\n")
                    .types("memory", "set-block", "name=persona", "text=-", "why==@home", "--trace", "t1"));
            assertThat(done(typist.types("memory", "block", "name=persona"))).containsPattern("""
                            name       persona
                            text
                              I live by the hearth.
                              I do the chores \\\\u001b\\[31mat night.
                            chars-max  5000
                            read-only  no
                            revision
                              number  1
                              deed    set
                              who     .*
                              when    \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\(.*\\)
                              turn    t1
                              why     @home
                              chars   \\d+
                            $""");
            assertThat(done(typist.types("memory", "block-history", "name=persona"))
                            .lines()
                            .limit(3))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("revisions"),
                            line -> assertThat(line).matches("  NUMBER  DEED  WHO +WHEN +TURN +WHY +CHARS"),
                            line -> assertThat(line).matches("  1 +set +.*t1 +@home +\\d+"));
        }
    }

    @Test
    void fieldsComeFromFilesAndInBothSpellings() throws Exception {
        try (var _ = Memory.startIn(house)) {
            var file = Files.writeString(house.house().folder().resolve("text"), "from a file");
            var typist = Typist.in(house);
            done(typist.types("call", "memory", "set_block", "name=persona", "text=@" + file, "expected-revision=0"));
            assertThat(done(typist.types("memory", "block", "name=persona"))).contains("text       from a file\n");
            assertThat(typist.types("memory", "set-block", "name=persona", "text=x", "expected_revision=0")
                            .exit())
                    .isEqualTo(Exit.CONFLICT);
        }
    }

    @Test
    void jsonIsTheAnswerAsItTravelled() throws Exception {
        try (var _ = Memory.startIn(house)) {
            assertThat(done(Typist.in(house).types("memory", "ping", "--json")))
                    .matches("\\{\"type\":\"pinged\",\"name\":\"memory\",.*}\\n");
        }
    }

    @Test
    void streamsComeLineByLine() {
        var bench = house.keep(new Bench(house.house().folder().resolve("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        var typist = Typist.in(house).knowing(Workshop.class);
        assertThat(done(typist.types("memory", "count", "to=3", "--json"))).isEqualTo("""
                        {"type":"tick","number":1,"ballast":"","more":true}
                        {"type":"tick","number":2,"ballast":"","more":true}
                        {"type":"tick","number":3,"ballast":"","more":true}
                        {"type":"counted","items":3}
                        """);
        assertThat(done(typist.types("memory", "count", "to=2", "ballast=b"))).isEqualTo("""
                        number   1
                        ballast  b
                        number   2
                        ballast  b
                        items  2
                        """);
    }

    @Test
    void aChangeHasAKeyAndLetsGoOfIt() throws Exception {
        var bench = house.keep(new Bench(house.house().folder().resolve("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        var typist = Typist.in(house).knowing(Workshop.class, HouseCall.class);

        assertThat(done(typist.types("memory", "add", "amount=5"))).isEqualTo("sum  5\n");
        assertThat(done(typist.types("memory", "metrics"))).contains("settled");

        for (int i = 0; i < 2; i++) { // the second is the answer of the first
            assertThat(done(typist.types("memory", "add", "amount=2", "--key", "mine")))
                    .isEqualTo("sum  7\n");
        }
        assertThat(bench.additions()).isEqualTo(2);
        var outcome = house.client(Family.MEMORY).ask(new HouseCall.Outcome(), Manner.USUAL.keyed("mine"));
        assertThat(outcome.state()).isEqualTo(State.DONE); // whoever gives a key may ask with it again
        assertThat(done(typist.types("memory", "outcome", "--key", "mine"))).contains("state   done\n");
    }

    @Test
    void timesAreTheReadersOwn() throws Exception {
        var times = new Times(Instant.parse("2026-11-20T05:30:00Z"), () -> ZoneId.of("Europe/Berlin"));
        assertThat(times.of(Instant.parse("2026-11-20T04:00:00Z"))).isEqualTo("2026-11-20 05:00:00 (1 h 30 min ago)");
        assertThat(times.age(Instant.parse("2026-11-20T05:29:59.5Z"))).isEqualTo("now");
        assertThat(times.age(Instant.parse("2026-11-20T05:30:20Z"))).isEqualTo("in 20 s");
        assertThat(times.age(Instant.parse("1970-01-01T00:00:00Z"))).isEqualTo("56 years ago");
    }

    @Test
    void metricsOfAllMembersAreOnePage() throws Exception {
        house.serve(Family.RAG, Handlers.of());
        house.serve(Family.MEMORY, Handlers.of());
        Files.createDirectory(house.house().folder().resolve("agent"));
        var said = Typist.in(house).types("metrics");
        assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE); // the agent's is missing, and is seen to be
        assertThat(said.err()).startsWith("hob: hob-agent does not answer at ").hasLineCount(1);
        assertThat(said.out())
                .contains("hob_up{member=\"memory\"} 1\n", "hob_up{member=\"rag\"} 1\n", "hob_up{member=\"agent\"} 0\n")
                .contains("hob_connections{member=\"rag\"} 1")
                .containsPattern(
                        "hob_call_seconds_bucket\\{member=\"memory\",call=\"ping\"|hob_connections\\{member=\"memory\"}")
                .containsOnlyOnce("# TYPE hob_connections gauge");
    }

    @Test
    void whoIsNotHereIsSaid() throws Exception {
        house.serve(Family.MEMORY, Handlers.of());
        Files.createDirectory(house.house().folder().resolve("agent"));
        assertThat(Typist.in(house).types("describe").out()).contains("memory\n", "agent\n", "rag (not here)\n");
        assertThat(Typist.nowhere().types("describe").out()).contains("rag\n");
        assertThat(Typist.in(house).types("ping", "agent").out())
                .startsWith("agent does not answer at " + house.house());
    }

    @Test
    void helpOfAVerbListsTheOptionsThatItTakes() {
        assertThat(done(Typist.in(house).types("help", "status")))
                .contains("--json")
                .doesNotContain("--key");
        assertThat(done(Typist.in(house).types("help", "completion"))).doesNotContain("--json");
        assertThat(done(Typist.in(house).types("help", "call"))).contains("--json", "--key");
    }

    @Test
    void namesAreDescribedAsTheyAreTyped() {
        assertThat(done(Typist.in(house).types("describe", "memory", "remove-block")))
                .contains("'revert-block' brings it back");
        assertThat(done(Typist.in(house).types("describe", "memory", "edit-block")))
                .contains("'after-line'")
                .doesNotContain("'after_line'");
    }

    @Test
    void logLevelsAreChanged() {
        house.serve(Family.MEMORY, Handlers.of());
        assertThat(done(Typist.in(house).types("log-level", "memory", "debug"))).isEqualTo("level  debug\n");
        assertThat(house.logLevel.get()).isEqualTo(HouseCall.LogLevel.DEBUG);
    }
}
