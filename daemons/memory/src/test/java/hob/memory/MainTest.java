package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Ping;
import hob.daemon.Version;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as a process of its own.
class MainTest {
    private static Command memory(String... args) {
        return Command.run(Checkout.root(), Map.of(), MemoryProcess.words(List.of(), args));
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
        try (var house = new TempHouse();
                var process = MemoryProcess.startIn(house).awaitAnswering()) {
            var memory = house.client(Family.MEMORY);
            assertThat(memory.ask(new Ping()).pid()).isEqualTo(process.pid());
            assertThat(memory.ask(new Health()).ok()).isTrue();

            process.terminate();
            assertThat(process.awaitExit()).isZero();
            assertThat(process.lines())
                    .startsWith(
                            "answering at " + house.house().door(Family.MEMORY), "ending: what was begun is finished");
            assertThat(house.house().door(Family.MEMORY)).doesNotExist();
        }
    }

    @Test
    void saysWhatToDoWhereItsDoorHasNoFolder(@TempDir Path folder) {
        var said = Command.run(
                Checkout.root(), Map.of("HOB_RUNTIME_DIR", folder.toString()), MemoryProcess.words(List.of()));
        assertThat(said.exit()).isEqualTo(71);
        assertThat(said.output())
                .isEqualTo("error: cannot start: the folder of its door is not there: 'mkdir -p %s'%n"
                        .formatted(folder.resolve("memory")));
    }

    @Test
    void healthFailsWhenNobodyNewFindsTheDoor() throws Exception {
        try (var house = new TempHouse();
                var _ = MemoryProcess.startIn(house).awaitAnswering()) {
            var memory = house.client(Family.MEMORY);
            assertThat(memory.ask(new Health()).ok()).isTrue();

            Files.delete(house.house().door(Family.MEMORY));
            var report = memory.ask(new Health()); // by the connection that was kept
            assertThat(report.ok()).isFalse();
            assertThat(report.parts())
                    .filteredOn(part -> !part.ok())
                    .singleElement()
                    .satisfies(door -> {
                        assertThat(door.wrong()).contains("is gone or another's");
                        assertThat(door.mend()).isEqualTo("scripts/dev run memory");
                    });
        }
    }
}
