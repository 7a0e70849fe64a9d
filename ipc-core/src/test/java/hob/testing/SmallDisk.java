package hob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file system of its own for one folder, seen only by those who are started in it. It goes when its holder goes, and
/// that one goes with this process.
public final class SmallDisk implements AutoCloseable {
    private final Process holder;
    private final Path folder;

    private SmallDisk(Process holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /// Why there is none to be had here, or nothing.
    public static String missing() {
        if (!Command.exists("unshare") || !Command.exists("nsenter")) {
            return "unshare and nsenter are needed: 'apt install util-linux'";
        }
        var tried = Command.run(Path.of("/"), "unshare", "-m", "true");
        return tried.exit() == 0 ? "" : "only root can make a file system of its own: " + tried.output();
    }

    public static SmallDisk at(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        var holder = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=" + size + ",mode=0700 hob \"$1\" && echo mounted && read -r _",
                        "sh",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        var said = holder.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"mounted".equals(said)) {
            throw new IOException("no small disk: " + said);
        }
        return new SmallDisk(holder, folder);
    }

    /// What stands before a command that is to see it.
    public List<String> inside() {
        return List.of("nsenter", "-m", "-t", Long.toString(holder.pid()));
    }

    /// The same folder, seen from outside.
    public Path folder() {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(folder.toString().substring(1));
    }

    /// Takes all that is left, to the last byte.
    public void fill() {
        fill(folder());
    }

    /// Any disk, by a file in this folder.
    public static void fill(Path folder) {
        try (var filler =
                FileChannel.open(folder.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var chunk = 1 << 16; chunk > 0; chunk /= 16) {
                fillBy(chunk, filler);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fillBy(int chunk, FileChannel filler) {
        try {
            while (filler.write(ByteBuffer.allocate(chunk)) > 0) {
                // and once more
            }
        } catch (IOException e) {
            // no more of this size fits
        }
    }

    public void free() throws IOException {
        Files.delete(folder().resolve("filler"));
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        try {
            holder.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
