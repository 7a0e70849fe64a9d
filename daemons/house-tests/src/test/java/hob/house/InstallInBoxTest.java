package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Command;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A release comes onto a machine on which nothing is, is used, and goes again; every file is looked at.
@Tag("slow")
@Tag("install")
@Tag("systemd")
@Timeout(600)
class InstallInBoxTest {
    private static final String INSTALL = Bare.MEDIUM + "/bin/hob install-systemd";

    /// What an installation may add to a machine.
    private static final String OURS =
            "/opt/hob(/.*)?|/usr/local/bin/hob(-[a-z-]+)?|/etc/hob(/.*)?|/var/lib/hob(/.*)?|/run/hob(/.*)?"
                    + "|/run/hob-install\\.lock"
                    + "|/usr/local/lib/(systemd(/system(/hob[^/]*(/.*)?)?)?|(sysusers|tmpfiles)\\.d(/hob\\.conf)?)"
                    + "|/usr/local/share/(man/man1(/hob\\.1)?|bash-completion(/completions(/hob)?)?|zsh(/site-functions(/_hob)?)?)"
                    + "|/etc/systemd/system/((multi-user|hob)\\.target\\.wants)(/hob[^/]*)?";

    private static final String ACCOUNTS = "/etc/(passwd|group|shadow|gshadow)";

    @ParameterizedTest
    @EnumSource
    void comesIsUsedAndGoes(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            var before = Machine.of(box);

            var dry = box.sh(INSTALL + " --dry-run");
            assertThat(dry.exit()).as(dry.output()).isZero();
            assertThat(dry.output()).contains("would be  the release lies in /opt/hob/releases/");
            assertThat(Machine.of(box).since(before)).as("after a dry run").isEmpty();

            var installed = box.sh(INSTALL);
            System.out.println(installed.output());
            assertThat(installed.exit()).as(installed.output()).isZero();
            assertThat(installed.output()).containsPattern("memory +well").doesNotContain("without");
            assertThat(Machine.of(box).since(before).keySet())
                    .as("what an installation touches")
                    .allSatisfy(path -> assertThat(path).matches(OURS + "|" + ACCOUNTS))
                    .contains("/usr/local/bin/hob", "/etc/hob/memory.toml", "/etc/group");
            box.said("umount " + Bare.MEDIUM + " && ! test -e " + Bare.MEDIUM + "/bin");
            checkIsUsed(box);

            secondTimeNothingChanges(box);
            goesAndLeavesWhatPeopleHave(box, before);
        }
    }

    /// By everything that people have, and with nothing there but what was installed.
    private static void checkIsUsed(Box box) {
        box.said("""
                ! command -v java
                test ! -e /work
                hob memory set-block name=persona text=hearth
                systemctl restart hob-memory
                hob memory block name=persona | grep hearth
                hob-memory --check --config /etc/hob/memory.toml
                /mnt/scripts/restart.sh all
                /mnt/scripts/restart.sh all --cold
                /mnt/scripts/test-ipc.sh
                hob ping
                useradd ann && runuser -u ann -- hob ping && exit 1
                usermod -aG hob ann && runuser -u ann -- hob ping
                runuser -u ann -- hob install-systemd --dry-run | grep 'would be done'
                userdel -r ann 2>/dev/null || userdel ann || true
                """);
    }

    private static void secondTimeNothingChanges(Box box) {
        var before = Machine.untouched(box);
        var pid = box.show("hob-memory", "MainPID");
        var again = box.sh("/opt/hob/current/bin/hob install-systemd");
        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(again.output().lines().filter(line -> line.matches(" +([\\d.]+ s|would be|without)  .*")))
                .as("what was done a second time")
                .isEmpty();
        assertThat(Machine.untouched(box).since(before).keySet().stream()
                        .filter(path -> !path.startsWith("/var/lib/hob/memory"))) // it lives
                .isEmpty();
        assertThat(box.show("hob-memory", "MainPID")).isEqualTo(pid);
        assertThat(box.said("hob install-systemd --dry-run --json"))
                .startsWith("{\"type\":\"installed\",\"release\":\"")
                .contains("\"dry_run\":true,", "\"how\":\"WAS_SO\"")
                .doesNotContain("WOULD_BE");
    }

    private static void goesAndLeavesWhatPeopleHave(Box box, Machine before) {
        var release = box.said("readlink -f /opt/hob/current");
        box.said("cp -a " + release + " /root/release"); // the medium is gone
        var gone = box.sh("hob uninstall");
        System.out.println(gone.output());
        assertThat(gone.exit()).as(gone.output()).isZero();
        assertThat(Machine.of(box).since(before).keySet())
                .as("what stays: settings, state, and those to whom it belongs")
                .allSatisfy(path -> assertThat(path)
                        .matches("/etc/hob(/memory\\.toml)?|/var/lib/hob(/.*)?|/run/hob-install\\.lock|" + ACCOUNTS))
                .contains("/etc/hob/memory.toml", "/var/lib/hob/memory");

        box.said("systemctl mask hob-memory");
        var masked = box.sh("/root/release/bin/hob install-systemd");
        assertThat(masked.output()).as("who is masked stays so").contains("systemctl unmask");
        box.said("systemctl unmask hob-memory; systemctl enable --now hob-memory");
        var back = box.sh("/root/release/bin/hob install-systemd");
        assertThat(back.exit()).as(back.output()).isZero();
        assertThat(box.said("hob memory block name=persona")).contains("hearth");

        box.said("systemctl set-property hob.slice MemoryMax=3G; systemctl mask hob-memory"); // while it runs
        var purged = box.sh("hob uninstall --purge");
        assertThat(purged.exit()).as(purged.output()).isZero();
        assertThat(Machine.of(box)
                        .without(path -> path.equals("/run/hob-install.lock"))
                        .since(before))
                .as("what is left of it")
                .isEmpty();
        assertThat(box.exec("systemctl", "status", "hob-memory"))
                .extracting(Command::exit)
                .isEqualTo(4); // no such unit
    }
}
