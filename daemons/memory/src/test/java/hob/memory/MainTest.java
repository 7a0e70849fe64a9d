package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Ping;
import hob.contract.MemoryBlocks;
import hob.contract.MemoryBlocks.Block;
import hob.daemon.Version;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.DaemonProcess;
import hob.testing.TempHouse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as a process of its own.
@Tag("life")
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
                hob-memory knows no '--verson'; did you mean '--version'? (it knows --config, --check, --rehearse, --version)
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
                    .containsExactly(
                            "answering at " + house.house().door(Family.MEMORY),
                            "ending: what was begun is finished",
                            "closed: the door",
                            "closed: the constitution",
                            "closed: the store");
            assertThat(house.house().door(Family.MEMORY)).doesNotExist();
        }
    }

    @Test
    void whatItIsToldIsInTheFolderThatIsNamed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("constitution.md"), "Tell the truth.");
        var words = MemoryProcess.words(List.of("env", "HOB_CONFIG_DIR=" + folder));
        try (var house = new TempHouse()) {
            assertThat(house.door(Family.MEMORY)).doesNotExist();
            try (var _ = DaemonProcess.start(house, words).awaitAnswering()) {
                var constitution = new Block(MemoryBlocks.CONSTITUTION, null);
                assertThat(house.client(Family.MEMORY).ask(constitution).block().text())
                        .isEqualTo("Tell the truth.");
            }
        }
        Files.writeString(folder.resolve("memory.toml"), "colour = \"red\"\n");
        var said = Command.run(
                Checkout.root(),
                Map.of("HOB_CONFIG_DIR", folder.toString()),
                MemoryProcess.words(List.of(), "--check"));
        assertThat(said.exit()).isEqualTo(78);
        assertThat(said.output()).startsWith(folder + "/memory.toml:1: 'colour' is unknown");
    }

    @Test
    void saysWhatToDoWhereItsDoorHasNoFolder(@TempDir Path folder) {
        var said = Command.run(
                Checkout.root(), Map.of("HOB_RUNTIME_DIR", folder.toString()), MemoryProcess.words(List.of()));
        assertThat(said.exit()).isEqualTo(71);
        assertThat(said.output())
                .isEqualTo(("error: cannot start: a private house is at HOB_RUNTIME_DIR=%s, and the folder %s is not"
                                + " there: 'mkdir -p %s'%n")
                        .formatted(folder, folder.resolve("memory"), folder.resolve("memory")));
    }

    @Test
    void aDoorThatIsTakenAwayIsSoonBack() throws Exception {
        try (var house = new TempHouse();
                var process = MemoryProcess.startIn(house).awaitAnswering()) {
            var memory = house.client(Family.MEMORY);
            assertThat(memory.ask(new Health()).ok()).isTrue();

            var door = house.house().door(Family.MEMORY);
            Files.delete(door);
            process.awaitLine(door + " was gone or another's; it is made anew");
            assertThat(memory.ask(new Health()).ok()).isTrue(); // by the connection that was kept
            assertThat(house.client(Family.MEMORY).ask(new Ping()).pid()).isEqualTo(process.pid());
        }
    }

    /// A build, or an upgrade, that takes the classes away beneath it: it cannot end well, but it must end.
    @Test
    void endsWhenToldToAlsoWhereItsClassesAreGone(@TempDir Path folder) throws Exception {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var from = Path.of(entry);
            copies.add(from.startsWith(Checkout.root()) ? copied(from, folder) : entry);
        }
        try (var house = new TempHouse()) {
            var words = new ArrayList<>(MemoryProcess.words(
                    List.of(), "--config", MemoryProcess.config(house).toString()));
            words.set(words.indexOf("-cp") + 1, String.join(File.pathSeparator, copies));
            try (var process = DaemonProcess.start(house, words).awaitAnswering()) {
                Command.run(folder, "find", ".", "-name", "*.class", "-delete");
                process.terminate();
                process.awaitExit();
            }
        }
    }

    /// As a folder: the classes of a jar stay with whoever has opened it.
    private static String copied(Path from, Path folder) throws IOException {
        var to = folder.resolve(Integer.toHexString(from.hashCode()));
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            Command.run(folder, "cp", "-r", from + "/.", to.toString());
        } else if (Files.exists(from)) {
            var jar = Path.of(System.getProperty("java.home"), "bin", "jar").toString();
            Command.run(to, jar, "xf", from.toString());
        }
        return to.toString();
    }
}
