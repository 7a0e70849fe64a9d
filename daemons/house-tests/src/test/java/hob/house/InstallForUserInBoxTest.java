package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Command;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ann, who is nobody special, has a Hob of her own on a machine on which nothing is; every file is looked at.
@Tag("slow")
@Tag("install")
@Tag("systemd")
@Timeout(600)
class InstallForUserInBoxTest {
    /// What an installation may add to a machine, and to nobody else's home.
    private static final String OURS = "/home/ann/\\.(config|local)(/.*)?|/var/lib/systemd/linger(/.*)?";

    @ParameterizedTest
    @EnumSource
    void comesIsUsedAndGoesWithoutRoot(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            box.said("useradd --create-home --shell /bin/sh ann; systemctl start user@$(id -u ann)");
            var before = Machine.of(box);

            var installed = ann(box, Bare.MEDIUM + "/bin/hob install-systemd --user");
            System.out.println(installed.output());
            assertThat(installed.exit()).as(installed.output()).isZero();
            assertThat(installed.output())
                    .containsPattern("memory +well")
                    .contains("root types 'loginctl enable-linger ann'");
            assertThat(Machine.of(box).since(before).keySet())
                    .as("what an installation touches")
                    .allSatisfy(path -> assertThat(path).matches(OURS))
                    .contains("/home/ann/.local/bin/hob", "/home/ann/.config/hob/memory.toml");
            box.said("umount " + Bare.MEDIUM + " && ! test -e " + Bare.MEDIUM + "/bin");
            isUsed(box);

            var untouched = Machine.untouched(box);
            var again = ann(box, "hob install-systemd --user");
            assertThat(again.exit()).as(again.output()).isZero();
            assertThat(again.output()).doesNotContain("would be").doesNotContainPattern("\n +[\\d.]+ s  ");
            assertThat(Machine.untouched(box).since(untouched).keySet())
                    .filteredOn(path -> !path.startsWith("/home/ann/.local/state/hob/memory")) // it lives
                    .isEmpty();

            goesAndLeavesWhatSheHas(box, before);
        }
    }

    /// Also after a boot without her being there, which is what linger is for.
    private static void isUsed(Box box) {
        assertThat(ann(box, "hob memory set-block name=persona text=hearth").exit())
                .isZero();
        assertThat(ann(box, "systemctl --user restart hob-memory && hob memory block name=persona")
                        .output())
                .contains("hearth");
        for (var script : new String[] {"restart.sh all", "restart.sh all --cold", "test-ipc.sh"}) {
            var typed = ann(box, Bare.SCRIPTS + "/" + script);
            assertThat(typed.exit()).as("%s: %s", script, typed.output()).isZero();
        }
        box.said("loginctl enable-linger ann; systemctl stop user@$(id -u ann); systemctl start user@$(id -u ann)");
        assertThat(ann(box, "hob memory block name=persona").output()).contains("hearth");
    }

    private static void goesAndLeavesWhatSheHas(Box box, Machine before) {
        var gone = ann(box, "hob uninstall --user");
        assertThat(gone.exit()).as(gone.output()).isZero();
        assertThat(Machine.of(box).since(before).keySet())
                .as("what stays")
                .allSatisfy(path -> assertThat(path)
                        .matches("/home/ann/\\.(config|local)(/(hob|state)(/.*)?)?|/var/lib/systemd/linger(/.*)?"))
                .contains("/home/ann/.config/hob/memory.toml", "/home/ann/.local/state/hob/memory");
        assertThat(ann(box, "systemctl --user status hob-memory"))
                .extracting(Command::exit)
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void isPurgedWithoutATrace(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            box.said(
                    "useradd --create-home --shell /bin/sh ann; loginctl enable-linger ann; systemctl start user@$(id -u ann)");
            var before = Machine.of(box);
            var installed = ann(box, Bare.MEDIUM + "/bin/hob install-systemd --user");
            assertThat(installed.exit()).as(installed.output()).isZero();
            assertThat(installed.output()).doesNotContain("without");
            var purged = ann(box, "hob uninstall --user --purge");
            assertThat(purged.exit()).as(purged.output()).isZero();
            assertThat(purged.output()).contains("'loginctl disable-linger' ends that");
            assertThat(Machine.of(box).since(before)).as("what is left of it").isEmpty();
        }
    }

    private static Command ann(Box box, String script) {
        return box.sh("""
                exec setpriv --reuid=ann --regid=ann --init-groups env -C / HOME=/home/ann USER=ann \\
                    XDG_RUNTIME_DIR=/run/user/$(id -u ann) PATH=/home/ann/.local/bin:/usr/bin:/bin sh -c '%s'
                """.formatted(script));
    }
}
