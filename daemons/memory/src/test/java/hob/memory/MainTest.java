package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Ping;
import hob.daemon.Version;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.TempHouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as a process of its own.
class MainTest {
    private static List<String> words(String... args) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "hob.memory.Main"));
        words.addAll(List.of(args));
        return words;
    }

    private static Command memory(String... args) {
        return Command.run(Checkout.root(), Map.of(), words(args));
    }

    private static Process startIn(TempHouse house) throws IOException {
        house.door(Family.MEMORY);
        var builder = new ProcessBuilder(words()).redirectErrorStream(true);
        builder.environment().put("HOB_RUNTIME_DIR", house.house().folder().toString());
        return builder.start();
    }

    @Test
    void tellsItsVersion() {
        assertThat(memory("--version")).isEqualTo(new Command(0, "hob-memory " + Version.text() + "\n"));
    }

    @Test
    void saysWhatItKnowsWhenUsedWrongly() {
        var said = memory("--verson");
        assertThat(said.exit()).isEqualTo(64);
        assertThat(said.output()).isEqualTo("""
                hob-memory knows no '--verson'; did you mean '--version'? (it knows --config, --check, --version)
                """);
    }

    @Test
    void checksItsConfig(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("memory.toml"), "# nothing yet\n\ncolour = \"red\"\n");
        assertThat(memory("--check", "--config", file.toString()))
                .isEqualTo(new Command(78, file + ":3: 'colour' is unknown\n"));
    }

    @Test
    void answersAndEndsWellOnSigterm() throws Exception {
        try (var house = new TempHouse()) {
            var process = startIn(house);
            try (var output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
                assertThat(output.readLine())
                        .isEqualTo("answering at " + house.house().door(Family.MEMORY));
                var memory = house.client(Family.MEMORY);
                assertThat(memory.ask(new Ping()).pid()).isEqualTo(process.pid());
                assertThat(memory.ask(new Health()).ok()).isTrue();

                process.toHandle().destroy(); // SIGTERM; that of the process itself would close its streams too
                assertThat(output.readLine()).isEqualTo("ending: what was begun is finished");
                assertThat(output.readLine()).isNull();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(house.house().door(Family.MEMORY)).doesNotExist();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void saysWhatToDoWhereItsDoorHasNoFolder(@TempDir Path folder) {
        var said = Command.run(Checkout.root(), Map.of("HOB_RUNTIME_DIR", folder.toString()), words());
        assertThat(said.exit()).isEqualTo(71);
        assertThat(said.output())
                .isEqualTo("error: cannot start: cannot make the door %s: its folder is not there: 'mkdir -p %s'%n"
                        .formatted(folder.resolve("memory/sock"), folder.resolve("memory")));
    }

    @Test
    void healthFailsWhenNobodyNewFindsTheDoor() throws Exception {
        try (var house = new TempHouse()) {
            var process = startIn(house);
            try (var output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
                assertThat(output.readLine()).startsWith("answering at ");
                var memory = house.client(Family.MEMORY);
                assertThat(memory.ask(new Health()).ok()).isTrue();

                Files.delete(house.house().door(Family.MEMORY));
                var report = memory.ask(new Health()); // by the connection that was kept
                assertThat(report.ok()).isFalse();
                assertThat(report.parts()).singleElement().satisfies(door -> {
                    assertThat(door.wrong()).contains("is gone or another's");
                    assertThat(door.mend()).isEqualTo("scripts/dev run memory");
                });
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
