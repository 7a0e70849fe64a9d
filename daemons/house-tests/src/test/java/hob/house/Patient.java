package hob.house;

import hob.testing.Box;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory of an installed house, to which things are done.
final class Patient implements AutoCloseable {
    static final String UNIT = "hob-memory.service";

    private final Installed installed;

    Patient(Box.Tree tree) {
        this.installed = Installed.in(tree).start();
    }

    Box box() {
        return installed.box();
    }

    Command hob(String... words) {
        return installed.hob(words);
    }

    /// Words that `systemctl` takes, which must go well.
    void systemctl(String words) {
        box().said("systemctl " + words);
    }

    String show(String property) {
        return box().show(UNIT, property);
    }

    String pid() {
        return show("MainPID");
    }

    UnitJournal journal() {
        return UnitJournal.from(box(), UNIT);
    }

    RawConnection knock() throws IOException {
        return RawConnection.to(box().outside("/run/hob/memory/sock"));
    }

    /// A change, to be done once however often it is asked for.
    static String change(String block, String text, String key) {
        return "{\"type\":\"set_block\",\"name\":\"%s\",\"text\":\"%s\",\"key\":\"%s\"}".formatted(block, text, key);
    }

    void configured(String... settings) throws IOException {
        Files.writeString(config(), String.join("\n", settings) + "\n");
    }

    private Path config() {
        return box().outside("/etc/hob/memory.toml");
    }

    /// Further settings of the unit's service, as an admin's, who has the last word.
    void given(String... settings) throws IOException {
        var folder = Files.createDirectories(box().outside("/etc/systemd/system/" + UNIT + ".d"));
        Files.writeString(folder.resolve("override.conf"), "[Service]\n" + String.join("\n", settings) + "\n");
        systemctl("daemon-reload");
    }

    /// In place of memory's program another with its name, which gets into trouble when it is asked to.
    void troubled(String... settings) throws IOException {
        given(
                "ExecStart=",
                "ExecStart=/opt/hob/current/runtime/bin/java @java.options -Xmx${HEAP} -cp " + Installed.TESTS
                        + " hob.daemon.TroubledMain",
                String.join("\n", settings));
    }

    /// With nothing of what was done to it, in whatever state it was left.
    void cured() throws IOException {
        Files.deleteIfExists(config());
        box().said("systemctl stop hob-memory; umount -q /var/lib/hob/memory || true;"
                + " rm -rf /etc/systemd/system/hob-memory.service.d /var/lib/hob/memory/*; systemctl daemon-reload;"
                + " systemctl reset-failed hob-memory; systemctl start hob.target");
    }

    void awaitState(String state) {
        Eventually.await("it is " + state, () -> show("ActiveState").equals(state));
    }

    /// Waits until another process of it answers.
    void awaitBack(String pidBefore) {
        Eventually.await(
                "another process answers", () -> show("ActiveState").equals("active") && !pid().equals(pidBefore));
    }

    @Override
    public void close() {
        installed.close();
    }
}
