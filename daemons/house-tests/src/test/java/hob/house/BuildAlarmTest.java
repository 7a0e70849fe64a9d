package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Command;
import hob.testing.Figures;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gates of the build can fail: in a copy with a planted fault the build itself is red, with a message that helps.
@Tag("build")
@Tag("slow")
class BuildAlarmTest {
    private static final AtomicInteger FOUND = new AtomicInteger();

    private final ScratchCopy scratch;

    BuildAlarmTest(@TempDir Path folder) {
        scratch = ScratchCopy.in(folder);
    }

    @AfterAll
    static void count() {
        Figures.note("planted-faults-found-by-builds", FOUND.get(), "faults");
    }

    private static void expectRed(Command build, String... words) {
        assertThat(build.exit()).as("how the build ended:\n%s", build.output()).isNotZero();
        assertThat(build.output()).contains(words);
        FOUND.incrementAndGet();
    }

    /// Of which nothing else is left, since the gates are the same for one class as for all.
    private Command compilePlanted() {
        scratch.run(
                "find",
                "ipc-core/src/main",
                "-type",
                "f",
                "!",
                "-name",
                "Planted.java",
                "!",
                "-path",
                "*/contract/package-info.java",
                "-delete");
        return scratch.run("scripts/mvn", "--offline", "compile", "--projects", "ipc-core", "-Dhob.format=check");
    }

    private ScratchCopy plantClass(String body) {
        return scratch.plant(
                "ipc-core/src/main/java/hob/contract/Planted.java", "package hob.contract;\n\n" + body + "\n");
    }

    @Test
    void aWarning() {
        plantClass("""
                import java.util.ArrayList;
                import java.util.List;

                class Planted {
                    List<String> raw() {
                        return new ArrayList();
                    }
                }""");
        expectRed(compilePlanted(), "Planted.java:[8,20] [rawtypes]", "warnings found and -Werror specified");
    }

    /// Both are errors of their own, so that one build tells them beside each other.
    @Test
    void aNullDereferenceAndAPackageThatDoesNotSayWhatMayBeNull() {
        scratch.plant("ipc-core/src/main/java/hob/planted/Planted.java", "package hob.planted;\n\nclass Planted {}\n");
        plantClass("""
                import org.jspecify.annotations.Nullable;

                class Planted {
                    int length(@Nullable String text) {
                        return text.length();
                    }
                }""");
        expectRed(
                compilePlanted(),
                "[NullAway] dereferenced expression 'text' is @Nullable",
                "[RequireExplicitNullMarking]");
        FOUND.incrementAndGet();
    }

    @Test
    void aBadlyFormattedFile() {
        plantClass("class Planted { int  two(){return 2;} }");
        expectRed(compilePlanted(), "Planted.java", "format violations");
    }

    @Test
    void aClassThatIsThereTwice() {
        scratch.takeClasses().run("bash", "-euc", """
                mkdir -p daemons/memory/target/classes/hob/daemon
                cp ipc-core/target/classes/hob/daemon/Version.class daemons/memory/target/classes/hob/daemon/
                """);
        expectRed(
                scratch.run("scripts/mvn", "--offline", "package", "-Dmaven.main.skip", "-DskipTests"),
                "Duplicate classes found",
                "hob:memory:jar",
                "hob/daemon/Version.class");
    }

    @Test
    void twoVersionsOfOneLibrary() {
        for (int version = 1; version <= 2; version++) {
            plantLibrary("deep", version, "");
            plantLibrary(
                    "shallow" + version,
                    1,
                    "<dependencies><dependency><groupId>planted</groupId><artifactId>deep</artifactId><version>"
                            + version + "</version><type>pom</type></dependency></dependencies>");
        }
        scratch.change("ipc-core/pom.xml", "  <dependencies>", """
                  <repositories>
                    <repository>
                      <id>planted</id>
                      <url>file://${maven.multiModuleProjectDirectory}/planted</url>
                    </repository>
                  </repositories>
                  <dependencies>
                    <dependency><groupId>planted</groupId><artifactId>shallow1</artifactId><version>1</version><type>pom</type></dependency>
                    <dependency><groupId>planted</groupId><artifactId>shallow2</artifactId><version>1</version><type>pom</type></dependency>""");
        expectRed(
                scratch.run(
                        "scripts/mvn",
                        "--offline",
                        "-Daether.offline.protocols=file",
                        "-Dmaven.repo.local.recordReverseTree=false",
                        "validate",
                        "--projects",
                        "ipc-core"),
                "Dependency convergence error for planted:deep");
    }

    @Test
    void aSkipThatNobodyListed() {
        scratch.takeClasses().plant("ipc-core/src/test/java/hob/contract/PlantedTest.java", """
                package hob.contract;

                import org.junit.jupiter.api.Disabled;
                import org.junit.jupiter.api.Test;

                class PlantedTest {
                    @Test
                    void runs() {}

                    @Test
                    @Disabled("no time today")
                    void isLeftOut() {}
                }
                """);
        expectRed(
                scratch.run(
                        "scripts/dev", "test", "Planted", "--offline", "--projects", "ipc-core", "-Dmaven.main.skip"),
                "FAILED   hob.contract.PlantedTest#isLeftOut: no time today (a skip that docs/skips.md does not list",
                "\n1 passed, 1 failed, 0 skipped\n");
    }

    private void plantLibrary(String name, int version, String more) {
        scratch.plant(
                "planted/planted/" + name + "/" + version + "/" + name + "-" + version + ".pom",
                "<project><modelVersion>4.0.0</modelVersion><groupId>planted</groupId><artifactId>" + name
                        + "</artifactId><version>" + version + "</version><packaging>pom</packaging>" + more
                        + "</project>");
    }
}
