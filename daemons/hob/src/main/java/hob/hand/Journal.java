package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the members of a house say that systemd looks after: its journal has it, in order, and finds it by trace and
/// level.
///
/// @param unitOption by which `journalctl` takes a unit
/// @param files those that would have to be read, as a pattern
/// @param noRights what is said to who may not
record Journal(String unitOption, String files, String noRights) {
    /// Also those of chores, whose names are not the family's.
    private static final String ALL_UNITS = "hob-*.service";

    private static final Pattern UNIT = Pattern.compile("hob-(.+)\\.service");

    /// Who says it. What a user's unit says is of the unit of the user's systemd too.
    private static final List<String> OWN_UNIT = List.of("_SYSTEMD_UNIT", "_SYSTEMD_USER_UNIT");

    /// Of whom systemd says it.
    private static final List<String> UNIT_ABOUT =
            List.of("UNIT", "OBJECT_SYSTEMD_UNIT", "USER_UNIT", "OBJECT_SYSTEMD_USER_UNIT");

    /// Where systemd writes, on disk or, until there is one, in memory; below, a folder for each machine.
    private static final List<Path> FOLDERS = List.of(Path.of("/var/log/journal"), Path.of("/run/log/journal"));

    private static final String GROUP =
            "who is in the group systemd-journal ('sudo adduser NAME systemd-journal', and a new login)";

    private static final String NO_RIGHTS = "you may not read the journal: 'sudo hob logs' may, and so may " + GROUP;

    /// journald gives users a file of their own, but only on disk.
    private static final String NO_RIGHTS_OF_A_USER = "you may not read the journal, in which only " + GROUP
            + " reads what your members say: where it is kept on disk, in /var/log/journal, you may read your own";

    private static final int SIGINT_ENDED = 128 + 2;
    private static final int SIGTERM_ENDED = 128 + 15;

    static Journal ofMachine() {
        return new Journal("--unit=", "system.journal", NO_RIGHTS);
    }

    /// Of the user who asks.
    static Journal ofUser() {
        return new Journal("--user-unit=", "*.journal", NO_RIGHTS_OF_A_USER);
    }

    void read(Wanted wanted, Consumer<Logged> taker) {
        if (isClosedToMe()) {
            throw new Refused(Exit.DENIED, noRights);
        }
        var journalctl = start(words(wanted));
        var ending = new Thread(() -> journalctl.toHandle().destroy()); // whoever ends this command ends both
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            pass(journalctl, taker);
            checkEnd(journalctl);
        } catch (IOException e) {
            throw new Refused(Exit.UNAVAILABLE, "journalctl broke off: " + e.getMessage());
        } finally {
            journalctl.destroy();
            forget(ending);
        }
    }

    /// It would only show a reader their own lines, and not say so.
    private boolean isClosedToMe() {
        var journals = new ArrayList<Path>();
        FOLDERS.forEach(folder -> in(folder, "*").forEach(machine -> journals.addAll(in(machine, files))));
        return !journals.isEmpty() && journals.stream().noneMatch(Files::isReadable);
    }

    private static List<Path> in(Path folder, String names) {
        try (var found = Files.newDirectoryStream(folder, names)) {
            var all = new ArrayList<Path>();
            found.forEach(all::add);
            return all;
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // it is not there, or may not be looked into: then journalctl says more
        }
    }

    private List<String> words(Wanted wanted) {
        var words = new ArrayList<>(List.of(
                "journalctl",
                "--output=export",
                "--output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,HOB_TRACE," + String.join(",", OWN_UNIT) + ","
                        + String.join(",", UNIT_ABOUT),
                "--no-pager"));
        var members = wanted.words().isEmpty()
                ? Arrays.stream(Family.values()).map(Family::word).toList()
                : wanted.words();
        members.forEach(word -> words.add(unitOption + "hob-" + word + ".service"));
        if (wanted.words().isEmpty()) {
            words.add(unitOption + ALL_UNITS); // those of which the journal knows already
        }
        if (wanted.follow()) {
            words.add("--follow");
        }
        if (wanted.linesMost() != null) {
            words.add("--lines=" + wanted.linesMost());
        } else if (wanted.follow()) {
            words.add("--no-tail");
        }
        if (wanted.since() != null) {
            words.add("--since=@" + wanted.since().getEpochSecond());
        }
        words.add("--priority=" + priority(wanted.level()));
        if (wanted.trace() != null) {
            words.add("HOB_TRACE=" + wanted.trace());
        }
        return words;
    }

    private static int priority(LogLevel level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }

    private static Process start(List<String> words) {
        try {
            var builder = new ProcessBuilder(words);
            builder.environment().put("LC_ALL", "C");
            var started = builder.start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new Refused(
                    Exit.UNAVAILABLE,
                    "journalctl, which reads what an installed house says, cannot be started: it belongs to systemd");
        }
    }

    private static void pass(Process journalctl, Consumer<Logged> taker) throws IOException {
        var entries = new JournalExport(new BufferedInputStream(journalctl.getInputStream(), 1 << 16));
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
            taker.accept(logged(entry));
        }
    }

    static Logged logged(Map<String, String> entry) {
        var own = word(entry, OWN_UNIT);
        var about = own != null ? own : word(entry, UNIT_ABOUT);
        var member = about == null ? "house" : about;
        var by = own != null ? own : entry.getOrDefault("SYSLOG_IDENTIFIER", "systemd");
        var micros = Long.parseLong(entry.getOrDefault("__REALTIME_TIMESTAMP", "0"));
        return new Logged(
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                member,
                by,
                level(entry.getOrDefault("PRIORITY", "6")),
                entry.getOrDefault("MESSAGE", ""),
                entry.get("HOB_TRACE"));
    }

    private static @Nullable String word(Map<String, String> entry, List<String> fields) {
        for (var field : fields) {
            var matched = UNIT.matcher(entry.getOrDefault(field, ""));
            if (matched.matches()) {
                return matched.group(1);
            }
        }
        return null;
    }

    private static LogLevel level(String priority) {
        return switch (priority) {
            case "0", "1", "2", "3" -> LogLevel.ERROR;
            case "4" -> LogLevel.WARN;
            case "7" -> LogLevel.DEBUG;
            default -> LogLevel.INFO;
        };
    }

    /// At a terminal Ctrl-C goes to both, and who ends first should not be blamed.
    private void checkEnd(Process journalctl) throws IOException {
        var said = new String(journalctl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var status = endOf(journalctl);
        if (status == SIGINT_ENDED || status == SIGTERM_ENDED) {
            throw new Refused(Exit.INTERRUPTED, "");
        } else if (said.contains("insufficient permissions")) {
            throw new Refused(Exit.DENIED, noRights);
        } else if (status != 0) {
            throw new Refused(
                    Exit.UNAVAILABLE, "journalctl ended with " + status + (said.isEmpty() ? "" : ": " + said));
        }
    }

    private static int endOf(Process journalctl) {
        try {
            return journalctl.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted, which nobody should do", e);
        }
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // this command is being ended, and so it runs
        }
    }
}
