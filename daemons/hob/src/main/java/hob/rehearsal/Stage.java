package hob.rehearsal;

import hob.daemon.AheadOfTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Where a release rehearses. Whoever may read the release can do it, and leaves nothing behind.
public final class Stage {
    private final Release release;

    public Stage(Release release) {
        this.release = release;
    }

    /// How many queries each member answered, by their words.
    public Map<String, Integer> rehearse() throws IOException, CannotRehearse, InterruptedException {
        var scratch = Files.createTempDirectory("hob-rehearsal");
        try {
            return train(scratch, List.of());
        } finally {
            remove(scratch);
        }
    }

    /// The same, and makes the ahead-of-time cache of it.
    ///
    /// @param cache is there when it is whole, and not before
    public Map<String, Integer> makeCache(Path cache) throws IOException, CannotRehearse, InterruptedException {
        checkName(cache);
        release.checkIsWhole();
        var beside = cache.toAbsolutePath().getParent();
        var made = Files.createTempDirectory(beside, ".hob-rehearsal");
        var scratch =
                Files.createTempDirectory("hob-rehearsal"); // the path of a socket is short, and that one may not be
        try {
            var record = made.resolve("record");
            var whole = made.resolve("whole");
            var queries = train(scratch, AheadOfTime.recording(record));
            run(scratch, "the cache cannot be made", AheadOfTime.creating(record, whole));
            run(
                    scratch,
                    "the cache that was made is of no use",
                    List.of("-XX:AOTMode=on", "-XX:AOTCache=" + whole, "-version"));
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, cache, StandardCopyOption.ATOMIC_MOVE);
            return queries;
        } finally {
            remove(scratch);
            remove(made);
        }
    }

    private void checkName(Path cache) throws CannotRehearse {
        if (release.name().isEmpty()) {
            throw new CannotRehearse("the cache of a checkout is made by 'scripts/up'; another release makes its own");
        }
        var name = cache.getFileName().toString();
        if (name.matches("hob-\\w+\\.aot") && !name.equals(release.cache())) {
            throw new CannotRehearse("'" + name + "' is the cache of another release; that of " + release.name()
                    + " is '" + release.cache() + "'");
        }
    }

    private Map<String, Integer> train(Path scratch, List<String> flags)
            throws IOException, CannotRehearse, InterruptedException {
        var told = scratch.resolve("told");
        var log = scratch.resolve("log");
        var all = new ArrayList<>(flags);
        all.add("-Djava.io.tmpdir=" + scratch);
        var isWell = Child.run(release.folder(), release.training(all, told), log);
        if (!isWell && !Files.exists(told)) {
            throw new CannotRehearse("the rehearsal broke off: " + Child.lastWords(log));
        }
        return Report.read(told);
    }

    private void run(Path scratch, String wrong, List<String> flags)
            throws IOException, CannotRehearse, InterruptedException {
        var log = scratch.resolve("log");
        if (!Child.run(release.folder(), release.words(flags), log)) {
            throw new CannotRehearse(wrong + ": " + Child.lastWords(log));
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
