package hob.hand;

import hob.hand.Told.Player;
import hob.hand.Told.Rehearsed;
import hob.ipc.Spelling;
import hob.rehearsal.CannotRehearse;
import hob.rehearsal.Release;
import hob.rehearsal.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `hob rehearse`: whether this Hob can live, tried where nobody is disturbed.
final class Rehearse {
    private Rehearse() {}

    static Exit run(Errand errand, List<String> words) {
        var began = System.nanoTime();
        var typed = errand.options().cache();
        var cache = typed == null ? null : file(typed);
        try {
            var release = Release.ofThisProcess();
            var stage = new Stage(release);
            var queries = cache == null ? stage.rehearse() : stage.makeCache(cache);
            say(errand, release, queries, (System.nanoTime() - began) / 1_000_000, cache);
            return Exit.OK;
        } catch (CannotRehearse e) {
            throw new Refused(Exit.ILL, e.sentence());
        } catch (IOException e) {
            throw new Refused(Exit.OUTPUT, "the rehearsal found no room: " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted, which nobody should do", e);
        }
    }

    private static Path file(String typed) {
        var file = Path.of(typed).toAbsolutePath().normalize();
        var folder = file.getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw Refused.usage("--cache is a file, and " + file + " is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new Refused(Exit.NOT_FOUND, "there is no folder " + folder + ", in which the cache could be made");
        }
        if (!Files.isWritable(folder)) {
            throw new Refused(Exit.DENIED, "the cache is made in " + folder + ", where you may not write");
        }
        return file;
    }

    private static void say(
            Errand errand, Release release, Map<String, Integer> queries, long tookMs, @Nullable Path cache) {
        if (errand.options().json()) {
            var members = queries.entrySet().stream()
                    .map(member -> new Player(member.getKey(), member.getValue()))
                    .toList();
            errand.out()
                    .line(Spelling.of(new Rehearsed(
                            release.name().isEmpty() ? null : release.name(),
                            members,
                            tookMs,
                            cache == null ? null : cache.toString())));
            return;
        }
        var members = queries.entrySet().stream()
                .map(member -> member.getKey() + " (" + member.getValue() + " queries)")
                .collect(Collectors.joining(", "));
        errand.out()
                .line("rehearsed in " + Times.lasting(Duration.ofMillis(tookMs)) + ": " + members
                        + " and the hob command" + (cache == null ? "" : "; the cache is " + cache));
    }
}
