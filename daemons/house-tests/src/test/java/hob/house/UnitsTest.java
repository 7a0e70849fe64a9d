package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be said of the units without running any: systemd's own reader has nothing to say, and neither have we.
class UnitsTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void systemdIsHere() {
        assumeTrue(Command.exists("systemd-analyze"), "systemd-analyze is not installed");
    }

    private PaperSystem paper() {
        return PaperSystem.in(folder.resolve("root"), words -> Command.run(folder, words));
    }

    @Test
    void theUnitsAreRight() throws IOException {
        assertThat(UnitFindings.of(paper())).as("what is wrong with the units").isEmpty();
    }

    @Test
    void usersAndFoldersAreThoseOfTheFamily() throws IOException {
        assertThat(UnitFindings.ofPeople(paper()))
                .as("what is wrong with users and folders")
                .isEmpty();
    }
}
