package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.ipc.House;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The block that no call can write.
@Tag("life")
class ConstitutionTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("constitution.md");
    }

    private House members() {
        return House.ofMembers(folder);
    }

    private static void assertRefused(Path file, House house, String... words) {
        assertThatThrownBy(() -> Constitution.open(file, house))
                .isInstanceOf(IOException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }

    @Test
    void itIsReadAndAReloadReadsItAnew() throws Exception {
        var constitution = Constitution.open(Files.writeString(file(), "Tell the truth.\n"), House.ofOneUser(folder));
        assertThat(constitution.block().text()).isEqualTo("Tell the truth.");
        assertThat(constitution.block().readOnly()).isTrue();
        assertThat(constitution.block().revision().turn()).isNull();
        assertThat(constitution.block().revision().when())
                .isEqualTo(Files.getLastModifiedTime(file()).toInstant());
        assertThat(constitution.health().ok()).isTrue();

        Files.writeString(file(), "Tell the truth, and be kind.\n");
        assertThat(constitution.block().text()).isEqualTo("Tell the truth.");
        assertThat(constitution.health().wrong()).contains("has changed since it was read");
        assertThat(constitution.health().mend())
                .isEqualTo("kill -HUP " + ProcessHandle.current().pid());

        constitution.reload(Configs.with(file()));
        assertThat(constitution.block().text()).isEqualTo("Tell the truth, and be kind.");
        assertThat(constitution.health().ok()).isTrue();
    }

    @Test
    void whatWillNotDoLeavesTheOldOneInForce() throws Exception {
        var constitution = Constitution.open(Files.writeString(file(), "Tell the truth."), House.ofOneUser(folder));
        Files.writeString(file(), "x".repeat(20_001));
        constitution.reload(Configs.with(file()));
        assertThat(constitution.block().text()).isEqualTo("Tell the truth.");
        assertThat(constitution.health().wrong()).contains("20000 is the most", "read before stays in force");

        constitution.reload(Configs.with(folder.resolve("elsewhere.md")));
        assertThat(constitution.health().wrong())
                .contains("elsewhere.md", "is not there")
                .endsWith("stays in force: mend that, then have it read again");

        constitution.reload(Configs.with(Files.writeString(file(), "Be kind.")));
        assertThat(constitution.health().ok()).isTrue();
    }

    @Test
    void theBuiltInOneWasWrittenAtNoTime() throws Exception {
        var usual = Path.of("/etc/hob/constitution.md");
        if (Files.exists(usual)) { // Hob is installed here, and its own holds
            return;
        }
        var revision = Constitution.open(usual, members()).block().revision();
        assertThat(revision.who()).isEqualTo("built-in");
        assertThat(revision.when()).isNull();
    }

    @Test
    void aFileThatIsGoneMustComeBackBeforeItIsReadAgain() throws Exception {
        var constitution = Constitution.open(Files.writeString(file(), "Tell the truth."), House.ofOneUser(folder));
        Files.delete(file());
        assertThat(constitution.health().wrong())
                .isEqualTo(file() + " is gone, and what it said stays in force: put it back, then have it read again");
    }

    @Test
    @Timeout(30)
    void whatIsNoFileIsNotReadForEver() throws Exception {
        assertRefused(Path.of("/dev/zero"), House.ofOneUser(folder), "/dev/zero is no file with a text");
        assertRefused(folder, House.ofOneUser(folder), "is no file with a text");
        assertThat(Command.run(folder, "mkfifo", file().toString()).exit()).isZero();
        assertRefused(file(), House.ofOneUser(folder), "is no file with a text");
    }

    @Test
    void whoCouldPutAnotherInItsPlaceIsSeen() throws Exception {
        assumeTrue((Integer) Files.getAttribute(folder, "unix:uid") == 0, "only root can own what is root's");
        var open = Files.createDirectory(folder.resolve("open"));
        Files.writeString(open.resolve("constitution.md"), "Tell the truth.");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        var link = Files.createSymbolicLink(file(), open.resolve("constitution.md"));
        assertRefused(link, members(), open + " can be written by others", "chmod go-w " + open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Constitution.open(link, members()).block().text()).isEqualTo("Tell the truth.");
        Files.setAttribute(open, "unix:uid", 12_345);
        assertRefused(link, members(), open + " belongs to", "chown root " + open);
    }

    @Test
    void whoElseCouldWriteItIsRefused() throws Exception {
        Files.writeString(file(), "Tell the truth.");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertRefused(file(), House.ofOneUser(folder), "can be written by others", "chmod go-w " + file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Constitution.open(file(), House.ofOneUser(folder)).block().text())
                .isEqualTo("Tell the truth.");
        if ((Integer) Files.getAttribute(file(), "unix:uid") == 0) {
            assertThat(Constitution.open(file(), members()).block().text()).isEqualTo("Tell the truth.");
            Files.setAttribute(file(), "unix:uid", 12_345);
        }
        assertRefused(file(), members(), "who could rewrite it", "chown root " + file());
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        assertRefused(file(), members(), "which the config names, is not there");
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
        assertRefused(file(), House.ofOneUser(folder), "is not UTF-8");
        Files.writeString(file(), "x".repeat(20_001));
        assertRefused(file(), House.ofOneUser(folder), "has 20001 characters, and 20000 is the most");
        Files.writeString(file(), "x".repeat(100_000));
        assertRefused(file(), House.ofOneUser(folder), "has more than 20000 characters");
    }
}
