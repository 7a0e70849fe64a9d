package hob.hand;

import hob.hand.Told.Logged;
import hob.ipc.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the members of a private house say: `scripts/up` keeps it in `log` of the house, a file for each.
final class KeptLogs {
    /// A line is seen within a second of its being said; to look costs a few system calls.
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path folder;
    private final Map<Path, KeptLog> logs = new TreeMap<>();

    KeptLogs(House house) {
        this.folder = house.folder().resolve("log");
    }

    void read(Wanted wanted, Consumer<Logged> taker) {
        if (!Files.isDirectory(folder)) {
            throw new Refused(
                    Exit.NOT_FOUND,
                    "there is no " + folder + ": 'scripts/up' keeps one, and who starts a member otherwise reads what"
                            + " it says there");
        }
        try {
            lastOf(wanted, news(wanted)).forEach(taker);
            while (wanted.follow()) {
                Thread.sleep(LOOK);
                news(wanted).forEach(taker);
            }
        } catch (IOException e) {
            throw new Refused(Exit.NOT_FOUND, "the logs in " + folder + " cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted, which nobody should do", e);
        }
    }

    /// What was said since the last look, by whomever, in the order of time.
    private List<Logged> news(Wanted wanted) throws IOException {
        var lines = new ArrayList<Logged>();
        for (var file : files()) {
            var known = logs.get(file);
            var log = known == null ? new KeptLog(file) : known;
            logs.put(file, log);
            var said = (known == null ? log.all() : log.more())
                    .stream().filter(wanted::isMet).toList();
            lines.addAll(known == null ? lastOf(wanted, said) : said);
        }
        lines.sort(Comparator.comparing(Logged::at)); // and is stable
        return lines;
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder, "*.log")) {
            found.forEach(files::add);
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    private static List<Logged> lastOf(Wanted wanted, List<Logged> lines) {
        var most = wanted.linesMost();
        return most == null || lines.size() <= most ? lines : lines.subList(lines.size() - most, lines.size());
    }
}
