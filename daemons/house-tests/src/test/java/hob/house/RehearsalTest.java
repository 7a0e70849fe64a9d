package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Command;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A release tries itself before anybody lives in it, and is quicker for it.
@Tag("install")
@Tag("slow")
class RehearsalTest {
    @TempDir
    private Path folder;

    private Path release;

    @BeforeEach
    void copy() {
        release = folder.resolve("release");
        run("cp", "-a", Installed.release().toString(), release.toString());
        run("rm", "-f", ReleaseFolder.cache(release).toString());
    }

    private Command run(String... words) {
        return Command.run(folder, words);
    }

    private Command hob(String... words) {
        var all = new ArrayList<>(List.of(release + "/bin/hob"));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    @Test
    void everyMemberRehearsesAndNothingIsLeftBehind() throws IOException {
        var temporary = Files.createDirectory(folder.resolve("t")); // the path of a door is short
        var said = run("env", "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=" + temporary, release + "/bin/hob", "rehearse");
        assertThat(said.output())
                .matches("NOTE: Picked up .*\nrehearsed in \\d+ m?s: memory \\(\\d+ queries\\) and the hob command\n");
        assertThat(said.exit()).isZero();
        try (var left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        assertThat(hob("rehearse", "--json").output()).contains("{\"word\":\"memory\",\"queries\":");
    }

    @Test
    void oneWhoOnlyReadsTheReleaseMakesTheCacheInAFolderOfTheirOwn() throws IOException {
        run("chmod", "711", folder.toString());
        run("install", "-d", "-m", "700", "-o", "65534", folder + "/own");
        var cache = folder.resolve("own").resolve(ReleaseFolder.cache(release).getFileName());
        var said = asNobody(release + "/bin/hob", "rehearse", "--cache", cache.toString());
        assertThat(said.output()).endsWith(" and the hob command; the cache is " + cache + "\n");
        assertThat(said.exit()).isZero();
        try (var own = Files.list(cache.getParent())) {
            assertThat(own).containsExactly(cache);
        }
        Files.move(cache, ReleaseFolder.cache(release));
        assertThat(loadedFromJars("bin/hob", "--version")).isEmpty();
        assertThat(loadedFromJars("bin/hob-memory", "--rehearse")).isEmpty();
    }

    /// Where the tests are not root's, they are somebody who owns nothing of the system's anyway.
    private Command asNobody(String... words) {
        var all = new ArrayList<>(
                run("id", "-u").output().equals("0\n")
                        ? List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
                        : List.<String>of());
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    /// What of ours is not found in the cache.
    private List<String> loadedFromJars(String program, String... args) throws IOException {
        var log = folder.resolve("loaded");
        var words = new ArrayList<>(List.of(
                "env",
                "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log,
                release.resolve(program).toString()));
        words.addAll(List.of(args));
        assertThat(run(words.toArray(String[]::new)).exit()).isZero();
        var loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains(" hob.") && line.contains("source: shared objects file"));
        return loaded.stream()
                .filter(line -> line.contains("] hob.") && line.contains("source: file:"))
                .toList();
    }

    @Test
    void aMemberThatCannotRehearseIsNamedAndNoCacheIsMade() throws IOException {
        try (var jar = FileSystems.newFileSystem(release.resolve("lib/" + jar("memory-")))) {
            Files.delete(jar.getPath("hob/memory/V1.sql"));
        }
        var said = hob("rehearse");
        assertThat(said.output()).matches("hob: memory cannot rehearse: .*\n");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(hob("rehearse", "--json").output())
                .startsWith("{\"type\":\"error\"")
                .contains("memory cannot");

        Files.delete(release.resolve("lib/" + jar("sqlite-jdbc-")));
        var without = hob("rehearse");
        assertThat(without.output()).matches("hob: memory cannot rehearse: .*\n");
        assertThat(without.exit()).isEqualTo(1);
    }

    private String jar(String beginning) throws IOException {
        try (var jars = Files.list(release.resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void ofAReleaseIntoWhichSomebodyWroteNoCacheIsMade() throws IOException {
        var cache = ReleaseFolder.cache(release);
        Files.writeString(release.resolve("units/hob.slice"), "# changed\n");
        var said = hob("rehearse", "--cache", cache.toString());
        assertThat(said.output())
                .startsWith("hob: " + release.toRealPath() + " is not what it was when it was made: ")
                .endsWith("; install it anew\n");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(cache).doesNotExist();
    }

    @Test
    void noCacheIsMadeUnderTheNameOfAnotherRelease() {
        var said = hob("rehearse", "--cache", "hob-0123456789ab.aot");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output()).startsWith("hob: 'hob-0123456789ab.aot' is the cache of another release; that of ");
    }

    @Test
    void aMembersProgramRunsFromAnyFolder() throws IOException {
        Files.writeString(folder.resolve("own.toml"), "block-chars = 7\n");
        assertThat(run(release + "/bin/hob-memory", "--check", "--config", "own.toml"))
                .isEqualTo(new Command(78, "own.toml:1: 'block-chars' is outside 100..20000\n"));
        Files.createSymbolicLink(folder.resolve("hob-memory"), release.resolve("bin/hob-memory"));
        assertThat(run(folder + "/hob-memory", "--check", "--config", release + "/etc/memory.toml"))
                .isEqualTo(new Command(0, release + "/etc/memory.toml: good\n"));
        Files.createSymbolicLink(folder.resolve("hob-nobody"), release.resolve("bin/hob-memory"));
        assertThat(run(folder + "/hob-nobody", "--version").output())
                .startsWith("hob-nobody is no member of this release: ");
    }
}
