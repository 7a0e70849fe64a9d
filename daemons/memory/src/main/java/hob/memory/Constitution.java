package hob.memory;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.contract.MemoryBlocks;
import hob.contract.MemoryBlocks.CoreBlock;
import hob.contract.MemoryBlocks.Deed;
import hob.contract.MemoryBlocks.Revision;
import hob.daemon.ConfigFolder;
import hob.daemon.Kept;
import hob.daemon.Rereading;
import hob.ipc.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The block that no call can write: what a file says that belongs to root. It is read at the start and by a reload;
/// whether the file has changed since is told by `health`.
final class Constitution implements Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Constitution.class);

    private static final Path USUAL = ConfigFolder.file("constitution.md");
    private static final String ABSENT = "absent";
    private static final int BYTES_MOST = 4 * MemoryBlocks.CHARS_MOST; // four bytes a character at most
    private static final int OTHERS_WRITE = 022;
    private static final int STICKY = 01000;
    private static final String PURPOSE = "What holds whatever else is said.";

    /// A text, and the file as it was when it was read.
    private record Read(Path file, Object stamp, CoreBlock block) {}

    private final House house;
    private volatile Read read;

    /// Why what should be in force is not, where that is so.
    private volatile @Nullable String refused;

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
            refused = null;
        } catch (IOException e) {
            var sentence = e.getMessage() + "; the constitution that was read before stays in force";
            LOG.error(sentence);
            refused = sentence + ": mend that, then have it read again";
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
        return Rereading.command(house, Family.MEMORY);
    }

    private static Read read(Path file, House house) throws IOException {
        try {
            return readThere(file, house);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    file + " may not be read by the user '" + System.getProperty("user.name") + "': 'chmod a+r " + file
                            + "' lets everyone read it",
                    e);
        }
    }

    private static Read readThere(Path file, House house) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class);
        } catch (NoSuchFileException e) {
            if (!file.equals(USUAL)) {
                throw new IOException("the constitution " + file + ", which the config names, is not there", e);
            }
            LOG.info("there is no {}: the built-in constitution holds", file);
            return new Read(file, ABSENT, block(builtIn(), "built-in", null));
        }
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no file with a text: 'ls -ld " + file + "'"); // it might never end
        }
        var real = file.toRealPath();
        checkNobodyElseWrites(real, house);
        var text = text(real);
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

    /// In the installed house the file is root's, and so is the way to it: who may write in a folder can put another
    /// file there. In a private house it belongs to whoever runs it.
    private static void checkNobodyElseWrites(Path real, House house) throws IOException {
        checkNobodyElseWrites(real, false, house);
        for (var folder = real.getParent(); folder != null && !house.oneUser(); folder = folder.getParent()) {
            checkNobodyElseWrites(folder, true, house);
        }
    }

    private static void checkNobodyElseWrites(Path at, boolean isFolder, House house) throws IOException {
        var owner = (Integer) Files.getAttribute(at, "unix:uid");
        if (owner != 0 && !house.oneUser()) {
            throw new IOException(
                    at + " belongs to " + Files.getOwner(at) + ", who could rewrite it: 'chown root " + at + "'");
        }
        var mode = (Integer) Files.getAttribute(at, "unix:mode");
        var isSafe = isFolder && (mode & STICKY) != 0; // each takes away only what is their own
        if ((mode & OTHERS_WRITE) != 0 && !isSafe) {
            throw new IOException(at + " can be written by others than its owner: 'chmod go-w " + at + "'");
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (var input = Files.newInputStream(file)) {
            bytes = input.readNBytes(BYTES_MOST + 1);
        }
        if (bytes.length > BYTES_MOST) {
            throw new IOException(file + " has more than " + MemoryBlocks.CHARS_MOST + " characters");
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder(); // it replaces nothing
            return decoder.decode(ByteBuffer.wrap(bytes)).toString().strip();
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

    private static CoreBlock block(String text, String who, @Nullable Instant when) {
        var chars = Text.chars(text);
        return new CoreBlock(
                MemoryBlocks.CONSTITUTION,
                PURPOSE,
                text,
                MemoryBlocks.CHARS_MOST,
                true,
                new Revision(0, Deed.SET, who, when, null, null, chars));
    }

    private static Object stamp(PosixFileAttributes attributes) {
        return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    @Override
    public Part health() {
        var now = read;
        var why = refused;
        if (why != null) {
            return Part.ill(MemoryBlocks.CONSTITUTION, why, reloadCommand());
        }
        try {
            var stamp = stamp(Files.readAttributes(now.file(), PosixFileAttributes.class));
            if (stamp.equals(now.stamp())) {
                return Part.well(MemoryBlocks.CONSTITUTION);
            }
        } catch (NoSuchFileException e) {
            return now.stamp().equals(ABSENT) ? Part.well(MemoryBlocks.CONSTITUTION) : gone(now.file());
        } catch (IOException e) {
            return Part.ill(
                    MemoryBlocks.CONSTITUTION,
                    now.file() + " cannot be looked at: " + e,
                    "ls -la " + now.file().getParent());
        }
        return Part.ill(MemoryBlocks.CONSTITUTION, now.file() + " has changed since it was read", reloadCommand());
    }

    private Part gone(Path file) {
        return Part.ill(
                MemoryBlocks.CONSTITUTION,
                file + " is gone, and what it said stays in force: "
                        + (file.equals(USUAL)
                                ? "put it back, or have it read again, by which the built-in one holds"
                                : "put it back, then have it read again"),
                reloadCommand());
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
