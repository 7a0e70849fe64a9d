package hob.up;

import hob.daemon.AheadOfTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes the ahead-of-time cache of the newest release, behind the back of those who run already: it makes later
/// starts quicker, and no start waits for it.
///
/// First a run in which every member rehearses is recorded, then the cache is made of the record: as two processes, so
/// that both hang on the `Leash`.
final class Cache {
    private static final long MINUTES_MOST = 5;

    private final Path house;
    private final Path releases;
    private final Console console;

    Cache(Path house, Path releases, Console console) {
        this.house = house;
        this.releases = releases;
        this.console = console;
    }

    /// By a thread that lives until it is made.
    void makeIfMissing() throws InterruptedException {
        try {
            var release = Release.newest(releases);
            if (!release.hasCache()) {
                make(release);
            }
        } catch (IOException e) {
            console.say("there is no ahead-of-time cache, so that starts are slower: " + e.getMessage());
        }
    }

    private void make(Release release) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var folder = house.resolve("up/cache-tmp");
        Folders.makeEmpty(folder);
        var record = folder.resolve("record");
        var made = folder.resolve("made");
        run(release, folder, AheadOfTime.recording(record), AheadOfTime.RUN);
        run(release, folder, AheadOfTime.creating(record, made));
        Files.move(made, release.cache(), StandardCopyOption.ATOMIC_MOVE);
        Folders.makeEmpty(folder);
        console.say("the ahead-of-time cache is made, in " + Seconds.since(began) + ": the next starts are quicker");
    }

    private void run(Release release, Path folder, List<String> options, String... main)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("nice", "-n", "19"));
        words.addAll(release.withoutCache());
        words.addAll(options);
        words.add("-Djava.io.tmpdir=" + folder);
        words.addAll(List.of(main));
        var process = Leash.start(words, Map.of(), folder.resolve("log"));
        try {
            if (!process.waitFor(MINUTES_MOST, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("see " + folder.resolve("log"));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
