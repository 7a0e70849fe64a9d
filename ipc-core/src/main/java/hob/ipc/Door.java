package hob.ipc;

import hob.contract.Family;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/// The listening socket of a daemon. Its file has two names: one of its own, under which it was bound, and the door's,
/// which is put into place when all is ready. So there is no moment at which a caller meets a door with wrong rights or
/// nobody behind it; and the kernel, which knows of a socket only the name under which it was bound, tells for ever
/// which
/// file is this socket's.
public final class Door {
    /// sun_path has 108 bytes with its NUL.
    private static final int PATH_BYTES_MOST = 107;

    /// Names of their own are no longer than the door's, so that the kernel's limit is the door's.
    static final Pattern OWN_NAME = Pattern.compile("[dn][0-9a-z]{3}");

    private static final int OWN_NAMES = 36 * 36 * 36;

    /// A name that is taken already is met once in ten thousand doors.
    private static final int TRIES = 5;

    /// Making a door takes a millisecond: a name that is older is in use, or was left behind.
    private static final Duration MAKING_TIME = Duration.ofSeconds(10);

    /// How many callers may wait in the kernel while all slots are taken, or while the daemon starts anew.
    static final int WAITING_MOST = 1024;

    /// What was used up, such as descriptors, may be given back by then.
    private static final int REST_MS = 100;

    /// Who may come as far as the door is the folder's business; whom it opens for, the door-keeper's.
    private static final Set<PosixFilePermission> FOR_ALL_WHO_GET_HERE = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final AFUNIXServerSocketChannel bound;
    private final AFUNIXServerSocketChannel listener;
    private final Kernel.Bell bell = new Kernel.Bell();
    private final Path path;
    private final Path ownName;
    private final Object file;
    private volatile boolean closed;
    private volatile boolean staysStanding;

    private Door(AFUNIXServerSocketChannel bound, Path path, Path ownName) throws IOException {
        this.bound = bound;
        this.path = path;
        this.ownName = ownName;
        try {
            this.file = fileAt(ownName);
            // The library lets nobody in at a socket whose file has lost the name that it was bound under. So the same
            // descriptor is taken up a second time, as one that was inherited would be. Both channels hold one
            // FileDescriptor, and only the first of them closes it.
            this.listener = FileDescriptorCast.using(descriptor()).as(AFUNIXServerSocketChannel.class);
            this.listener.configureBlocking(false);
            // Whoever else keeps this socket, such as systemd, keeps it open; and another may have its door there by
            // then.
            bound.setShutdownOnClose(false);
            listener.setShutdownOnClose(false);
            bound.socket().setDeleteOnClose(false);
            listener.socket().setDeleteOnClose(false);
        } catch (IOException | RuntimeException e) {
            bell.close();
            throw e;
        }
    }

