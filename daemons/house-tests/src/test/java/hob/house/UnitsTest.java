package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// systemd's own reader has nothing to say about any unit.
class UnitsTest {
    @TestFactory
    Stream<DynamicTest> systemdHasNothingToSay() throws IOException {
        return units().stream()
                .map(unit -> DynamicTest.dynamicTest(unit.getFileName().toString(), () -> {
                    assumeTrue(Command.exists("systemd-analyze"), "systemd-analyze is not installed");
                    // Without --recursive-errors=one, unknown keys and bad values end with 0.
                    var said = Command.run(
                            Checkout.root(),
                            "systemd-analyze",
                            "verify",
                            "--man=no",
                            "--recursive-errors=one",
                            unit.toString());
                    assertThat(said).as("what systemd-analyze verify says").isEqualTo(new Command(0, ""));
                }));
    }

    private static List<Path> units() throws IOException {
        var folder = Checkout.root().resolve("units");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(service|timer|target|slice|socket|path)"))
                    .sorted()
                    .toList();
        }
    }
}
