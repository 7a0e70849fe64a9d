package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.ipc.Handlers;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `scripts/test-ipc.sh` in a private house: green for who is well, and red for everything else.
@Tag("install")
class IpcScriptTest {
    private static final String SCRIPT = "scripts/test-ipc.sh";
    private static final String WELL = "memory: well \\(\\d+\\.\\d ms\\)\n";

    private final TempHouse house = new TempHouse();
    private final Path door = house.door(Family.MEMORY);
    private final Path folder = door.resolveSibling("");

    @BeforeEach
    void closeToOthers() throws IOException {
        mode(folder, "rwx------");
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private Command asked(String... words) {
        assumeTrue(Command.exists("perl"), "perl is not installed: 'apt-get install perl-base' does it");
        var all = new ArrayList<>(List.of(Checkout.root().resolve(SCRIPT).toString()));
        all.addAll(List.of(words));
        return Command.run(
                Path.of("/"), Map.of("HOB_RUNTIME_DIR", house.house().folder().toString()), all);
    }

    private void assertRed(String begin, String... words) {
        var said = asked();
        assertThat(said.output()).startsWith("memory: " + begin).hasLineCount(1);
        assertThat(List.of(words)).allMatch(said.output()::contains, "is in " + said.output());
        assertThat(said.exit()).as(said.output()).isEqualTo(1);
    }

    @Test
    void whoIsWellIsGreen() {
        house.serve(Family.MEMORY, Handlers.of());
        var said = asked();
        assertThat(said.output()).matches(WELL);
        assertThat(said.exit()).isZero();
    }

    @Test
    void whoIsNotThereIsRed() {
        assertRed("absent: there is no door at " + door, "'scripts/up' starts it");
    }

    @Test
    void whoseFolderIsNotThereIsRedWhenNamed() {
        assertThat(asked("rag"))
                .isEqualTo(new Command(
                        1,
                        "rag: absent: there is no folder " + house.house().folder()
                                + "/rag: 'scripts/up' starts it\n"));
    }

    @Test
    void whoHasDiedAndLeftADoorBehindIsRed() throws IOException {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(door));
        }
        assertRed("absent: nobody listens at " + door + " (Connection refused)");
    }

    @Test
    void whoSaysNothingIsRed() throws IOException {
        try (var _ = PlantedDoor.saying(door)) {
            assertRed("hangs: no answer came within 5 s: 'scripts/dev again memory' starts it anew");
        }
    }

    @Test
    void whoLetsNobodyInIsRed() throws IOException {
        try (var _ = PlantedDoor.opening(door);
                var waiting = SocketChannel.open(UnixDomainSocketAddress.of(door));
                var second = SocketChannel.open(UnixDomainSocketAddress.of(door))) {
            assertThat(List.of(waiting, second)).allMatch(SocketChannel::isConnected);
            assertRed("hangs: no answer came within 5 s");
        }
    }

    @Test
    void whoAnswersWithAnErrorIsRed() throws IOException {
        var error =
                "{\"type\":\"error\",\"code\":\"BUSY\",\"error\":\"256 connections are open\",\"retry_after_ms\":50}";
        try (var _ = PlantedDoor.saying(door, RawConnection.framed(error))) {
            assertRed("answers with an error: BUSY: 256 connections are open\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK",
                "",
                "{}",
                "[]",
                "{\"type\":\"health_report\"}",
                "{\"type\":\"health_report\",\"ok\":\"true\",\"parts\":[]}",
                "{\"type\":\"health_report\",\"ok\":true,\"parts\":[7]}",
                "{\"type\":\"health_report\",\"ok\":true,\"parts\":[]",
                "{\"type\":\"health_report\",\"ok\":true,\"parts\":[]} more",
                "{\"type\":\"pinged\",\"ok\":true,\"parts\":[]}",
                "{\"type\":\"health_report\",\"ok\":true,\"parts\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void whoAnswersNonsenseIsRed(String answer) throws IOException {
        try (var _ = PlantedDoor.saying(door, RawConnection.framed(answer))) {
            assertRed("answers nonsense: ", "'scripts/dev again memory' starts it anew");
        }
    }

    @Test
    void whoAnnouncesMoreThanAFrameCanHaveIsRed() throws IOException {
        try (var _ = PlantedDoor.saying(door, RawConnection.claiming(0xffff_fff0L, new byte[0]))) {
            assertRed("answers nonsense: a frame of 4294967280 bytes, and it can have 1048576");
        }
    }

    @Test
    void whoHangsUpAmidItsAnswerIsRed() throws IOException {
        try (var _ = PlantedDoor.saying(door, RawConnection.claiming(100, new byte[] {'{'}))) {
            assertRed("answers not: it hung up without a whole answer");
        }
    }

    @Test
    void whoIsNotWellIsRedWithWhatMendsIt() {
        house.parts.set(List.of(
                Part.well("door"),
                Part.ill("store", "the disk is full,\n\u001b[31mGrüße \"🏠\"", "df -h /var/lib/hob"),
                Part.ill("config", "it is wrong", "hob status")));
        house.serve(Family.MEMORY, Handlers.of());
        assertRed("ill: store: the disk is full, [31mGrüße \"🏠\": 'df -h /var/lib/hob' mends it;"
                + " config: it is wrong: 'hob status' mends it\n");
    }

    @Test
    void whoseFolderIsOpenToOthersIsRed() throws IOException {
        house.serve(Family.MEMORY, Handlers.of());
        for (var mode : List.of("rwxrwxrwx", "rwxr-xr-x", "rwxrwx---")) {
            mode(folder, mode);
            assertRed("wrong rights: " + door.getParent() + " is 07", " and should be 0700 ", "'chmod 0700 ");
        }
        mode(folder, "rwx------");
        assertThat(asked().exit()).isZero();
        mode(house.house().folder(), "rwxrwxrwx");
        assertRed("wrong rights: " + house.house().folder() + " is 0777 ", " and should be 0755 ");
    }

    @Test
    void whatIsNoDoorIsRed() throws IOException {
        Files.createFile(door);
        assertRed("absent: " + door + " is no socket");
    }

    @Test
    void anotherUserInItsPlaceIsRedAndNotSpokenTo() throws Exception {
        var isRoot = ProcessHandle.current().info().user().orElse("").equals("root");
        assumeTrue(isRoot && Command.exists("perl"), "needs root and perl");
        // The kernel tells who it was that began to listen.
        var stranger = new ProcessBuilder(
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-e",
                        "$| = 1; socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un($ARGV[0])) or die;"
                                + " $> = 65534; listen($s, 5); print qq{open\\n}; accept(my $c, $s);"
                                + " sysread($c, my $heard, 100); print qq{heard $heard.\\n}",
                        door.toString())
                .redirectErrorStream(true)
                .start();
        try (var said = stranger.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            assertRed(
                    "another's: behind " + door + " is ",
                    "(uid 65534), and not root (uid 0): 'scripts/dev again memory' takes the door back");
            assertThat(said.readLine()).isEqualTo("heard .");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void oneWhoIsIllMakesItRedForAll() {
        house.serve(Family.MEMORY, Handlers.of());
        house.door(Family.RAG);
        house.serve(Family.AGENT, Handlers.of());
        var said = asked("memory", "rag", "memory");
        assertThat(said.output()).matches("(?s)" + WELL + "rag: wrong rights: .*\n" + WELL);
        assertThat(said.exit()).isEqualTo(1);
        assertThat(asked().output().lines().map(line -> line.replaceFirst(":.*", "")))
                .as("who lives here, in order")
                .containsExactly("memory", "rag", "agent");
    }

    @Test
    void wrongWordsAreToldTheRightOnes() {
        for (var wrong : List.of("memroy", "", "memory rag", "memory\nrag", "--all")) {
            assertThat(asked("memory", wrong))
                    .isEqualTo(new Command(
                            64,
                            "'" + wrong + "' is no member; these are: "
                                    + Arrays.stream(Family.values())
                                            .map(Family::word)
                                            .collect(Collectors.joining(" "))
                                    + "\n"));
        }
        assertThat(asked("--help").output())
                .contains("test-ipc.sh WORD ...", "HOB_RUNTIME_DIR")
                .doesNotContain("#", "set -");
    }

    @Test
    void whereNobodyLivesItSaysSo(@TempDir Path empty) {
        var said = Command.run(Checkout.root(), Map.of("HOB_RUNTIME_DIR", empty.toString()), List.of(SCRIPT));
        assertThat(said.exit()).isEqualTo(69);
        assertThat(said.output()).startsWith("Nobody lives in ").hasLineCount(1);
    }

    @Test
    void aScriptThatEndsWellWhateverItFindsIsFound(@TempDir Path scratch) throws IOException {
        withChanged(scratch, "exit($wrong ? 1 : 0)", "exit 0", this::whoIsNotThereIsRed);
    }

    @Test
    void aScriptThatTakesAnyAnswerForWellIsFound(@TempDir Path scratch) throws IOException {
        withChanged(scratch, "judge(health($line))", "health($line)", this::whoIsNotWellIsRedWithWhatMendsIt);
    }

    private static void withChanged(Path scratch, String from, String to, Runnable check) throws IOException {
        var copy = scratch.resolve(SCRIPT);
        Files.createDirectories(copy.getParent());
        Files.copy(Checkout.root().resolve(SCRIPT), copy, StandardCopyOption.COPY_ATTRIBUTES);
        var text = Files.readString(copy);
        assertThat(text).contains(from);
        Files.writeString(copy, text.replace(from, to));
        Checkout.at(scratch, () -> assertThatThrownBy(check::run).isInstanceOf(AssertionError.class));
    }
}
