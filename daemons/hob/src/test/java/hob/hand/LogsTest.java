package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.Signal;
import hob.testing.TempHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `hob logs` where `scripts/up` kept what was said. What it reads from the journal, a real one shows.
class LogsTest {
    private final TempHouse house = new TempHouse();
    private final Path folder = house.house().folder().resolve("log");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder);
        say("memory.log.1", "2026-11-20T04:00:00Z the store is whole");
        say("memory.log", "2026-11-20T04:00:01.250Z answering at /here");
        say("rag.log", "2026-11-20T05:00:01+01:00 debug: listening");
        say("up.log", "2026-11-20T04:00:02Z the house is up");
        say("memory.log", "2026-11-20T04:00:03Z 'block' of uid:0 failed, NOT_FOUND: there is none [trace t1]");
        say("rag.log", "2026-11-20T04:00:04Z error: it broke [trace t1]");
        say("rag.log", "2026-11-20T04:00:04Z error:     at its middle [trace t1]");
        say("up.log", "2026-11-20T04:00:05Z memory was killed by signal 9");
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private void say(String file, String... lines) throws IOException {
        Files.write(folder.resolve(file), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String logs(String... options) {
        var words = new ArrayList<>(List.of("logs"));
        words.addAll(List.of(options));
        var said =
                Typist.in(house).when(Instant.parse("2026-11-20T04:00:05.5Z")).types(words.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isEqualTo(Exit.OK);
        assertThat(said.err()).isEmpty();
        return said.out();
    }

    @Test
    void whatAllSayComesInTheOrderOfTime() {
        assertThat(logs()).isEqualTo("""
                        2026-11-20 04:00:00.000 memory    | the store is whole
                        2026-11-20 04:00:01.000 rag       | debug: listening
                        2026-11-20 04:00:01.250 memory    | answering at /here
                        2026-11-20 04:00:02.000 house     | up: the house is up
                        2026-11-20 04:00:03.000 memory    | 'block' of uid:0 failed, NOT_FOUND: there is none [trace t1]
                        2026-11-20 04:00:04.000 rag       | error: it broke [trace t1]
                        2026-11-20 04:00:04.000 rag       | error:     at its middle [trace t1]
                        2026-11-20 04:00:05.000 memory    | up: memory was killed by signal 9
                        """);
    }

    @Test
    void whatIsWantedIsSaidAndNothingElse() {
        assertThat(logs("memory").lines()).hasSize(4).allMatch(line -> line.contains(" memory    | "));
        assertThat(logs("rag", "memory").lines()).hasSize(7);
        assertThat(logs("-n", "2").lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("at its middle"),
                        line -> assertThat(line).contains("was killed"));
        assertThat(logs("-n0")).isEmpty();
        assertThat(logs("--trace", "t1").lines()).hasSize(3).allMatch(line -> line.endsWith("[trace t1]"));
        assertThat(logs("--trace", "t")).isEmpty();
        assertThat(logs("--level", "info").lines()).hasSize(7);
        assertThat(logs("--level", "warn").lines()).hasSize(2).allMatch(line -> line.contains("error: "));
        assertThat(logs("--since", "1s").lines()).hasSize(1);
        assertThat(logs("--since", "4:00:03").lines()).hasSize(4);
        assertThat(logs("--since", "2026-11-20 04:00:05").lines()).hasSize(1);
        assertThat(logs("--since", "today")).isEqualTo(logs());
        assertThat(logs("--since", "2026-11-20T05:00:03Z")).isEmpty();
    }

    /// Over a log that is begun anew, a member that is new, and one that starts again.
    @Test
    void whoFollowsSeesEachLineOnceAndAtOnce() throws Exception {
        try (var following = new Following(house, "logs", "-f", "-n", "1")) {
            following.awaitLine("was killed");
            var began = System.nanoTime();
            say("memory.log", "2026-11-20T04:00:06Z line 1");
            following.awaitLine("line 1");
            Figures.note("logs.follow.seen", (System.nanoTime() - began) / 1_000_000, "ms");
            say("memory.log", "2026-11-20T04:00:06Z line 2");
            Files.move(folder.resolve("memory.log"), folder.resolve("aside"));
            Files.move(folder.resolve("aside"), folder.resolve("memory.log.1"), StandardCopyOption.REPLACE_EXISTING);
            say("memory.log", "2026-11-20T04:00:07Z line 3");
            say("agent.log", "2026-11-20T04:00:08Z line 4");
            following.awaitLine("line 3");
            following.awaitLine("line 4");
            assertThat(following.lines.stream().filter(line -> line.contains("line ")))
                    .as("each once")
                    .hasSize(4)
                    .doesNotHaveDuplicates();
            assertThat(following.interrupt()).isEqualTo(Exit.INTERRUPTED.code());
            assertThat(following.lines).hasSize(5).allMatch(line -> line.contains(" | "));
        }
    }

    @Test
    void whoHasNothingToReadWaits() throws Exception {
        try (var following = new Following(house, "logs", "-f", "matrix", "--json")) {
            say("matrix.log", "2026-11-20T04:00:06Z warning: line 1");
            following.awaitLine("\"level\":\"WARN\",\"text\":\"line 1\"");
        }
    }

    /// The command as a process, whose both streams are one.
    private static final class Following implements AutoCloseable {
        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread reader;

        Following(TempHouse house, String... words) throws IOException {
            var builder = new ProcessBuilder(HobProcess.words(words)).redirectErrorStream(true);
            builder.environment().put(Houses.VARIABLE, house.house().toString());
            process = builder.start();
            reader = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(its output broke: " + e + ")");
            }
        }

        void awaitLine(String words) {
            Eventually.await(
                    () -> "it says '" + words + "'; it said " + lines,
                    () -> lines.stream().anyMatch(line -> line.contains(words)));
        }

        int interrupt() throws Exception {
            Signal.send("INT", process.pid());
            var exit = process.waitFor();
            reader.join(Eventually.GUARD);
            return exit;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