    /// Makes the door of a member in its folder.
    ///
    /// @throws IOException with a sentence for whoever starts the daemon
    public static Door make(House house, Family member) throws IOException {
        var path = house.door(member).toAbsolutePath();
        var bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PATH_BYTES_MOST) {
            throw new IOException(
                    "the path of a door can have " + PATH_BYTES_MOST + " bytes, and this has " + bytes + ": " + path);
        }
        try {
            var folder = Objects.requireNonNull(path.getParent());
            if (!Files.isDirectory(folder)) {
                throw new IOException("its folder is not there: 'mkdir -p " + folder + "'");
            }
            var door = make(path);
            door.sweep();
            return door;
        } catch (IOException | RuntimeException e) {
            throw new IOException("cannot make the door " + path + ": " + e.getMessage(), e);
        }
    }

    private static Door make(Path path) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return makeOnce(path);
            } catch (FileAlreadyExistsException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Door makeOnce(Path path) throws IOException {
        var word = Integer.toString(OWN_NAMES + ThreadLocalRandom.current().nextInt(OWN_NAMES), 36)
                .substring(1);
        var ownName = path.resolveSibling("d" + word);
        var making = path.resolveSibling("n" + word);
        if (Files.exists(ownName)) {
            throw new FileAlreadyExistsException(ownName.toString());
        }
        var bound = AFUNIXServerSocketChannel.open();
        Door door = null;
        try {
            bound.socket().setDeleteOnClose(false);
            bound.bind(AFUNIXSocketAddress.of(ownName), WAITING_MOST);
            Files.setPosixFilePermissions(ownName, FOR_ALL_WHO_GET_HERE);
            Files.createLink(making, ownName);
            door = new Door(bound, path, ownName);
            Files.move(making, path, StandardCopyOption.ATOMIC_MOVE);
            return door;
        } catch (IOException | RuntimeException e) {
            if (door == null) {
                bound.close();
            } else {
                door.close();
                door.letGo();
            }
            Files.deleteIfExists(making);
            throw e;
        }
    }

    /// Takes a door up again that a process before this one made, and another kept meanwhile. Null, and closed, where
    /// it
    /// is not the one that callers meet.
    public static @Nullable Door takeBack(House house, Family member, int descriptor) throws IOException {
        var path = house.door(member).toAbsolutePath();
        Handed.closeOnExec(descriptor);
        var bound = Handed.isListening(descriptor) ? Handed.boundTo(descriptor) : null;
        var ownName = bound == null ? null : path.resolveSibling(bound.getFileName());
        if (ownName == null || !isSame(ownName, path)) {
            Handed.close(descriptor);
            return null;
        }
        var channel = FileDescriptorCast.unsafeUsing(descriptor).as(AFUNIXServerSocketChannel.class);
        try {
            var door = new Door(channel, path, ownName);
            door.sweep();
            return door;
        } catch (NoSuchFileException e) {
            channel.close(); // just now someone took its name away
            return null;
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        try {
            return fileAt(one).equals(fileAt(other));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// Names that doors of dead daemons left behind, but for one that another daemon is just about to put into place. A
    /// door that has lost the name at which callers knock is as good as dead.
    private void sweep() throws IOException {
        try (var names =
                Files.newDirectoryStream(path.resolveSibling(""), name -> isLeft(name) && !name.equals(ownName))) {
            for (var name : names) {
                Files.deleteIfExists(name);
            }
        }
    }

    private static boolean isLeft(Path name) throws IOException {
        if (!OWN_NAME.matcher(String.valueOf(name.getFileName())).matches()) {
            return false;
        }
        try {
            var file = Files.readAttributes(name, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var age = Duration.between(file.lastModifiedTime().toInstant(), Instant.now());
            return file.isOther() && age.abs().compareTo(MAKING_TIME) > 0;
        } catch (NoSuchFileException e) {
            return false; // another was quicker
        }
    }

    /// To be handed to whoever keeps it while this daemon is not there.
    public FileDescriptor descriptor() throws IOException {
        return Objects.requireNonNull(bound.getFileDescriptor(), "closed");
    }

    /// Someone else keeps the socket too, so that callers can wait at it when this daemon is gone: its file stays.
    public void stayStanding() {
        staysStanding = true;
    }

    /// Waits for the next caller; null when the door was closed, or the caller is gone again.
    @Nullable
    AFUNIXSocketChannel accept() throws IOException {
        bell.awaitKnock(Kernel.descriptor(listener));
        return closed ? null : listener.accept();
    }

    /// One of those who waited when it was closed; null when nobody does.
    @Nullable
    AFUNIXSocketChannel acceptLate() throws IOException {
        return listener.accept();
    }

    /// For a porter who could let nobody in: those who knock are still there when it has rested.
    void rest() {
        bell.awaitRing(REST_MS);
    }

    boolean isClosed() {
        return closed;
    }

    public Path path() {
        return path;
    }

    /// Nobody is let in any more. The file goes only if it is still this door's, and nobody else keeps the socket.
    synchronized void close() throws IOException {
        if (closed) {
            return; // by now the bell's descriptor may be another's
        }
        closed = true;
        bell.ring();
        if (staysStanding) {
            return;
        }
        if (isInPlace()) {
            Files.deleteIfExists(path);
        }
        Files.deleteIfExists(ownName);
    }

    /// It has lost its place to another, and whoever keeps it was told.
    void giveUp() throws IOException {
        staysStanding = false;
        close();
    }

    /// When nobody waits at it any more.
    synchronized void letGo() throws IOException {
        // The library would shut the socket down for all who keep it, whatever it is told, so that callers were
        // refused:
        // it finds the descriptor closed already.
        new FileInputStream(descriptor()).close();
        bound.close();
        bell.close();
    }

    /// Whether its file is still there and still its own, so that callers find it.
    public boolean isInPlace() {
        try {
            return fileAt(path).equals(file);
        } catch (IOException e) {
            return false; // that it cannot be looked at is what a caller would meet too
        }
    }

    /// Device and number: what makes a file the same under all its names.
    private static Object fileAt(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
