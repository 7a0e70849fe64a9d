package hob.memory;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.contract.MemoryBlocks;
import hob.contract.MemoryBlocks.CoreBlock;
import hob.contract.MemoryBlocks.Deed;
import hob.contract.MemoryBlocks.Revision;
import hob.daemon.Kept;
import hob.ipc.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The block that no call can write: what a file says that belongs to root. It is read at the start and by a reload;
/// whether the file has changed since is told by `health`.
final class Constitution implements Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Constitution.class);

    private static final Path USUAL = Path.of("/etc/hob/constitution.md");
    private static final String ABSENT = "absent";
    private static final String PURPOSE = "What holds whatever else is said.";

    /// A text, and the file as it was when it was read.
    private record Read(Path file, Object stamp, CoreBlock block) {}

    private final House house;
    private volatile Read read;

    private Constitution(House house, Read read) {
        this.house = house;
        this.read = read;
    }

    /// @throws IOException with a sentence for whoever starts the daemon
    static Constitution open(Path file, House house) throws IOException {
        return new Constitution(house, read(file, house));
    }

    /// What was in force stays in force where the new one will not do.
    void reload(MemoryConfig config) {
        try {
            read = read(config.constitution(), house);
        } catch (IOException e) {
            LOG.error("{}; the constitution that was read before stays in force", e.getMessage());
        }
    }

    CoreBlock block() {
        return read.block();
    }

    Path file() {
        return read.file();
    }

    /// What a person types after changing the file.
    String reloadCommand() {
        return house.oneUser()
                ? "kill -HUP " + ProcessHandle.current().pid()
                : "systemctl reload " + Family.MEMORY.user();
    }

    private static Read read(Path file, House house) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class);
        } catch (NoSuchFileException e) {
            if (!file.equals(USUAL)) {
                throw new IOException("the constitution " + file + ", which the config names, is not there", e);
            }
            LOG.info("there is no {}: the built-in constitution holds", file);
            return new Read(file, ABSENT, block(builtIn(), "built-in", Instant.EPOCH));
        }
        checkNobodyElseWrites(file, attributes, house);
        var text = text(file);
        var chars = Text.chars(text);
        if (chars > MemoryBlocks.CHARS_MOST) {
            throw new IOException(file + " has " + chars + " characters, and " + MemoryBlocks.CHARS_MOST
                    + " is the most: it goes into every prompt");
        }
        return new Read(
                file,
                stamp(attributes),
                block(
                        text,
                        attributes.owner().getName(),
                        attributes.lastModifiedTime().toInstant()));
    }

    /// In the installed house the file is root's; in a private one, of whoever runs it.
    private static void checkNobodyElseWrites(Path file, PosixFileAttributes attributes, House house)
            throws IOException {
        var owner = (Integer) Files.getAttribute(file, "unix:uid");
        if (owner != 0 && !house.oneUser()) {
            throw new IOException(
                    file + " belongs to " + attributes.owner() + ", who could rewrite it: 'chown root " + file + "'");
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(file + " can be written by others than its owner: 'chmod go-w " + file + "'");
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > 4L * MemoryBlocks.CHARS_MOST) { // four bytes a character at most
            throw new IOException(file + " has more than " + MemoryBlocks.CHARS_MOST + " characters");
        }
        try {
            return Files.readString(file).strip();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
    }

    private static String builtIn() {
        try (var text = Constitution.class.getResourceAsStream("constitution.md")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CoreBlock block(String text, String who, Instant when) {
        var chars = Text.chars(text);
        return new CoreBlock(
                MemoryBlocks.CONSTITUTION,
                PURPOSE,
                text,
                MemoryBlocks.CHARS_MOST,
                true,
                new Revision(0, Deed.SET, who, when, "file", null, chars));
    }

    private static Object stamp(PosixFileAttributes attributes) {
        return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    @Override
    public Part health() {
        var now = read;
        try {
            var stamp = stamp(Files.readAttributes(now.file(), PosixFileAttributes.class));
            if (stamp.equals(now.stamp())) {
                return Part.well(MemoryBlocks.CONSTITUTION);
            }
        } catch (NoSuchFileException e) {
            if (now.stamp().equals(ABSENT)) {
                return Part.well(MemoryBlocks.CONSTITUTION);
            }
        } catch (IOException e) {
            return Part.ill(
                    MemoryBlocks.CONSTITUTION,
                    now.file() + " cannot be looked at: " + e,
                    "ls -la " + now.file().getParent());
        }
        return Part.ill(MemoryBlocks.CONSTITUTION, now.file() + " has changed since it was read", reloadCommand());
    }

    @Override
    public String toString() {
        return "the constitution";
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
