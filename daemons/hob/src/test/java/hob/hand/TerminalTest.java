package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.ipc.Handlers;
import hob.testing.Command;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said fits where it is read.
class TerminalTest {
    private static final String ESCAPE = "\u001b[";

    private final TempHouse house = new TempHouse();

    @BeforeEach
    void serve() {
        house.serve(Family.MEMORY, Handlers.of());
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private Typist typist(boolean terminal, int columns) {
        return Typist.in(house).at(new Terminal(terminal, terminal, columns));
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(typist(true, 80).types("status").out()).contains(ESCAPE);
        assertThat(typist(false, 0).types("status").out()).doesNotContain(ESCAPE);
        assertThat(typist(true, 80).with("NO_COLOR", "1").types("status").out()).doesNotContain(ESCAPE);
        assertThat(typist(true, 80).with("TERM", "dumb").types("status").out()).doesNotContain(ESCAPE);
        assertThat(typist(true, 80).types("status", "--color=never").out()).doesNotContain(ESCAPE);
        assertThat(typist(false, 0)
                        .with("NO_COLOR", "1")
                        .types("status", "--color", "always")
                        .out())
                .contains(ESCAPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 20, 33, 40, 80, 200})
    void whatIsSaidFits(int columns) {
        for (var words : List.of(
                "help",
                "help status",
                "status",
                "describe memory",
                "describe memory set-block",
                "ping",
                "memory health")) {
            var said = typist(true, columns).types((words + " --color=never").split(" "));
            assertThat(said.exit()).as(said.toString()).isEqualTo(Exit.OK);
            var widest = Math.max(columns, Terminal.COLUMNS_LEAST);
            assertThat(said.out().lines())
                    .as(words + " in " + columns + " columns")
                    .allMatch(line -> Columns.of(line) <= widest
                            || !line.strip().contains(" ")
                            || words.equals("ping")
                            || line.startsWith("The house at")
                            || line.startsWith("hob memory")
                            || line.startsWith("  hob "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 39, 40, 59, 60, 100, 120, 200})
    void linesOfTheLogsFit(int columns) throws IOException {
        var log = Files.createDirectory(house.house().folder().resolve("log"));
        Files.writeString(
                log.resolve("llm-proxy.log"),
                "2026-11-20T04:00:00Z error: it rains\u001b[31m " + "cats and dogs ".repeat(20) + "\n");
        var out = typist(true, columns).types("logs").out();
        assertThat(out).contains(ESCAPE + "36mllm-proxy | ").doesNotContain("\u001b[31m ");
        assertThat(out.replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> Columns.of(line) <= Math.max(columns, Terminal.COLUMNS_LEAST)
                        || !line.replaceFirst(".*\\| ", "").contains(" "))
                .allMatch(line -> line.matches("(.*\\S )?llm-proxy \\| .*"));
        assertThat(typist(false, 0).types("logs").out())
                .startsWith("2026-11-20 04:00:00.000 llm-proxy | error: it rains\\u001b[31m cats");
    }

    @Test
    void theVariableIsHeard() {
        var narrow = Typist.in(house).with("COLUMNS", "50").types("help").out();
        assertThat(narrow.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(50);
        assertThat(Typist.in(house).with("COLUMNS", "wide").types("help").exit())
                .isEqualTo(Exit.OK);
    }

    @Test
    void charactersThatAreWideOrNoneAreCounted() {
        assertThat(Columns.of("caf\u00e9")).isEqualTo(4);
        assertThat(Columns.of("cafe\u0301")).isEqualTo(4);
        assertThat(Columns.of("\u65e5\u672c")).isEqualTo(4);
        assertThat(Columns.of("\ud83d\ude00")).isEqualTo(2);
        assertThat(Columns.of(new Paint(true).bad("ill"))).isEqualTo(3);
    }

    @Test
    void aRealTerminalIsSeen() {
        if (!Command.exists("script")) {
            return;
        }
        var ran = Command.run(
                house.house().folder(),
                Map.of(Houses.VARIABLE, house.house().toString(), "TERM", "xterm", "NO_COLOR", "", "COLUMNS", ""),
                List.of("script", "-qec", "stty cols 44; " + HobProcess.line("help"), "/dev/null"));
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains(ESCAPE);
        assertThat(ran.output()
                        .replaceAll("\u001b\\[[0-9;]*m", "")
                        .lines()
                        .mapToInt(String::length)
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(44);
    }
}
