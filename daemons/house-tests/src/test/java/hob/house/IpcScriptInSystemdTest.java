package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `scripts/test-ipc.sh`, carried away from the checkout, in an installed house: each member has a user of its own, and
/// rights are those of `tmpfiles.d`.
@Tag("install")
@Tag("slow")
@Tag("systemd")
class IpcScriptInSystemdTest extends OnEachSystemd {
    private static final String SCRIPT = "/usr/local/sbin/test-ipc.sh";
    private static final String DOOR = "/run/hob/memory/sock";
    private static final String WELL = "memory: well \\(\\d+\\.\\d ms\\)\n";

    IpcScriptInSystemdTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @BeforeEach
    void carryAway() throws IOException {
        Files.copy(
                Checkout.root().resolve("scripts/test-ipc.sh"),
                memory.box().outside(SCRIPT),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertGreen(Command said) {
        assertThat(said.output()).matches(WELL);
        assertThat(said.exit()).isZero();
    }

    private void assertRed(String words) {
        var said = memory.box().exec(SCRIPT);
        assertThat(said.output()).startsWith("memory: " + words).hasLineCount(1);
        assertThat(said.exit()).as(said.output()).isEqualTo(1);
    }

    /// The command that is named is typed, and mends it.
    private void assertMendedBy(String command) {
        memory.box().said(command);
        Eventually.await(
                "'" + command + "' mends it; " + memory.box().exec(SCRIPT),
                () -> memory.box().exec(SCRIPT).exit() == 0);
    }

    @Test
    void rootAndPersonsOfTheHouseMayAsk() {
        assertGreen(memory.box().exec(SCRIPT));
        assertGreen(memory.box().exec(SCRIPT, "memory"));
        memory.box().said("""
                printf 'u person -\\nm person hob\\nu stranger -\\n' >/usr/local/lib/sysusers.d/persons.conf
                systemd-sysusers
                """);
        assertGreen(as("person"));
        var stranger = as("stranger");
        assertThat(stranger.output())
                .isEqualTo("memory: not to be asked: you may not look at " + DOOR
                        + " (Permission denied): 'usermod -aG hob NAME' lets a person in, from the next login on\n");
        assertThat(stranger.exit()).isEqualTo(1);
    }

    private Command as(String user) {
        return memory.box().exec("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", SCRIPT);
    }

    /// Nothing of it needs what a bare Debian has not, such as the rest of Perl.
    @Test
    void itNeedsPerlBaseAlone() {
        var loaded = memory.box().said("""
                sed -n '/^use /p' %s | sort -u
                """.formatted(SCRIPT));
        assertThat(loaded).isEqualTo("use Socket;\nuse strict;\nuse warnings;");
        assertThat(memory.box().said("dpkg -L perl-base")).contains("/Socket.pm", "/strict.pm", "/warnings.pm");
    }

    @Test
    void whoWasStoppedIsAbsent() {
        memory.systemctl("stop hob-memory");
        assertRed("absent: nobody listens at " + DOOR
                + " (Connection refused): 'systemctl start hob-memory' starts it\n");
        assertMendedBy("systemctl start hob-memory");
        memory.systemctl("stop hob-memory");
        memory.box().said("rm -r /run/hob/memory");
        assertRed("absent: there is no folder /run/hob/memory: 'systemd-tmpfiles --create hob.conf' makes it,"
                + " 'systemctl restart hob-memory' starts it\n");
        assertThat(memory.hob("status").output())
                .as("the command knows it, too")
                .contains(
                        "memory  down",
                        "memory, door: /run/hob/memory is gone",
                        "\n  systemd-tmpfiles --create hob.conf; systemctl restart hob-memory.service\n");
        assertMendedBy("systemd-tmpfiles --create hob.conf; systemctl restart hob-memory");
    }

    @Test
    void whoRunsWithoutItsFolderIsAbsent() {
        memory.box().said("rm -r /run/hob");
        assertRed("absent: there is no folder /run/hob: ");
        assertMendedBy("systemd-tmpfiles --create hob.conf; systemctl restart hob-memory");
    }

    @Test
    void whoIsStoppedInItsTracksHangs() {
        memory.systemctl("kill -s STOP --kill-who=main hob-memory");
        assertRed("hangs: no answer came within 5 s: 'systemctl restart hob-memory' starts it anew\n");
        memory.systemctl("kill -s CONT --kill-who=main hob-memory");
        assertGreen(memory.box().exec(SCRIPT));
    }

    @Test
    void whoseConfigIsWrongByNowIsIll() throws IOException {
        memory.configured("block-chars = \"many\"");
        memory.systemctl("reload hob-memory");
        Eventually.await(
                "it knows that it is not well", () -> memory.box().exec(SCRIPT).exit() == 1);
        assertRed("ill: config: ");
    }

    /// The socket is bound by root, and listened at by another: so its rights are the right ones.
    @Test
    void anotherUserInItsPlaceIsFound() {
        memory.systemctl("stop hob-memory");
        memory.box().said("""
                rm -f %s
                systemd-run -q --unit=stranger -p Type=forking perl -MSocket -e '
                    socket($s, PF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un($ARGV[0])) or die;
                    chown((getpwnam "hob-memory")[2, 3], $ARGV[0]); chmod 0666, $ARGV[0];
                    $> = 65534; listen($s, 5); fork && exit; sleep' %s
                """.formatted(DOOR, DOOR));
        var uid = memory.box().said("id -u hob-memory");
        assertRed("another's: behind " + DOOR + " is nobody (uid 65534), and not hob-memory (uid " + uid
                + "): 'systemctl restart hob-memory' takes the door back\n");
        assertMendedBy("systemctl restart hob-memory");
        memory.systemctl("stop stranger");
    }

    @Test
    void wrongRightsAreFound() {
        var mends = "and should be 0750 hob-memory:hob: 'systemd-tmpfiles --create hob.conf' mends it\n";
        memory.box().said("chmod 0777 /run/hob/memory");
        assertRed("wrong rights: /run/hob/memory is 0777 hob-memory:hob " + mends);
        assertMendedBy("systemd-tmpfiles --create hob.conf");
        memory.box().said("chown root:root /run/hob/memory");
        assertRed("wrong rights: /run/hob/memory is 0750 root:root " + mends);
        assertMendedBy("systemd-tmpfiles --create hob.conf");
        memory.box().said("chmod 0770 /run/hob/memory");
        assertRed("wrong rights: /run/hob/memory is 0770 hob-memory:hob " + mends);
        memory.box().said("chmod 0777 /run/hob");
        assertRed("wrong rights: /run/hob is 0777 root:root and should be 0755 root:root: 'systemd-tmpfiles");
        assertMendedBy("systemd-tmpfiles --create hob.conf");

        memory.box().said("chmod 0600 " + DOOR);
        assertRed("wrong rights: " + DOOR + " is 0600 hob-memory and should be 0666 hob-memory: 'rm " + DOOR
                + "', and it has another within 10 s\n");
        assertMendedBy("rm " + DOOR);
    }
}
