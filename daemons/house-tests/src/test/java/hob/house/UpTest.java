package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The family as plain processes: `scripts/up`, `scripts/down`, and what stands between them.
@Tag("slow")
class UpTest {
    @TempDir
    private Path folder;

    private Upstairs upstairs;

    @BeforeEach
    void copy() throws IOException {
        upstairs = new Upstairs(folder);
    }

    @AfterEach
    void end() {
        upstairs.close();
    }

    @Test
    void itStartsAnswersAndDrainsTheOtherWayRound() throws Exception {
        upstairs.plant(Family.RAG, "answering");
        var up = upstairs.up().awaitUp();
        up.awaitLine("up +\\| .*constitution.*"); // the first answer
        up.awaitLine("up +\\| it stays in this terminal until Ctrl-C; ask it from a second one");
        assertThat(upstairs.pid(Family.MEMORY)).isPositive();
        assertThat(up.lines().stream().filter(line -> line.contains(" after its start")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("memory answers"),
                        line -> assertThat(line).contains("rag answers"));

        assertThat(up.end()).isZero();
        assertThat(up.lines().stream().filter(line -> line.contains(" is drained, in ") || line.contains("is down")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("rag is drained"),
                        line -> assertThat(line).contains("memory is drained"),
                        line -> assertThat(line).contains("the house is down"));
        assertThat(upstairs.house().resolve("memory/sock")).doesNotExist();
    }

    @Test
    void aMemberThatIsKilledComesBack() throws Exception {
        var up = upstairs.up().awaitUp();
        var pid = upstairs.pid(Family.MEMORY);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        up.awaitLine("up +\\| memory was killed by signal 9 .*; it is started again in 100 ms");
        Eventually.await("another one answers", () -> upstairs.pid(Family.MEMORY) != pid);
    }

    @Test
    void aWrongConfigIsToldInASentenceAndTheOthersRun() throws Exception {
        upstairs.plant(Family.RAG, "answering");
        var config = Files.createDirectories(upstairs.house().resolve("config")).resolve("memory.toml");
        Files.writeString(config, "colour = \"red\"\n");
        var up = upstairs.up();
        up.awaitLine(
                "up +\\| memory ended with 78 \\(its config is wrong\\), and said last: .*memory.toml:1: 'colour' is"
                        + " unknown; the others go on; mend .*memory.toml, then 'scripts/dev again memory'");
        up.awaitLine("up +\\| the house is up, after .*: rag; not up: memory");
        var status = upstairs.run("scripts/hob", "status");
        assertThat(status.exit()).as(status.output()).isEqualTo(1);
        assertThat(status.output()).contains("\n  scripts/dev again memory\n");

        Files.writeString(config, "");
        var again = upstairs.again(Family.MEMORY);
        assertThat(again.output()).startsWith("memory answers, ");
        assertThat(again.exit()).isZero();
        assertThat(upstairs.pid(Family.MEMORY)).isPositive();
    }

    @Test
    void aMemberIsStartedAnewFromChangedSourcesAndTheOthersGoOn() throws Exception {
        upstairs.plant(Family.RAG, "answering");
        assertThat(upstairs.run("scripts/dev", "again", "memory"))
                .isEqualTo(new Command(69, "Nothing is up in " + upstairs.house() + ": 'scripts/up' starts it.\n"));
        var up = upstairs.up().awaitUp();
        assertThat(upstairs.run("scripts/dev", "again", "memroy"))
                .isEqualTo(new Command(64, "'memroy' is no member here. Say which member: memory, rag\n"));
        var memory = upstairs.pid(Family.MEMORY);
        var rag = up.pid(Family.RAG);

        upstairs.change(
                "daemons/memory/src/main/java/hob/memory/Constitution.java",
                "What holds whatever",
                "This holds whatever");
        var again = upstairs.run("scripts/dev", "again", "memory");
        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(again.output()).containsPattern("\nmemory answers, .* after its start \\(pid \\d+\\)\n");
        assertThat(upstairs.pid(Family.MEMORY)).isNotEqualTo(memory);
        assertThat(again.output()).contains("(pid " + upstairs.pid(Family.MEMORY) + ")");
        assertThat(upstairs.run("scripts/hob", "memory", "blocks").output()).contains("This holds whatever else");
        assertThat(ProcessHandle.of(memory)).isEmpty();
        assertThat(ProcessHandle.of(rag)).isPresent();
        assertThat(up.pid(Family.RAG)).isEqualTo(rag);
    }

    @Test
    void whatIsRunOrAskedByItselfRunsFromAReleaseToo() throws Exception {
        assertThat(upstairs.run("scripts/hob", "ping"))
                .isEqualTo(new Command(69, "hob is not built yet: '" + upstairs.root() + "/scripts/up' builds it.\n"));
        var run = upstairs.start("scripts/dev", "run", "memory");
        run.awaitLine(".*answering at .*");
        assertThat(run.process().info().commandLine().orElseThrow())
                .contains(upstairs.root().resolve("target/release").toRealPath() + "/memory-0.1.0-SNAPSHOT.jar")
                .doesNotContain("/target/classes", "/daemons/memory/target");
        assertThat(upstairs.run("scripts/dev", "ask", "memory", "ping", "--json")
                        .output())
                .matches("\\{.*\"pid\":" + run.process().pid() + ",.*\\}\n");

        var java = upstairs.root().resolve("target/release/java");
        Files.writeString(java, Files.readString(java).replaceFirst(".*", "/no/jdk/bin/java"));
        assertThat(upstairs.run("scripts/hob", "ping"))
                .isEqualTo(new Command(
                        69,
                        "hob was built with /no/jdk/bin/java, which is gone: '" + upstairs.root()
                                + "/scripts/up' builds it with another JDK.\n"));
        assertThat(upstairs.run("scripts/dev", "ask", "ping").exit()).isZero();
        assertThat(run.end()).isZero();
    }

    @Test
    void aSecondOneIsRefused() throws Exception {
        var up = upstairs.up().awaitUp();
        var second = upstairs.run("scripts/up");
        assertThat(second.exit()).as(second.output()).isEqualTo(75);
        assertThat(second.output())
                .contains("is up already (process " + up.process().pid() + ")", "'scripts/down' ends all");
        assertThat(upstairs.pid(Family.MEMORY)).isPositive();
    }

    @Test
    void whenItIsKilledNobodyIsLeftBehind() throws Exception {
        var up = upstairs.up().awaitUp();
        var memory = ProcessHandle.of(upstairs.pid(Family.MEMORY)).orElseThrow();
        var below = up.below();
        assertThat(below).contains(memory);
        up.process().destroyForcibly().waitFor();
        Eventually.await("all below it have ended", () -> below.stream().noneMatch(Alive::is));
        assertThat(upstairs.run("scripts/down").output()).startsWith("Nothing is up in ");
    }

    @Test
    void inTheBackgroundItGoesOnUntilItIsToldToEnd() {
        var up = upstairs.run("scripts/up", "--detach");
        assertThat(up.exit()).as(up.output()).isZero();
        assertThat(up.output()).contains("the house is up, after ", "'scripts/down' ends it");
        assertThat(upstairs.pid(Family.MEMORY)).isPositive();
        assertThat(upstairs.house().resolve("log/memory.log")).content().contains("answering at ");

        var down = upstairs.run("scripts/down");
        assertThat(down.exit()).as(down.output()).isZero();
        assertThat(down.output()).contains("memory is drained, in ", "the house is down, after ");
        assertThat(upstairs.run("scripts/down"))
                .isEqualTo(new Command(0, "Nothing is up in " + upstairs.house() + ".\n"));
    }

    @Test
    void whoIsStoppedIsLetGoOnAndDrained() throws Exception {
        var up = upstairs.up().awaitUp();
        Signal.send("STOP", upstairs.pid(Family.MEMORY));
        Signal.send("STOP", up.process().pid());
        var down = upstairs.run("scripts/down");
        assertThat(down.exit()).as(down.output()).isZero();
        assertThat(down.output())
                .contains("memory is drained, in ", "the house is down, after ")
                .doesNotContain("killed");
    }

    @Test
    void inTheBackgroundWhoDidNotComeUpIsTold() throws Exception {
        upstairs.plant(Family.RAG, "answering");
        var config = Files.createDirectories(upstairs.house().resolve("config")).resolve("memory.toml");
        Files.writeString(config, "colour = \"red\"\n");
        var up = upstairs.run("scripts/up", "--detach");
        assertThat(up.exit()).as(up.output()).isEqualTo(1);
        assertThat(up.output())
                .contains(
                        ": rag; not up: memory\n",
                        "It goes on in the background without memory: ",
                        "'scripts/hob status' says what to do");
    }

    @Test
    void whatIsSaidOfAMemberStandsBesideWhatItSays() {
        assertThat(upstairs.run("scripts/up", "--detach").exit()).isZero();
        assertThat(hob("memory", "block", "name=absent", "--trace", "t1").exit())
                .isEqualTo(66);
        assertThat(hob("logs", "--trace", "t1").output())
                .matches("\\S+ \\S+ memory    \\| 'block' of uid:\\d+ failed, NOT_FOUND: .* \\[trace t1]\n");

        var pid = upstairs.pid(Family.MEMORY);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Eventually.await("another one answers", () -> upstairs.pid(Family.MEMORY) != pid);
        assertThat(hob("logs", "memory").output())
                .containsPattern("(?s)memory    \\| answering at .*memory    \\| up: memory was killed by signal 9"
                        + ".*memory    \\| answering at ");
    }

    private Command hob(String... words) {
        var all = new ArrayList<>(List.of("env", "HOB_RUNTIME_DIR=" + upstairs.house(), "scripts/hob"));
        all.addAll(List.of(words));
        return upstairs.run(all.toArray(String[]::new));
    }

    @Test
    void whatRunsIsWhatWasBuiltWhateverWasCached() throws Exception {
        upstairs.plant(Family.RAG, "one");
        var first = startUntilCached("one");
        upstairs.plant(Family.RAG, "two");
        var second = startUntilCached("two");
        assertThat(second).isNotEqualTo(first);

        var jar = second.resolve("rag-0.1.0-SNAPSHOT.jar");
        var built = Files.size(jar);
        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(upstairs.run("scripts/up", "--detach").exit()).isZero();
        assertThat(upstairs.root().resolve("target/release").toRealPath()).isEqualTo(second);
        assertThat(jar).as("the jar that was written into").hasSize(built);
    }

    /// @return the release that ran
    private Path startUntilCached(String status) throws Exception {
        var up = upstairs.up();
        up.awaitLine("rag +\\| \\(" + status + "\\)");
        up.awaitLine("up +\\| the ahead-of-time cache is made, .*");
        assertThat(up.end()).isZero();
        var release = upstairs.root().resolve("target/release").toRealPath();
        assertThat(release.resolve("hob.aot")).exists();
        // Now by the cache, and still the same.
        var cached = upstairs.up().awaitLine("rag +\\| \\(" + status + "\\)");
        assertThat(loadedFromJars("ping", "memory")).isEmpty(); // rag has no door to ping at
        assertThat(loadedFromJars("memory", "blocks")).isEmpty();
        assertThat(cached.end()).isZero();
        return release;
    }

    /// What of ours the command does not find in the cache, but for what is spun at run time.
    private List<String> loadedFromJars(String... typed) throws IOException {
        var log = folder.resolve("loaded");
        var words = new ArrayList<>(List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log, "scripts/hob"));
        words.addAll(List.of(typed));
        upstairs.run(words.toArray(String[]::new));
        var loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains(" hob.hand.Main source: "));
        return loaded.stream()
                .filter(line -> line.contains("] hob.") && line.contains("source: file:"))
                .toList();
    }
}
