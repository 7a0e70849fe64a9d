package hob.install;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Folders in which nothing is left.
final class Emptied {
    private Emptied() {}

    /// Removes it if it is empty, and then the one above it, up to one that is always there.
    static void remove(Path folder, Path stop) throws IOException {
        for (var at = folder; at.startsWith(stop) && !at.equals(stop); at = Disk.parent(at)) {
            try {
                Files.delete(at);
            } catch (NoSuchFileException e) {
                // the one above it may be there
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }
}
