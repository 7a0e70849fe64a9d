package hob.install;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// One at a time: two that install at once would each undo what the other has just done.
public final class Sole implements AutoCloseable {
    private final FileChannel channel;

    private Sole(FileChannel channel) {
        this.channel = channel;
    }

    /// Has the place to itself until it is closed.
    ///
    /// @throws CannotInstall where somebody is at it
    public static Sole in(Places places) throws IOException {
        var channel = FileChannel.open(
                Disk.parent(places.doors()).resolve("hob-install.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                // whoever could open it could hold the lock, and nobody would ever install again
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new CannotInstall(
                    "Hob is just being installed or removed by somebody else: wait until that has ended");
        }
        return new Sole(channel);
    }

    /// The file stays until the next boot, since somebody may wait for it just now.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
