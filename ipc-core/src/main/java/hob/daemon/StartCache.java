package hob.daemon;

import hob.contract.HouseCall.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether this process started by the ahead-of-time cache that it was given. Without it, or with one that the JVM
/// refuses, a start is slower and no other, and the JVM goes on without a word: so it is said here.
///
/// The JVM tells nobody whether it took the cache, but one that it took is mapped into its memory. It refuses that of
/// another release, since its jars are of another time (`scripts/lib/dist.sh`).
final class StartCache {
    /// Beside `-XX:AOTCache` in the flags of a release, since a flag cannot be asked after without half a library.
    static final String PROPERTY = "hob.cache";

    private static final String PART = "start";
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private final @Nullable Path file;
    private final String restart;
    private final Instant began = Instant.now();

    /// Null until somebody has asked: a start has better things to do. What is mapped stays so.
    private volatile @Nullable Boolean taken;

    /// @param named null where there is none, as in a checkout before the first cache is made
    /// @param restart the command by which what is done to the cache takes effect
    StartCache(@Nullable String named, String restart) {
        this.file = named == null ? null : Path.of(named).toAbsolutePath();
        this.restart = restart;
    }

    Part health() {
        var asked = file;
        if (asked == null || isTaken(asked)) {
            return Part.well(PART);
        }
        if (isNewerThanThis(asked)) {
            return Part.wellBut(PART, without(asked, "which was made since then"), restart);
        }
        var why = Files.notExists(asked)
                ? "which is not there"
                : Files.isReadable(asked)
                        ? "which is damaged, or of another release, runtime or flags"
                        : "which it may not read";
        return Part.wellBut(PART, without(asked, why), asked.resolveSibling("bin/hob") + " rehearse --cache " + asked);
    }

    private static String without(Path file, String why) {
        return "it started without its ahead-of-time cache " + file + ", " + why + ": slower, and no other";
    }

    private boolean isTaken(Path asked) {
        var known = taken;
        if (known == null) {
            known = isMapped(asked.getFileName().toString());
            taken = known;
        }
        return known;
    }

    /// By its name alone, which has a hash in it: the file may have been removed since, or be seen in another place.
    private static boolean isMapped(String name) {
        try (var lines = Files.lines(MAPPED, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("/" + name));
        } catch (IOException e) {
            return true; // it cannot be known, and what is not known is not told
        }
    }

    private boolean isNewerThanThis(Path asked) {
        try {
            return Files.isReadable(asked)
                    && Files.getLastModifiedTime(asked).toInstant().isAfter(began);
        } catch (IOException e) {
            return false; // it is gone again
        }
    }
}
