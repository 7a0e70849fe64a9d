package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Figures;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What of the sandbox a user's own systemd holds to is tried, setting by setting, and written down.
@Tag("slow")
@Tag("systemd")
@Tag("writes")
@Timeout(1200)
class UsersSandboxTest {
    private static final String PAGE = "docs/user-units.md";

    /// A home, all doors but the own, and the user's systemd, which would start anything for who asks it.
    private static final Attempt[] NEVER = {
        Attempt.READ_A_HOME,
        Attempt.READ_THE_STATE_OF_ANOTHER,
        Attempt.READ_THE_FOLDER_OF_A_SESSION,
        Attempt.KNOCK_AT_SYSTEMD,
        Attempt.KNOCK_AT_THE_SYSTEM_BUS,
        Attempt.CALL_A_PROGRAM_OF_THE_MACHINE,
        Attempt.START_A_SHELL,
        Attempt.START_WHAT_IT_WROTE,
        Attempt.TRACE_A_PROCESS
    };

    @Test
    void thePageSaysWhatIsHeldTo() throws IOException {
        Arrays.stream(Box.Tree.values())
                .forEach(tree -> assumeTrue(tree.missing().isEmpty(), tree::missing));
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the attempts know the calls of x86-64 alone");
        var on252 = tried(Box.Tree.MACHINE, 252);
        var on257 = tried(Box.Tree.TRIXIE, 257);
        Golden.check(PAGE, UsersSandboxPage.of(on252, on257));
        for (var tried : new UsersSandbox[] {on252, on257}) {
            for (var attempt : NEVER) {
                assertThat(tried.whole().get(attempt))
                        .as("%s in the whole sandbox", attempt)
                        .isNotEqualTo("done");
                assertThat(tried.bare().get(attempt))
                        .as("%s without any", attempt)
                        .isEqualTo("done");
            }
        }
        Figures.note("settings-that-a-users-systemd-holds-to", on257.heldTo().size(), "settings");
    }

    private static UsersSandbox tried(Box.Tree tree, int version) throws IOException {
        try (var ann = UsersHouse.in(tree, Path.of("/opt/hob"))) {
            assumeTrue(ann.version() == version, "the page tells of systemd " + version + ", and here is another");
            return UsersSandbox.triedBy(ann.start());
        }
    }
}
