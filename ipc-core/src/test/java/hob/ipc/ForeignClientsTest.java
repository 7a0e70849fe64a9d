package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.testing.Bench;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Figures;
import hob.testing.Golden;
import hob.testing.TempHouse;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever has read `docs/WIRE.md` can speak to a daemon: a page of Python can, and half a page of shell.
@Tag("wire")
class ForeignClientsTest {
    private static final String CLIENTS = "docs/clients";

    private final TempHouse house = new TempHouse();
    private final Path door = house.door(Family.MEMORY);
    private final Bench bench = house.keep(new Bench(door.resolveSibling("book.db")));

    enum Foreigner {
        PYTHON("hob.py", "python3"),
        SHELL("hob.sh", "perl");

        private final String file;
        private final String needed;

        Foreigner(String file, String needed) {
            this.file = file;
            this.needed = needed;
        }

        Command ask(Path door, String call) {
            return ask(door, call, 30);
        }

        Command ask(Path door, String call, int seconds) {
            assumeTrue(Command.exists(needed), needed + " is not installed: 'apt-get install " + needed + "' does it");
            var client = Checkout.root().resolve(CLIENTS).resolve(file).toString();
            return Command.run(Path.of("/"), client, door.toString(), call, Integer.toString(seconds));
        }
    }

