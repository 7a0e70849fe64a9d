package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the scripts say to someone who does not know them yet.
class ScriptsTest {
    private static Command script(String... words) {
        return Command.run(Checkout.root(), words);
    }

    @Test
    void devSaysWhatItCanDo() throws IOException {
        var said = script("scripts/dev");
        assertThat(said.exit()).isZero();
        try (var verbs = Files.list(Checkout.root().resolve("scripts/dev.d"))) {
            for (var verb : verbs.toList()) {
                assertThat(said.output()).containsPattern("(?m)^  " + verb.getFileName() + " +\\S");
            }
        }
    }

    @Test
    void wrongWordsAreToldTheRightOnes() {
        assertSays(script("scripts/dev", "tset"), 64, "scripts/dev knows no 'tset'", "  test ");
        assertSays(script("scripts/dev", "test"), 64, "'scripts/dev test Arrow'");
        assertSays(script("scripts/dev", "deep", "nothing"), 64, "No test has the tag 'nothing'", "build");
        assertSays(script("scripts/dev", "deep"), 64, "build");
        assertSays(script("scripts/dev", "run", "memroy"), 64, "memory");
        assertSays(script("scripts/test", "quik"), 64, "scripts/test quick");
        assertSays(script("scripts/test", "quick", "quick"), 64, "scripts/test quick");
        assertSays(script("scripts/up", "--detatch"), 64, "scripts/up --detach");
        assertSays(script("scripts/down", "memory"), 64, "'scripts/dev again WORD' starts one member anew");
        assertSays(
                script("scripts/dev", "again", "memroy"), 64, "'memroy' is no member here. Say which member: memory");
        assertThat(script("scripts/dev", "again").output()).startsWith("Say which member: memory");
        assertSays(script("scripts/dev", "bench", "strat"), 64, "scripts/dev bench start");
    }

    @Test
    void eachSaysWhatItIsForAndDoesNothingElse() {
        for (var name : List.of("up", "down", "test")) {
            var said = script("scripts/" + name, "--help");
            assertSays(said, 0, "scripts/" + name);
            assertThat(said.output()).doesNotContain("#", "set -");
            assertThat(script("scripts/" + name, "-h")).isEqualTo(said);
        }
        assertThat(script("scripts/dev", "again", "--help").output())
                .startsWith("scripts/dev again WORD: builds one member anew");
    }

    @Test
    void withoutAJdk25OneSentenceSaysHowToGetOne(@TempDir Path bare) {
        var said = Command.run(
                Checkout.root(),
                Map.of("JAVA_HOME", "", "PATH", "/usr/bin:/bin", "HOB_JVMS", bare.toString()),
                List.of("bash", "-c", "PATH=" + path(bare) + " scripts/mvn --version"));
        assertSays(said, 69, "JDK 25", "apt install", "dnf install", "pacman -S", "sdk install");
        assertThat(said.output().lines()).hasSize(1);
    }

    @Test
    void anotherJavaThatIsThereIsNamed(@TempDir Path bare, @TempDir Path old) throws IOException {
        Files.createFile(Files.createDirectories(old.resolve("bin")).resolve("javac"))
                .toFile()
                .setExecutable(true);
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        var said = Command.run(
                Checkout.root(),
                Map.of(
                        "JAVA_HOME",
                        old.toString(),
                        "HOB_JVMS",
                        old.resolve("none").toString()),
                List.of("bash", "-c", "PATH=" + path(bare) + " scripts/test"));
        assertSays(said, 69, "(only 17.0.15 in " + old + ")", "apt install");
        assertThat(said.output().lines()).as("no empty headings").hasSize(1);
    }

    /// Also where our own script of that name is found on the path.
    @Test
    void withoutMavenOneSentenceSaysHowToGetIt(@TempDir Path folder, @TempDir Path bare) {
        var scratch = ScratchCopy.in(folder);
        for (var typed : List.of("scripts/test", "scripts/up", "scripts/dev run memory")) {
            var said = Command.run(
                    scratch.root(),
                    Map.of("JAVA_HOME", System.getProperty("java.home"), "HOB_RUNTIME_DIR", ""),
                    List.of(
                            "bash",
                            "-c",
                            "PATH=" + path(bare, "find", "flock", "id", "mkdir", "mv", "setpriv", "setsid", "touch")
                                    + ":" + scratch.root() + "/scripts " + typed));
            assertSays(said, 69, "'mvn' is not on PATH", "apt install maven");
            assertThat(said.output().lines()).as(typed).hasSize(1);
        }
    }

