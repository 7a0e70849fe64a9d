package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/// What the members of the machine's house say: systemd's journal has it, in order, and finds it by trace and level.
final class Journal {
    /// Also those of chores, whose names are not the family's.
    private static final String ALL_UNITS = "hob-*.service";

    private static final Pattern UNIT = Pattern.compile("hob-(.+)\\.service");

    /// Where systemd writes, on disk or, until there is one, in memory; below, a folder for each machine.
    private static final List<Path> FOLDERS = List.of(Path.of("/var/log/journal"), Path.of("/run/log/journal"));

    private static final String NO_RIGHTS =
            "you may not read the journal: 'sudo hob logs' may, and so may who is in the"
                    + " group systemd-journal ('sudo adduser NAME systemd-journal', and a new login)";

    private static final int SIGINT_ENDED = 128 + 2;
    private static final int SIGTERM_ENDED = 128 + 15;

    private Journal() {}

    static void read(Wanted wanted, Consumer<Logged> taker) {
        if (isClosedToMe()) {
            throw new Refused(Exit.DENIED, NO_RIGHTS);
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
    private static boolean isClosedToMe() {
        var journals = new ArrayList<Path>();
        for (var folder : FOLDERS) {
            try (var machines = Files.newDirectoryStream(folder)) {
                machines.forEach(machine -> journals.add(machine.resolve("system.journal")));
            } catch (IOException e) {
                // it is not there, or may not be looked into: then journalctl says more
            }
        }
        var here = journals.stream().filter(Files::exists).toList();
        return !here.isEmpty() && here.stream().noneMatch(Files::isReadable);
    }

    private static List<String> words(Wanted wanted) {
        var words = new ArrayList<>(List.of(
                "journalctl",
                "--output=export",
                "--output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_SYSTEMD_UNIT,UNIT,OBJECT_SYSTEMD_UNIT,HOB_TRACE",
                "--no-pager"));
        var members = wanted.words().isEmpty()
                ? Arrays.stream(Family.values()).map(Family::word).toList()
                : wanted.words();
        members.forEach(word -> words.add("--unit=hob-" + word + ".service"));
        if (wanted.words().isEmpty()) {
            words.add("--unit=" + ALL_UNITS); // those of which the journal knows already
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
        var own = word(entry.get("_SYSTEMD_UNIT"));
        var about = own != null ? own : word(entry.getOrDefault("UNIT", entry.get("OBJECT_SYSTEMD_UNIT")));
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

    private static @Nullable String word(@Nullable String unit) {
        var matched = UNIT.matcher(unit == null ? "" : unit);
        return matched.matches() ? matched.group(1) : null;
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
    private static void checkEnd(Process journalctl) throws IOException {
        var said = new String(journalctl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var status = endOf(journalctl);
        if (status == SIGINT_ENDED || status == SIGTERM_ENDED) {
            throw new Refused(Exit.INTERRUPTED, "");
        } else if (said.contains("insufficient permissions")) {
            throw new Refused(Exit.DENIED, NO_RIGHTS);
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
