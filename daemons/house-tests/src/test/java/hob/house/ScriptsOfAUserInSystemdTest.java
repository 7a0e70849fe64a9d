package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `scripts/restart.sh` and `scripts/test-ipc.sh` where there is no house of the machine, and a person has one under a
/// systemd of her own.
@Tag("install")
@Tag("slow")
@Tag("systemd")
@Timeout(300)
class ScriptsOfAUserInSystemdTest {
    @ParameterizedTest
    @EnumSource
    void aPersonsOwnMembersAreStartedAnewAndAsked(Box.Tree tree) throws IOException {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree)) {
            var box = installed.box();
            for (var script : new String[] {"restart.sh", "test-ipc.sh"}) {
                Files.copy(
                        Checkout.root().resolve("scripts").resolve(script),
                        box.outside("/usr/local/bin/" + script),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
            moveIn(box);
            assertThat(asAnn(box, "restart.sh", "all").output())
                    .matches("memory: answers after .*\nall: 1 of 1 answer after .*\n");
            assertThat(asAnn(box, "test-ipc.sh").output()).matches("memory: well \\(.*\\)\n");
            assertThat(asAnn(box, "restart.sh", "--cold", "memory").output())
                    .matches("memory: ended after .*\nmemory: answers after .*\nall: 1 of 1 answer after .*\n");

            asAnn(box, "systemctl", "--user", "stop", "hob-memory");
            var stopped = asAnn(box, "test-ipc.sh");
            assertThat(stopped.exit()).isEqualTo(1);
            assertThat(stopped.output())
                    .startsWith("memory: absent: ")
                    .endsWith("'systemctl --user start hob-memory' starts it\n");
            assertThat(asAnn(box, "restart.sh", "all").exit())
                    .as("who was stopped is started")
                    .isZero();
            assertThat(asAnn(box, "env", "-u", "XDG_RUNTIME_DIR", "restart.sh", "--user", "memory")
                            .output())
                    .matches("memory: answers after .*\nall: 1 of 1 answer after .*\n");
            assertThat(asAnn(box, "test-ipc.sh", "rag"))
                    .isEqualTo(new Command(69, "rag is not installed; these are: memory\n"));
            assertThat(asAnn(box, "restart.sh", "rag"))
                    .isEqualTo(new Command(69, "rag is not installed; these are: memory\n"));

            box.said("sed -i 's/hob.memory.Main/hob.memory.Nobody/' /home/ann/.config/systemd/user/hob-memory.service");
            asAnn(box, "systemctl", "--user", "daemon-reload");
            var broken = asAnn(box, "restart.sh", "all");
            assertThat(broken.exit()).isEqualTo(1);
            assertThat(broken.output())
                    .contains(
                            "memory: did not start, after ", "; 'journalctl --user -u hob-memory -n 20' has its last");
        }
    }

    /// Nothing is left of the machine's house but the release.
    private static void moveIn(Box box) {
        box.said("""
                systemctl -q disable hob-memory.service hob.target
                rm -rf /run/hob /run/hob.sock /usr/local/lib/systemd/system/hob* /usr/local/lib/tmpfiles.d/hob.conf
                systemctl daemon-reload
                printf 'u ann - - /home/ann /bin/bash\\n' >/usr/local/lib/sysusers.d/ann.conf
                systemd-sysusers
                mkdir -p /home/ann/.config/systemd/user
                cat >/home/ann/.config/systemd/user/hob-memory.service <<'UNIT'
                [Service]
                Type=notify
                WorkingDirectory=/opt/hob/current
                ExecStart=/opt/hob/current/runtime/bin/java @java.options -Xmx192m hob.memory.Main
                Environment=HOB_RUNTIME_DIR=%t/hob
                RuntimeDirectory=hob/memory
                RuntimeDirectoryMode=0700
                RuntimeDirectoryPreserve=yes
                StateDirectory=hob/memory
                FileDescriptorStoreMax=8
                SuccessExitStatus=143
                SyslogIdentifier=hob-memory
                Restart=always
                UNIT
                chown -R ann: /home/ann
                systemctl start user@$(id -u ann).service
                """);
    }

    private static Command asAnn(Box box, String... words) {
        return box.sh("exec setpriv --reuid=ann --regid=ann --init-groups env HOME=/home/ann"
                + " XDG_RUNTIME_DIR=/run/user/$(id -u ann) " + String.join(" ", words));
    }
}