    @Test
    void aRunThatIsInterruptedSaysSoAndCountsWhatWasRun(@TempDir Path folder) throws Exception {
        var scratch = ScratchCopy.in(folder);
        plantMaven(scratch, """
                mkdir -p ipc-core/target/surefire-reports
                echo '<testsuite><testcase classname="hob.Planted" name="one"/></testsuite>' \
                    >ipc-core/target/surefire-reports/TEST-hob.Planted.xml
                trap 'echo "[ERROR] last words"; exit 130' INT
                echo '[INFO] Building planted'
                while [ -e scripts/mvn ]; do sleep 0.1; done
                """);
        // The terminal's Ctrl-C goes to all; and this test may itself have been started by one who ignores it.
        var run = new ProcessBuilder(
                        "setsid",
                        "env",
                        "--default-signal=INT",
                        "PATH=" + scratch.root() + ":" + System.getenv("PATH"),
                        "scripts/test")
                .directory(scratch.root().toFile())
                .redirectErrorStream(true)
                .start();
        try (var lines = run.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("[INFO] Building planted");
            Signal.send("INT", -run.pid());
            assertThat(lines.lines())
                    .contains("[ERROR] last words", "1 passed, 0 failed, 0 skipped")
                    .anyMatch(line -> line.startsWith("Interrupted; "))
                    .noneMatch(line -> line.contains("red") || line.endsWith(" took:"));
            assertThat(run.waitFor()).isEqualTo(130);
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void aHouseThatDoesNotEndIsKilledAndAForeignOneIsTold(@TempDir Path house) throws Exception {
        Files.createDirectories(house.resolve("up"));
        var end = "set -euo pipefail; . scripts/lib/house.sh; house=" + house + "; ";
        var deaf = new ProcessBuilder(
                        "bash", "-c", "trap '' TERM; exec 9>up/lock; flock 9; echo $$ >up/pid; echo up; read -r line")
                .directory(house.toFile())
                .start();
        try (var lines = deaf.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("up");
            assertSays(
                    script("bash", "-c", end + "kill() { false; }; hob_end_house 1"),
                    77,
                    "The house " + house + " is up as process " + deaf.pid() + " of ");
            assertThat(deaf.isAlive()).isTrue();
            assertThat(script("bash", "-c", end + "hob_end_house 1"))
                    .isEqualTo(new Command(1, "It did not end within 1 s and was killed, and all members with it.\n"));
            assertThat(deaf.waitFor()).isEqualTo(128 + 9);
        } finally {
            deaf.destroyForcibly();
        }
    }

    @Test
    void whatPassingTestsPrintIsNotShownAndWhatIsWrongIs(@TempDir Path folder) throws IOException {
        var log = Files.writeString(folder.resolve("log"), """
                [INFO] Building Hob: planted 1 [1/1]
                [INFO] Running hob.FirstTest
                java.io.IOException: planted, and found
                	at hob.FirstTest.plant(FirstTest.java:1)
                figure: planted 1 faults
                [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in hob.FirstTest
                [INFO] Running hob.SecondTest
                [ERROR] hob.SecondTest.fails -- Time elapsed: 1 s <<< FAILURE!
                java.lang.AssertionError: not so
                	at hob.SecondTest.fails(SecondTest.java:1)

                [INFO] Running hob.ThirdTest
                a passing test's word
                [ERROR] Some.java:[1,2] cannot find symbol
                  symbol: class Other
                """);
        assertThat(shown("cat " + log)).isEqualTo("""
                [INFO] Building Hob: planted 1 [1/1]
                figure: planted 1 faults
                [INFO] Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in hob.FirstTest
                [ERROR] hob.SecondTest.fails -- Time elapsed: 1 s <<< FAILURE!
                java.lang.AssertionError: not so
                	at hob.SecondTest.fails(SecondTest.java:1)
                [ERROR] Some.java:[1,2] cannot find symbol
                  symbol: class Other
                """);
    }

    @Test
    void testsThatTakeLongAreNamedMeanwhile() {
        assertThat(shown("{ echo '[INFO] Running hob.SlowTest'; sleep 2.5; echo '[INFO] Building on'; }"))
                .matches("(?s)( +\\.\\.\\. hob.SlowTest, for \\d+ s\n)+\\[INFO\\] Building on\n");
    }

    private static String shown(String maven) {
        return script(
                        "bash",
                        "-c",
                        "set -euo pipefail; . scripts/lib/run.sh; hob_quiet_seconds=1; " + maven + " | hob_show")
                .output();
    }

    /// A Maven that does what a test wants to see the scripts deal with.
    private static void plantMaven(ScratchCopy scratch, String body) {
        scratch.plant("mvn", "#!/usr/bin/env bash\n" + body);
        assertThat(scratch.root().resolve("mvn").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theTimeOfEachPartIsToldHoweverLongTheLog(@TempDir Path folder) throws IOException {
        var log = Files.writeString(
                folder.resolve("log"),
                "[INFO] Reactor Summary for a planted build:\n[INFO] Hob: planted ..... SUCCESS [  1.0 s]\n"
                        + "[INFO] noise\n".repeat(100_000)
                        + "[INFO] Reactor Summary for Hob:\n[INFO] Hob: memory ..... SUCCESS [  2.5 s]\n"
                        + "[INFO] Hob: a part whose name leaves no room for dots SUCCESS [  1.5 s]\n"
                        + "[ERROR] noise\n".repeat(100_000));
        var told =
                script("bash", "-c", "set -euo pipefail; . scripts/lib/run.sh; hob_parts " + log + "; echo on it goes");
        assertThat(told)
                .isEqualTo(new Command(
                        0, "2.5 s  Hob: memory\n1.5 s  Hob: a part whose name leaves no room for dots\non it goes\n"));
    }

    /// Such as a step of a database that another branch has.
    @Test
    void whatHasASourceNoMoreIsBuiltNoMore(@TempDir Path folder) throws Exception {
        for (var module : List.of("memory", "up")) {
            var classes = Files.createDirectories(folder.resolve("daemons/" + module + "/target/classes"));
            Files.createDirectories(folder.resolve("daemons/" + module + "/src/main/resources"));
            Files.createFile(folder.resolve("daemons/" + module + "/src/main/resources/V1.sql"));
            Files.createFile(classes.resolve("V1.sql"));
            Files.createFile(classes.resolve("Main.class"));
            Files.createFile(classes.resolveSibling(module + "-1.jar"));
        }
        Files.createFile(folder.resolve("daemons/memory/target/classes/V2.sql"));
        var left = script(
                "bash",
                "-c",
                "set -euo pipefail; . scripts/lib/release.sh; cd " + folder
                        + "; hob_drop_stale; find . -name Main.class -o -name '*.jar' | sort");
        assertThat(left)
                .isEqualTo(new Command(0, "./daemons/up/target/classes/Main.class\n./daemons/up/target/up-1.jar\n"));
    }

    @Test
    void oldReleasesAreRemovedWhereNobodyRuns(@TempDir Path folder) throws Exception {
        var releases = folder.resolve("target/releases");
        for (int i = 1; i <= 5; i++) {
            var release = Files.createDirectories(releases.resolve("r" + i));
            Files.setLastModifiedTime(release, FileTime.from(Instant.ofEpochSecond(i)));
        }
        var runs = new ProcessBuilder("sh", "-c", "read -r line", releases.resolve("r1") + "/any.jar").start();
        try {
            var left = script(
                    "bash",
                    "-c",
                    "set -euo pipefail; . scripts/lib/release.sh; cd " + folder
                            + "; hob_remove_old_releases; ls target/releases");
            assertThat(left).isEqualTo(new Command(0, "r1\nr3\nr4\nr5\n"));
        } finally {
            runs.destroy();
        }
    }

    @Test
    @Tag("slow")
    void plainMavenCompilesWhateverJavaItWasStartedOn(@TempDir Path folder) {
        assumeTrue(Command.exists("mvn") && Command.exists("java"), "there is no 'mvn' or no 'java' on PATH");
        var scratch = ScratchCopy.in(folder);
        var said = Command.run(
                scratch.root(),
                Map.of("JAVA_HOME", "", "MAVEN_OPTS", ""),
                List.of("mvn", "--batch-mode", "--offline", "compile", "--projects", "ipc-core"));
        assertThat(said.exit()).as(said.output()).isZero();
        assertThat(scratch.root().resolve("ipc-core/target/classes/hob/contract/Family.class"))
                .exists();
    }

    /// A path with the few programs that the script needs, and no javac.
    private static String path(Path bare, String... more) {
        var programs = new ArrayList<>(List.of("bash", "dirname", "readlink", "grep", "sed"));
        programs.addAll(List.of(more));
        for (var program : programs) {
            assertThat(script("sh", "-c", "cp \"$(command -v " + program + ")\" " + bare)
                            .exit())
                    .isZero();
        }
        return bare.toString();
    }

    private static void assertSays(Command said, int exit, String... words) {
        assertThat(said.exit()).as(said.output()).isEqualTo(exit);
        assertThat(said.output()).contains(words);
    }
}
