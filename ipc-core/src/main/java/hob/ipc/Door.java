package hob.ipc;

import hob.contract.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/// The listening socket of a daemon. It is bound under another name and renamed into place, so that there is no
/// moment at which a caller meets a door with wrong rights or nobody behind it.
public final class Door {
    /// sun_path has 108 bytes with its NUL.
    private static final int PATH_BYTES_MOST = 107;

    /// Beside the door, and no longer than its own name, so that the kernel's limit is the door's.
    private static final String MAKING = "new";

    /// How many callers may wait in the kernel while all slots are taken, or while the daemon starts anew.
    private static final int WAITING_MOST = 1024;

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
    private final Kernel.Bell bell;
    private final Path path;
    private final Object file;
    private volatile boolean closed;

    /// @param file what `fileAt` said of it before anyone else could put another in its place
    private Door(AFUNIXServerSocketChannel bound, Kernel.Bell bell, Path path, Object file) throws IOException {
        this.bound = bound;
        this.bell = bell;
        this.path = path;
        this.file = file;
        // The library lets nobody in at a socket whose file has another name than it was bound under. So the same
        // descriptor is taken up a second time, as one that was inherited would be. Both channels hold one
        // FileDescriptor, and only the first of them closes it.
        this.listener = FileDescriptorCast.using(Objects.requireNonNull(bound.getFileDescriptor()))
                .as(AFUNIXServerSocketChannel.class);
        this.listener.configureBlocking(false);
        // Whoever else keeps this socket, such as systemd, keeps it open.
        bound.setShutdownOnClose(false);
        listener.setShutdownOnClose(false);
    }

    /// Makes the door of a member in its folder.
    ///
    /// @throws IOException with a sentence for whoever starts the daemon
    public static Door make(House house, Family member) throws IOException {
        var path = house.door(member);
        var bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PATH_BYTES_MOST) {
            throw new IOException(
                    "the path of a door can have " + PATH_BYTES_MOST + " bytes, and this has " + bytes + ": " + path);
        }
        var making = path.resolveSibling(MAKING);
        var bell = new Kernel.Bell();
        var bound = AFUNIXServerSocketChannel.open();
        try {
            var folder = Objects.requireNonNull(path.getParent());
            if (!Files.isDirectory(folder)) {
                throw new IOException("its folder is not there: 'mkdir -p " + folder + "'");
            }
            Files.deleteIfExists(making);
            bound.socket().setDeleteOnClose(false); // by then another daemon may have its door there
            bound.bind(AFUNIXSocketAddress.of(making), WAITING_MOST);
            Files.setPosixFilePermissions(making, FOR_ALL_WHO_GET_HERE);
            var door = new Door(bound, bell, path, fileAt(making));
            Files.move(making, path, StandardCopyOption.ATOMIC_MOVE);
            return door;
        } catch (IOException | RuntimeException e) {
            bound.close();
            bell.close();
            throw new IOException("cannot make the door " + path + ": " + e.getMessage(), e);
        }
    }

    /// Waits for the next caller; null when the door was closed, or the caller is gone again.
    @Nullable
    AFUNIXSocketChannel accept() throws IOException {
        bell.awaitKnock(Kernel.descriptor(listener));
        return closed ? null : listener.accept();
    }

    /// For a porter who could let nobody in: those who knock are still there when it has rested.
    void rest() {
        bell.awaitRing(REST_MS);
    }

    boolean isClosed() {
        return closed;
    }

    Path path() {
        return path;
    }

    /// Nobody is let in any more. The file goes only if it is still this door's.
    synchronized void close() throws IOException {
        if (closed) {
            return; // by now the bell's descriptor may be another's
        }
        closed = true;
        bell.ring();
        try {
            if (fileAt(path).equals(file)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // someone else took it away: it is gone, as it should be
        }
    }

    /// When nobody waits at it any more.
    synchronized void letGo() throws IOException {
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

    private static Object fileAt(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }
}
