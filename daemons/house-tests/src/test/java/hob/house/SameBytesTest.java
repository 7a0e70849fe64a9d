package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same sources give the same release, whoever builds it, where and when: so what somebody installs can be compared
/// with what somebody else has built.
class SameBytesTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("install")
    @Tag("build")
    @Tag("deep")
    @Tag("slow")
    void releasesOfTwoFoldersTimesAndUmasksAreTheSame() throws IOException {
        var scratch = ScratchCopy.in(Files.createDirectory(folder.resolve("another")));
        var built = Command.run(
                scratch.root(),
                Map.of("MAVEN_ARGS", "--offline", "TZ", "Asia/Tokyo", "LC_ALL", "C.UTF-8"),
                List.of("bash", "-c", "umask 077; chmod -R go= .; scripts/dev release"));
        assertThat(built.exit()).as(built.output()).isZero();
        var here = ReleaseFolder.make(folder.resolve("here"));
        var there = onlyOneIn(scratch.root().resolve("target/dist"));
        assertThat(ReleaseFolder.differences(here, there)).isEmpty();
        System.out.println(
                "figure: release " + Files.readString(here.resolve("name")).strip() + " made twice");
    }

    private static Path onlyOneIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.reduce((one, other) -> {
                        throw new IllegalStateException("both " + one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void aJarWithAnotherTimeInItIsFound() throws IOException {
        var releases = List.of(release("one", "2026-01-01T00:00:00Z"), release("other", "2026-01-01T00:00:02Z"));
        assertThat(ReleaseFolder.differences(releases.getFirst(), releases.getLast()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("lib/any\\.jar!\\S+: .* of 2026-01-01T.*"));
    }

    @Test
    void aModeATimeAndAFileMoreAreFound() throws IOException {
        var one = release("one", "2026-01-01T00:00:00Z");
        var other = release("other", "2026-01-01T00:00:00Z");
        assertThat(ReleaseFolder.differences(one, other)).isEmpty();
        run(
                "chmod 600 other/lib/any.jar; touch -d 2027-01-01 other/name; echo x >other/more; touch -d 2026-01-01 other");
        assertThat(ReleaseFolder.differences(one, other))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("lib/any.jar: rw-r--r-- "),
                        line -> assertThat(line).startsWith("name: "),
                        line -> assertThat(line).isEqualTo("more is in the second alone"));
    }

    private Path release(String name, String moment) {
        run("""
                mkdir -p %1$s/lib
                echo text >%1$s/name
                %2$s/bin/jar --create --file %1$s/lib/any.jar --date=%3$s %1$s/name
                chmod 644 %1$s/lib/any.jar
                find %1$s -exec touch -d 2026-01-01 {} +
                """.replace(" %1$s/name\n", " -C %1$s name\n").formatted(name, System.getProperty("java.home"), moment));
        return folder.resolve(name);
    }

    private void run(String script) {
        assertThat(Command.run(folder, "bash", "-euc", script)).isEqualTo(new Command(0, ""));
    }
}
