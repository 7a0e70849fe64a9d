package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of several houses a command goes to.
@Tag("hand")
class HousesTest {
    @TempDir
    private Path folder;

    private Path machines = Path.of("");
    private Path session = Path.of("");
    private Path own = Path.of("");

    @BeforeEach
    void lay() {
        machines = folder.resolve("run/hob");
        session = folder.resolve("run/user/1000");
        own = session.resolve("hob");
    }

    private Typist typist() {
        return Typist.nowhere().installed(machines).with("XDG_RUNTIME_DIR", session.toString());
    }

    @Test
    void whereTheMachineHasNoneTheUsersOwnIsAsked() throws IOException {
        Files.createDirectories(own.resolve("memory"));
        var said = typist().types("status");
        assertThat(said.out())
                .startsWith("The house at " + own + ": under a user's own systemd, arrows are advisory\n")
                .contains("\n  systemctl --user start hob-memory.service\n")
                .doesNotContain("Yours");
        assertThat(typist().types("status", "--json").out())
                .contains("\"house\":\"" + own + "\"", "\"arrows\":\"ADVISORY\"");
    }

    @Test
    void whereBothAreThereTheMachinesIsAskedAndTheOtherNamed() throws IOException {
        Files.createDirectories(machines);
        Files.createDirectories(own);
        assertThat(typist().types("status").out())
                .startsWith("The house at " + machines + "\nYours is at " + own + ": 'HOB_RUNTIME_DIR=" + own
                        + " hob status'\n");
        assertThat(typist().with(Houses.VARIABLE, own.toString())
                        .types("status")
                        .out())
                .startsWith("The house at " + own + ": under a user's own systemd")
                .doesNotContain("Yours");
        assertThat(Typist.nowhere().installed(machines).types("status").out())
                .as("without a session")
                .doesNotContain("Yours");
    }

    @Test
    void whereNoneIsThereAllWaysToOneAreSaid() {
        var said = typist().types("status");
        assertThat(said.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(said.err()).contains("'systemctl start", "'systemctl --user start", "'scripts/up'");
    }
}
