package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an installation would founder on is told before it begins, all at once, and nothing is done.
@Tag("slow")
@Tag("install")
@Tag("systemd")
@Timeout(600)
class HindrancesInBoxTest {
    private static final String INSTALL = Bare.MEDIUM + "/bin/hob install-systemd";

    @ParameterizedTest
    @EnumSource
    void allAreToldAndNothingIsDone(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            box.said("""
                    groupadd -g 1234 hob
                    printf '[Service]\\nExecStart=/bin/true\\n' >/etc/systemd/system/hob-memory.service
                    mkdir -p /opt && mount -t tmpfs -o size=50M small /opt
                    printf 'echo mine\\n' >/usr/local/bin/hob
                    """);
            var before = Machine.of(box);
            var refused = box.sh(INSTALL);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("group hob seems to be a person's")
                    .contains("there is a hob-memory.service already, in /etc/systemd/system/hob-memory.service")
                    .contains("too little room in /opt")
                    .contains("/usr/local/bin/hob is there, and is not Hob's");
            assertThat(Machine.of(box)
                            .without(path -> path.equals("/run/hob-install.lock"))
                            .since(before))
                    .isEmpty();
            box.sh(Bare.MEDIUM + "/bin/hob uninstall --purge");
            box.said("getent group hob; test -e /etc/systemd/system/hob-memory.service");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itLiesElsewhereOnlyWhereDaemonsSeeItAndOnlyOnce(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            for (var hidden : new String[] {"/home/hob", "/root", "/tmp/x", "/run/hob", "opt", "/srv/with blank"}) {
                refuses(box, INSTALL + " --prefix '" + hidden + "'", "--prefix");
            }
            var installed = box.sh(INSTALL + " --prefix /srv/hob");
            assertThat(installed.exit()).as(installed.output()).isZero();
            assertThat(box.said("systemctl show -p ExecStart hob-memory"))
                    .contains("/srv/hob/current/runtime/bin/java");
            assertThat(box.sh("hob memory blocks").exit()).isZero();
            refuses(box, INSTALL, "Hob is installed at another place already");
            box.said("chown 1000 /srv/hob/current/lib/hob.jar");
            refuses(
                    box,
                    INSTALL + " --prefix /srv/hob",
                    "which root would run: 'chown -R root:root /srv/hob/releases; ");
            box.said("chown -R root:root /srv/hob/releases; chmod -R go-w /srv/hob/releases");
            assertThat(box.sh(INSTALL + " --prefix /srv/hob").exit()).isZero();

            box.said("exec 9>/run/hob-install.lock; perl -e 'use Fcntl; open(my $l, \">&=9\"); "
                    + "my $s=pack(\"s s l! l! i\", F_WRLCK, 0, 0, 0, 0); fcntl($l, F_SETLK, $s) or die; "
                    + "system(\"hob uninstall; test \\$? = 1\") == 0 or die'");

            box.said("useradd ann");
            refuses(box, "runuser -u ann -- hob uninstall", "root's to install and to remove");
            refuses(box, "hob uninstall --user", "root leaves it away");
            refuses(box, "runuser -u ann -- env -u XDG_RUNTIME_DIR hob uninstall --user", "XDG_RUNTIME_DIR is not set");
            assertThat(box.sh("hob uninstall").exit()).isZero();
            box.said("! test -e /srv/hob");
        }
    }

    private static void refuses(Box box, String command, String sentence) {
        var refused = box.sh(command);
        assertThat(refused.exit()).as("%s: %s", command, refused.output()).isIn(1, 64, 77);
        assertThat(refused.output()).contains(sentence).doesNotContain("bug");
    }
}