    @BeforeEach
    void open() {
        house.serve(Family.MEMORY, bench.handlers());
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"hob.py, 40", "hob.sh, 30"})
    void isShort(String file, int linesMost) {
        Figures.note("wire.client." + file, lines(file).size(), "lines");
        checkShort(file, linesMost);
    }

    private static void checkShort(String file, int linesMost) {
        assertThat(lines(file)).hasSizeLessThanOrEqualTo(linesMost);
        assertThat(lines(file)).as("and not by long lines").allMatch(line -> line.length() <= 120);
    }

    private static List<String> lines(String file) {
        return Golden.read(Checkout.root().resolve(CLIENTS).resolve(file))
                .lines()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void asksAQuery(Foreigner foreigner) {
        assertThat(foreigner.ask(door, "{\"type\":\"echo\",\"text\":\"Grüße, 世界 🏠\"}"))
                .isEqualTo(new Command(0, "{\"type\":\"echoed\",\"text\":\"Grüße, 世界 🏠\"}\n"));
    }

    @ParameterizedTest
    @EnumSource
    void changesOnceUnderAKey(Foreigner foreigner) throws Exception {
        var call = "{\"type\":\"add\",\"amount\":3,\"key\":\"foreign-1\"}";
        var first = foreigner.ask(door, call);
        var second = foreigner.ask(door, call);
        assertThat(first).isEqualTo(new Command(0, "{\"type\":\"added\",\"sum\":3}\n"));
        assertThat(second).isEqualTo(first);
        assertThat(bench.additions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void hearsAStreamToItsEnd(Foreigner foreigner) {
        var items = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> "{\"type\":\"tick\",\"number\":" + number + ",\"ballast\":\",\\\"more\\\":true}\","
                        + "\"more\":true}\n")
                .collect(Collectors.joining());
        assertThat(foreigner.ask(door, "{\"type\":\"count\",\"to\":10,\"ballast\":\",\\\"more\\\":true}\"}"))
                .isEqualTo(new Command(
                        0,
                        items + "{\"type\":\"rounded\",\"number\":10,\"more\":true}\n"
                                + "{\"type\":\"counted\",\"items\":10}\n"));
    }

    @ParameterizedTest
    @EnumSource
    void takesAnAnswerOverTheSmallFrame(Foreigner foreigner) {
        var text = "ö".repeat(50_000);
        assertThat(foreigner.ask(door, "{\"type\":\"echo\",\"text\":\"" + text + "\"}"))
                .isEqualTo(new Command(0, "{\"type\":\"echoed\",\"text\":\"" + text + "\"}\n"));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatAFaultSays(Foreigner foreigner) {
        assertThat(foreigner.ask(door, "{\"type\":\"ecko\",\"text\":\"\"}"))
                .isEqualTo(new Command(1, "INVALID: memory has no call 'ecko'; did you mean 'echo'?\n"));
        assertThat(foreigner.ask(door, "{\"type\":\"a\\\"b\"}"))
                .isEqualTo(new Command(1, "INVALID: memory has no call 'a\"b'\n"));
    }

    @ParameterizedTest
    @EnumSource
    void saysThatNobodyIsThere(Foreigner foreigner) {
        var nowhere = house.door(Family.RAG);
        var answer = foreigner.ask(nowhere, "{\"type\":\"ping\"}");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output())
                .startsWith("UNAVAILABLE: ")
                .contains(nowhere.toString(), "No such file or directory")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheServerHungUp(Foreigner foreigner) throws Exception {
        try (var strange = new Strange(house.door(Family.RAG), Manner.HANGS_UP)) {
            assertThat(foreigner.ask(strange.door, "{\"type\":\"ping\"}"))
                    .isEqualTo(new Command(1, "UNKNOWN: it hung up without a whole answer\n"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatItWasNotBegun(Foreigner foreigner) throws Exception {
        try (var strange = new Strange(house.door(Family.RAG), Manner.DOES_NOT_READ)) {
            var answer = foreigner.ask(strange.door, "{\"type\":\"ping\"}");
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.output()).startsWith("UNAVAILABLE: ").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotWaitBeyondItsDeadline(Foreigner foreigner) throws Exception {
        try (var strange = new Strange(house.door(Family.RAG), Manner.SAYS_NOTHING)) {
            var answer = foreigner.ask(strange.door, "{\"type\":\"ping\"}", 1);
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(answer.output())
                    .startsWith("UNKNOWN: no answer came in time")
                    .hasLineCount(1);
        }
    }

    @Test
    void aClientThatHearsOnlyTheFirstItemIsFound(@TempDir Path scratch) throws IOException {
        var client = copy(Foreigner.SHELL, scratch);
        Files.writeString(client, Files.readString(client).replace("\"more\":true", "\"more\":false"));
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(() -> hearsAStreamToItsEnd(Foreigner.SHELL))
                        .isInstanceOf(AssertionError.class));
    }

    @Test
    void aClientThatGrewIsFound(@TempDir Path scratch) throws IOException {
        Files.writeString(copy(Foreigner.SHELL, scratch), "\n", StandardOpenOption.APPEND);
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(() -> checkShort("hob.sh", 30)).isInstanceOf(AssertionError.class));
    }

    private static Path copy(Foreigner client, Path scratch) throws IOException {
        var folder = Files.createDirectories(scratch.resolve(CLIENTS));
        return Files.copy(
                Checkout.root().resolve(CLIENTS).resolve(client.file),
                folder.resolve(client.file),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    enum Manner {
        HANGS_UP,
        DOES_NOT_READ,
        SAYS_NOTHING
    }

    /// A server as none should be, for one caller. Its sockets are the JDK's, which close without a `shutdown` before:
    /// what was left unread is then told to the caller as a reset.
    private static final class Strange implements AutoCloseable {
        private final Path door;
        private final ServerSocketChannel listener;

        Strange(Path door, Manner manner) throws IOException {
            this.door = door;
            this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(door));
            Thread.ofPlatform().daemon().start(() -> serve(manner));
        }

        private void serve(Manner manner) {
            try (var caller = listener.accept()) {
                switch (manner) {
                    case HANGS_UP -> readPing(caller);
                    case DOES_NOT_READ -> caller.read(ByteBuffer.allocate(1)); // the rest is there as well, unread
                    case SAYS_NOTHING -> {
                        readPing(caller);
                        caller.read(ByteBuffer.allocate(1)); // until the caller has enough
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static void readPing(SocketChannel caller) throws IOException {
            var length = ByteBuffer.allocate(Integer.BYTES);
            readAll(caller, length);
            readAll(caller, ByteBuffer.allocate(length.getInt(0)));
        }

        private static void readAll(SocketChannel caller, ByteBuffer room) throws IOException {
            while (room.hasRemaining() && caller.read(room) >= 0) {}
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
