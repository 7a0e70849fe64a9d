package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.testing.Command;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Doors that are somebody else's, or that one may not go to.
class ForeignDoorTest {
    /// As root without root's way past the rights of files.
    private static final List<String> HELD_TO_RIGHTS = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    private final TempHouse house = new TempHouse();
    private final boolean isRoot =
            ProcessHandle.current().info().user().orElse("").equals("root");

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void anotherUsersDoorIsNotSpokenTo() throws Exception {
        assumeTrue(isRoot && Command.exists("setpriv") && Command.exists("perl"), "needs root, setpriv and perl");
        Files.setPosixFilePermissions(house.house().folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        var door = house.door(Family.MEMORY);
        Files.setPosixFilePermissions(door.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        var stranger = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-e",
                        "my $s = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 5) or die; $| = 1;"
                                + " print qq{open\n}; while (my $c = $s->accept) { push @kept, $c }",
                        door.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(stranger.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("open");
            var said = Typist.in(house).types("memory", "blocks");
            assertThat(said.exit()).isEqualTo(Exit.DENIED);
            assertThat(said.err()).isEqualTo("hob: behind " + door + " is uid 65534, and not ours (uid 0)\n");
            assertThat(Typist.in(house).types("status").out()).contains("memory  denied", "is uid 65534, and not ours");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFolderThatOneMayNotEnterIsSaid() throws Exception {
        var folder = house.door(Family.MEMORY).getParent();
        var words = new ArrayList<String>();
        if (isRoot) {
            assumeTrue(Command.exists("setpriv"), "root goes everywhere, but for setpriv: 'apt install util-linux'");
            words.addAll(HELD_TO_RIGHTS);
        }
        words.addAll(HobProcess.words("memory", "blocks"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            var ran = Command.run(
                    house.house().folder(),
                    Map.of(Houses.VARIABLE, house.house().toString()),
                    words);
            assertThat(ran)
                    .isEqualTo(new Command(
                            77,
                            "hob: you may not enter " + folder
                                    + ": 'usermod -aG hob NAME' lets a person in, from the next login on\n"));
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void whoAnswersNonsenseIsNotBelieved() throws Exception {
        assumeTrue(Command.exists("perl"), "perl is not installed");
        var door = house.door(Family.MEMORY);
        var nonsense = new ProcessBuilder(
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-e",
                        "my $s = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 5) or die; $| = 1;"
                                + " print qq{open\n}; while (my $c = $s->accept) { sysread $c, my $x, 4096;"
                                + " print $c qq{HTTP/1.1 200 OK\\r\\n\\r\\n}; close $c }",
                        door.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(nonsense.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("open");
            var said = Typist.in(house).types("memory", "blocks");
            assertThat(said.exit()).isEqualTo(Exit.UNKNOWN);
            assertThat(said.err())
                    .startsWith("hob: 'blocks' was answered by what cannot be read as its answer: ")
                    .doesNotContain("Exception");
            assertThat(Typist.in(house).types("status").exit()).isEqualTo(Exit.ILL);
        } finally {
            nonsense.destroyForcibly().waitFor();
        }
    }
}
