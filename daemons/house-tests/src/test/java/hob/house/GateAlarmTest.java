package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Figures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The gates of this module can fail: each finds the fault that is planted for it, and says what it found.
@Tag("build")
class GateAlarmTest {
    private static final AtomicInteger FOUND = new AtomicInteger();

    private final ScratchCopy scratch;

    GateAlarmTest(@TempDir Path folder) {
        scratch = ScratchCopy.in(folder);
    }

    @AfterAll
    static void count() {
        Figures.note("planted-faults-found-by-gates", FOUND.get(), "faults");
    }

    private void expectRed(Class<?> gate, String... words) {
        var verdict = Gate.over(scratch.root(), gate);
        assertThat(String.join("\n", verdict.findings()))
                .as("what %s found", gate.getSimpleName())
                .contains(words);
        FOUND.incrementAndGet();
    }

    @Test
    void anArrowThatMustNotBe() throws IOException {
        var classes = Checkout.root().resolve("ipc-core/target/classes");
        compile(
                "daemons/memory/target/classes",
                classes,
                "hob/memory/Planted.java",
                "package hob.memory; class Planted { hob.agent.Other other; }",
                "hob/agent/Other.java",
                "package hob.agent; public class Other { }");
        expectRed(ArrowTest.class, "daemons meet only on sockets", "hob.memory.Planted.other", "hob.agent.Other");
    }

    @Test
    void aCircleOfPackages() throws IOException {
        compile(
                "ipc-core/target/classes",
                Checkout.root().resolve("ipc-core/target/classes"),
                "hob/contract/Planted.java",
                "package hob.contract; public class Planted { hob.ipc.Other other; }",
                "hob/ipc/Other.java",
                "package hob.ipc; public class Other { hob.contract.Planted planted; }");
        expectRed(ArrowTest.class, "Cycle detected", "a reader goes in one natural direction");
    }

    @Test
    void aShellError() {
        assumeTrue(Command.exists("shellcheck"), "shellcheck is not installed: 'scripts/dev setup' does it");
        scratch.plant("scripts/planted.sh", "#!/usr/bin/env bash\ncd $1\n");
        expectRed(ShellTest.class, "planted.sh", "SC2086");
    }

    @ParameterizedTest
    @EnumSource
    void aUnit(UnitFault fault) {
        assumeTrue(Command.exists("systemd-analyze"), "systemd-analyze is not installed");
        fault.plantIn(scratch);
        expectRed(UnitsTest.class, fault.words());
    }

    @Test
    void aKeyThatOnlyANewerSystemdKnows() {
        assumeTrue(Command.exists("systemd-analyze"), "systemd-analyze is not installed");
        var version =
                Command.run(Checkout.root(), "systemd-analyze", "--version").output();
        assumeTrue(version.startsWith("systemd 252"), "this machine's systemd knows RestartSteps= already");
        scratch.change("units/hob-memory.service", "RestartSec=1", "RestartSec=1\nRestartSteps=8");
        expectRed(UnitsTest.class, "RestartSteps");
    }

    @Test
    void aLibraryThatThePageDoesNotList() {
        plantLibrary("| org.planted:library | 1.0 | compile | Apache-2.0 |");
        expectRed(LicencesTest.class, "org.planted:library", "scripts/dev update");
    }

    @Test
    void aLicenceThatHobCannotBeGivenAwayWith() {
        plantLibrary("| org.planted:library | 1.0 | compile | GPL-3.0 |");
        expectRed(LicencesTest.class, "licences of org.planted:library (compile)", "GPL-3.0");
    }

    @Test
    void aClaimWithoutProof() {
        scratch.plant("docs/planted.md", "It starts in a blink [proof: planted](PROOF.md).\n");
        expectRed(ProofTest.class, "docs/planted.md", "scripts/dev deep planted");
    }

    @Test
    void aClaimWithoutAMark() {
        scratch.plant("docs/planted.md", "A call takes 12 µs.\n");
        expectRed(ProofTest.class, "docs/planted.md", "a claim without a mark");
    }

    @Test
    void aPictureThatTheCodeDoesNotDraw() {
        scratch.change("docs/ARCHITECTURE.md", "    rag --> memory\n", "    rag --> matrix\n");
        expectRed(PapersTest.class, "docs/ARCHITECTURE.md is not what the code says");
    }

    @Test
    void anInvariantWithoutATest() {
        scratch.change("docs/ARCHITECTURE.md", "`ArrowTest", "`PlantedTest");
        expectRed(PapersTest.class, "PlantedTest", "nobody wrote");
    }

    @Test
    void aConfigWithoutAPage() {
        scratch.plant("daemons/planted/src/main/java/hob/planted/PlantedConfig.java", "record PlantedConfig() {}\n");
        expectRed(ConfigPagesTest.class, "pages in docs/config", "\"planted\"", "implements ConfigPromises");
    }

    @Test
    void aPageWithoutAConfig() {
        scratch.plant("docs/config/ghost.md", "# Settings of hob-ghost\n");
        expectRed(ConfigPagesTest.class, "\"ghost\"", "to be deleted");
    }

    @Test
    void aDeadLink() {
        scratch.plant("docs/planted.md", "See [there](nowhere.md).\n");
        expectRed(PapersTest.class, "docs/planted.md -> nowhere.md");
    }

    private void plantLibrary(String row) {
        scratch.plant("daemons/house-tests/target/licences/licences.md", row + "\n");
    }

    /// Names and sources in turn, compiled without the build's gates into a folder of the scratch copy.
    private void compile(String into, Path classpath, String... namesAndSources) throws IOException {
        var sources = scratch.root().resolve("planted");
        var files = new ArrayList<String>();
        for (int i = 0; i < namesAndSources.length; i += 2) {
            var file = sources.resolve(namesAndSources[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, namesAndSources[i + 1]);
            files.add(file.toString());
        }
        var words =
                new ArrayList<>(List.of("-d", scratch.root().resolve(into).toString(), "-cp", classpath.toString()));
        words.addAll(files);
        var quiet = OutputStream.nullOutputStream();
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, quiet, quiet, words.toArray(String[]::new)))
                .as("the planted classes compile")
                .isZero();
    }
}
