package hob.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files that are there whole or not at all, also after a power cut.
final class Disk {
    private Disk() {}

    static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    /// Readable by all, whatever the umask is.
    static void write(Path file, byte[] bytes) throws IOException {
        makeFolder(parent(file));
        var fresh = beside(file);
        writeWhole(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(file));
    }

    /// Nothing is written where somebody has written meanwhile.
    static void writeIfAbsent(Path file, byte[] bytes) throws IOException {
        makeFolder(parent(file));
        var fresh = beside(file);
        writeWhole(fresh, bytes);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // it is there, and theirs
        }
        Files.delete(fresh);
        sync(parent(file));
    }

    private static void writeWhole(Path fresh, byte[] bytes) throws IOException {
        Files.deleteIfExists(fresh);
        var mode = PosixFilePermissions.fromString("rw-r--r--");
        try (var channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(mode))) { // never more than that, whatever the umask
            for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(fresh, mode);
    }

    static boolean leadsTo(Path link, Path target) throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
    }

    /// At no moment is there none, nor half of one.
    static void link(Path link, Path target) throws IOException {
        makeFolder(parent(link));
        var fresh = beside(link);
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(link));
    }

    /// With all above it that are not there yet; everyone can look into it.
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(parent(folder));
            var mode = PosixFilePermissions.fromString("rwxr-xr-x");
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mode));
            Files.setPosixFilePermissions(folder, mode);
            sync(parent(folder));
        }
    }

    /// In which nobody else can look.
    static void makeOwnFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sync(parent(folder));
        }
    }

    /// What the folder's files are, as far as can be told without reading them.
    static Map<String, String> listing(Path folder) throws IOException {
        var listing = new HashMap<String, String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.toList()) {
                    var is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    listing.put(
                            folder.relativize(file).toString(),
                            is.isRegularFile()
                                    ? is.size() + " of " + is.lastModifiedTime().toMillis()
                                    : is.isSymbolicLink() ? "link" : "folder");
                }
            }
        }
        return listing;
    }

    /// With times, since a cache knows its jars by them, and without owners: what is copied belongs to whoever copies
    /// it.
    static void copyAll(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) throws IOException {
                makeFolder(in(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                if (is.isSymbolicLink()) {
                    Files.createSymbolicLink(in(file), Files.readSymbolicLink(file));
                } else {
                    copy(file, in(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException thrown) throws IOException {
                Files.setLastModifiedTime(in(folder), Files.getLastModifiedTime(folder));
                sync(in(folder));
                return FileVisitResult.CONTINUE;
            }

            private Path in(Path file) {
                return to.resolve(from.relativize(file).toString());
            }
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        Files.setPosixFilePermissions(
                to, PosixFilePermissions.fromString(Files.isExecutable(from) ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
        try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Whatever it is; links are not followed.
    static void remove(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(file, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path found, BasicFileAttributes is) throws IOException {
                Files.delete(found);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException thrown) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path found, IOException thrown) throws IOException {
                if (thrown instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // a member was just closing its door
                }
                throw thrown;
            }
        });
    }

    /// At no moment does half of it have its name.
    static void discard(Path folder) throws IOException {
        var gone = folder.resolveSibling("." + folder.getFileName() + ".gone");
        remove(gone);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
            sync(parent(gone));
        }
        remove(gone);
    }

    static long bytes(Path folder) throws IOException {
        var sum = 0L;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parent(Path file) {
        var parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return parent;
    }

    /// Where it is written before it is whole.
    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }
}
