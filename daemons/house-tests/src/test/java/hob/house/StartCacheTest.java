package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Part;
import hob.ipc.Client;
import hob.ipc.House;
import hob.testing.Command;
import hob.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a wrong cache, or none, a member starts all the same, is well, and says that the start was slower and why.
@Tag("install")
@Tag("slow")
class StartCacheTest {
    private static final String NOBODY = "65534";
    private static final String REFUSED = "which is damaged, or of another release, runtime or flags";

    @TempDir
    private Path folder;

    private Path release;
    private Path cache;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void copy() {
        release = folder.resolve("release");
        run("cp", "-a", Installed.release().toString(), release.toString());
        cache = ReleaseFolder.cache(release);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private void run(String... words) {
        assertThat(Command.run(folder, words)).isEqualTo(new Command(0, ""));
    }

    /// As its unit starts it.
    ///
    /// @param behind words such as those that make it another user's
    private Part start(String... behind) throws IOException {
        var house = Files.createDirectories(folder.resolve("house"));
        var words = new ArrayList<>(List.of(behind));
        words.addAll(List.of("runtime/bin/java", "@java.options", "-Xmx64m", "hob.memory.Main"));
        var builder = new ProcessBuilder(words)
                .directory(release.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("HOB_RUNTIME_DIR", house.toString());
        builder.environment().remove("NOTIFY_SOCKET");
        Files.createDirectories(house.resolve("memory"));
        if (behind.length > 0) {
            run("chown", "-R", NOBODY, house.toString());
            run("chmod", "711", folder.toString());
        }
        var process = builder.start();
        started.add(process);
        var log = folder.resolve("log");
        Eventually.await(
                () -> "it answers; it said " + said(log),
                () -> !process.isAlive() || said(log).contains("answering at "));
        assertThat(process.isAlive()).as(said(log)).isTrue();
        assertThat(said(log)).as("the JVM's own complaints are nobody's").doesNotContain("[aot]");
        try (var client = new Client(House.ofOneUser(house), Family.MEMORY)) {
            var health = client.ask(new Health());
            assertThat(health.ok()).isTrue();
            return health.parts().stream()
                    .filter(part -> part.name().equals("start"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void isToldWhy(Part part, String why) throws IOException {
        var real = cache.toAbsolutePath();
        assertThat(part)
                .isEqualTo(Part.wellBut(
                        "start",
                        "it started without its ahead-of-time cache " + real + ", " + why + ": slower, and no other",
                        release + "/bin/hob rehearse --cache " + real));
    }

    @Test
    void byTheRightCacheThereIsNothingToSay() throws IOException {
        assertThat(start()).isEqualTo(Part.well("start"));
    }

    @Test
    void withoutOneItSaysSoAndWhatItNamesMendsIt() throws Exception {
        Files.delete(cache);
        var told = start();
        isToldWhy(told, "which is not there");
        var status = Command.run(
                folder, "env", "HOB_RUNTIME_DIR=" + folder.resolve("house"), release + "/bin/hob", "status");
        assertThat(status.exit()).as(status.output()).isZero();
        assertThat(status.output())
                .contains("memory, start: it started without its ahead-of-time cache ", "\n  " + told.mend() + "\n")
                .containsPattern("memory +well");
        assertThat(Command.run(folder, "bash", "-c", String.valueOf(told.mend()))
                        .exit())
                .isZero();
        end();
        assertThat(start()).isEqualTo(Part.well("start"));
    }

    @Test
    void ofOneThatWasMadeMeanwhileItSaysWhenItIsUsed() throws IOException {
        var aside = Files.move(cache, folder.resolve("aside"));
        start();
        run("cp", aside.toString(), cache.toString());
        try (var client = new Client(House.ofOneUser(folder.resolve("house")), Family.MEMORY)) {
            assertThat(client.ask(new Health()).parts())
                    .anyMatch(part -> part.note() != null
                            && part.note().contains(", which was made since then: ")
                            && part.mend() != null
                            && part.mend().contains("memory"));
        }
    }

    @Test
    void ofOneOfOtherFlagsItSaysSo() throws IOException {
        Files.delete(cache);
        var flags = List.of("-XX:+UseSerialGC", "-XX:-UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");
        var words = new ArrayList<>(List.of("env", "-C", release.toString(), "runtime/bin/java"));
        words.addAll(flags);
        words.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-cp", "lib/hob.jar", "hob.memory.Main", "--version"));
        assertThat(Command.run(folder, words.toArray(String[]::new)).exit()).isZero();
        assertThat(cache).exists();
        old();
        isToldWhy(start(), REFUSED);
    }

    /// With jars of the same names and sizes, which are all that a JVM would look at beside their times.
    @Test
    void ofOneOfAnotherReleaseItSaysSo() throws IOException {
        var other = folder.resolve("other");
        ReleaseFolder.changed(other, "echo '# another' >>etc/memory.toml");
        Files.move(ReleaseFolder.makeCache(other), cache, StandardCopyOption.REPLACE_EXISTING);
        old();
        isToldWhy(start(), REFUSED);
    }

    @Test
    void ofOneThatIsCutShortItSaysSo() throws IOException {
        run("truncate", "-s", "1000000", cache.toString());
        old();
        isToldWhy(start(), REFUSED);
    }

    /// Where nothing else of it would show that.
    @Test
    void ofOneThatIsDamagedInTheMidstItSaysSo() throws IOException {
        run("dd", "if=/dev/zero", "of=" + cache, "bs=4096", "seek=3000", "count=200", "conv=notrunc", "status=none");
        old();
        isToldWhy(start(), REFUSED);
    }

    @Test
    void ofAnEmptyOneItSaysSo() throws IOException {
        Files.write(cache, new byte[0]);
        old();
        isToldWhy(start(), REFUSED);
    }

    private void old() {
        run("touch", "-d", "2026-01-01", cache.toString());
    }

    @Test
    void ofOneThatItMayNotReadItSaysSo() throws IOException {
        assumeTrue(isRoot(), "only root can be somebody who may not read its own file");
        run("chmod", "600", cache.toString());
        isToldWhy(start("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"), "which it may not read");
    }

    private boolean isRoot() {
        return Command.run(folder, "id", "-u").output().equals("0\n");
    }
}
