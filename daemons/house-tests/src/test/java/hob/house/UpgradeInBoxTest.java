package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The next release comes over the one that runs, and the one before comes back.
@Tag("slow")
@Tag("install")
@Tag("systemd")
@Timeout(600)
class UpgradeInBoxTest {
    @ParameterizedTest
    @EnumSource
    void theNextOneTakesOverAndTheOneBeforeComesBack(Bare bare, @TempDir Path scratch) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        var next = ReleaseFolder.changed(scratch.resolve("next"), """
                sed -i 's/^#block-chars = .*/#block-chars = 4999/' etc/memory.toml
                printf '[Unit]\\nDescription=Hob: new\\n[Service]\\nExecStart=/bin/sleep inf\\nRestart=always\\n[Install]\\nWantedBy=hob.target\\n' >units/hob-extra.service
                mkdir units/hob-extra.service.d
                printf '[Service]\\nExecPaths=/bin /usr/bin\\n' >units/hob-extra.service.d/20-needs.conf
                """);
        try (var box = bare.boot("--bind-ro", scratch + ":/mnt/more")) {
            if (bare == Bare.BOOKWORM) {
                box.said("mkdir /data && rmdir /opt && ln -s data /opt"); // as where the disk for it came later
            }
            install(box, Bare.MEDIUM);
            box.said(
                    "hob memory set-block name=persona text=hearth; sed -i 's/^#block-chars.*/block-chars = 4000/' /etc/hob/memory.toml");
            var first = box.said("readlink /opt/hob/current");
            var pid = box.show("hob-memory", "MainPID");

            var over = install(box, "/mnt/more/next");
            assertThat(over).contains("new defaults lie beside them, in /etc/hob/memory.toml.new");
            assertThat(box.said("readlink /opt/hob/current")).isEqualTo("releases/" + next);
            assertThat(box.show("hob-memory", "MainPID")).isNotEqualTo(pid);
            assertThat(box.said("readlink /proc/$(systemctl show --value -p MainPID hob-memory)/cwd"))
                    .endsWith(next);
            assertThat(box.said("cat /etc/hob/memory.toml")).contains("\nblock-chars = 4000");
            assertThat(box.said("cat /etc/hob/memory.toml.new")).contains("#block-chars = 4999");
            assertThat(box.said("hob memory block name=persona")).contains("hearth");
            assertThat(box.show("hob-extra.service", "ActiveState")).isEqualTo("active");
            pid = box.show("hob-memory", "MainPID");
            install(box, "/mnt/more/next");
            assertThat(box.show("hob-memory", "MainPID")).as("a second time").isEqualTo(pid);

            install(box, "/opt/hob/" + first);
            assertThat(box.said("readlink /opt/hob/current")).isEqualTo(first);
            assertThat(box.exec("systemctl", "cat", "hob-extra.service").exit())
                    .as("a unit that this release has not")
                    .isNotZero();
            box.said("! pgrep -x sleep; ! ls /etc/systemd/system/hob.target.wants | grep extra");
            assertThat(box.said("hob memory block name=persona")).contains("hearth");
        }
    }

    /// One in which no member answers, since its database is no more than a name, and one into which somebody wrote.
    @ParameterizedTest
    @EnumSource(names = "TRIXIE")
    void oneThatCannotLiveDoesNotTakeOver(Bare bare, @TempDir Path scratch) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        ReleaseFolder.changed(
                scratch.resolve("lame"), "for jar in lib/sqlite-jdbc-*.jar; do : >$jar; done; rm native/libsqlite*");
        ReleaseFolder.changed(scratch.resolve("torn"), "true");
        try (var box = bare.boot("--bind-ro", scratch + ":/mnt/more")) {
            install(box, Bare.MEDIUM);
            var current = box.said("readlink /opt/hob/current");
            box.said("cp -a /mnt/more/torn /root/torn; echo >>/root/torn/units/hob.target");
            for (var wrong : new String[] {"/mnt/more/lame", "/root/torn"}) {
                var refused = box.sh(wrong + "/bin/hob install-systemd");
                assertThat(refused.exit()).as(refused.output()).isEqualTo(1);
                assertThat(refused.output()).containsAnyOf("cannot live here", "is not what its name says");
                assertThat(box.said("readlink /opt/hob/current")).isEqualTo(current);
                assertThat(box.said("hob status")).containsPattern("memory +well");
            }
            aDamagedCacheAndWhatWasLeftHalfMadeIsMended(box);
        }
    }

    private static void aDamagedCacheAndWhatWasLeftHalfMadeIsMended(Box box) {
        var pid = box.show("hob-memory", "MainPID");
        box.said("""
                cd /opt/hob/current
                cache=$(ls hob-*.aot)
                cp -p $cache damaged
                dd if=/dev/zero of=damaged bs=4096 seek=3000 count=200 conv=notrunc status=none
                mv damaged $cache
                mkdir .hob-rehearsal1 && touch .hob-rehearsal1/record .hob-x.aot.new
                """);
        assertThat(install(box, Bare.MEDIUM)).containsPattern("\\d s  a cache makes starts quick");
        box.said("cd /opt/hob/current; ! ls -A | grep '^[.]hob'");
        assertThat(install(box, Bare.MEDIUM)).doesNotContainPattern("\\n +[\\d.]+ s  ");
        assertThat(box.show("hob-memory", "MainPID")).as("who runs goes on").isEqualTo(pid);
    }

    @Tag("deep")
    @ParameterizedTest
    @EnumSource(names = "BOOKWORM")
    void threeAreKeptAndWhoRunsIsNotPulledAway(Bare bare, @TempDir Path scratch) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        for (var more : new String[] {"2", "3", "4", "5"}) {
            ReleaseFolder.changed(scratch.resolve(more), "echo '# " + more + "' >>etc/memory.toml");
        }
        try (var box = bare.boot("--bind-ro", scratch + ":/mnt/more")) {
            install(box, Bare.MEDIUM);
            var first = box.said("readlink -f /opt/hob/current");
            box.said("cd " + first + " && (sleep 600 >/dev/null 2>&1 &)");
            for (var more : new String[] {"2", "3", "4", "5"}) {
                install(box, "/mnt/more/" + more);
            }
            assertThat(box.said("ls /opt/hob/releases").lines())
                    .as("three, and the first one, in which somebody still stands")
                    .hasSize(4)
                    .contains(Path.of(first).getFileName().toString());
            box.said("pkill sleep");
            install(box, "/mnt/more/5");
            assertThat(box.said("ls -A /opt/hob/releases").lines()).hasSize(3);
            assertThat(box.said("ls /opt/hob/releases/*/*.aot").lines())
                    .as("each with its cache")
                    .hasSize(3);

            var before = box.said("ls -dtc /opt/hob/releases/* | tail -n 1");
            install(box, before);
            install(box, "/mnt/more/2");
            assertThat(box.said("ls -d /opt/hob/releases/*").lines())
                    .as("the one that was in use last can be gone back to")
                    .contains(before);
        }
    }

    private static String install(Box box, String release) {
        var installed = box.sh(release + "/bin/hob install-systemd");
        assertThat(installed.exit()).as(installed.output()).isZero();
        return installed.output();
    }
}
