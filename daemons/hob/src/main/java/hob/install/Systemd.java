package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The systemd that is told: the machine's, or one person's.
record Systemd(boolean ofUser) {
    /// With it came what the units need: sandboxes that hold, and `ExecPaths=`.
    static final int VERSION_LEAST = 252;

    static boolean isBooted() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    /// 0 where there is none.
    static int version() throws IOException {
        var first = Program.run("systemctl", "--version")
                .output()
                .lines()
                .findFirst()
                .orElse("");
        var words = first.split(" ", -1);
        return words.length > 1 && words[1].matches("\\d{1,6}") ? Integer.parseInt(words[1]) : 0;
    }

    Program ask(String... words) throws IOException {
        var all = new ArrayList<>(List.of("systemctl"));
        if (ofUser) {
            all.add("--user");
        }
        all.addAll(List.of(words));
        return Program.run(all);
    }

    Program ask(String verb, List<String> units) throws IOException {
        var words = new ArrayList<>(List.of(verb));
        words.addAll(units);
        return ask(words.toArray(String[]::new));
    }

    /// As `systemctl show` has it.
    String show(String unit, String property) throws IOException {
        return ask("show", "--value", "-p", property, unit).orFail(); // no answer is not a no
    }

    /// None of them runs any more, nor is started again: also not one that is masked, or whose file is gone already.
    void end(List<String> units) throws IOException {
        ask("daemon-reload").orFail(); // what it read before may be gone
        var known = new ArrayList<String>();
        var running = new ArrayList<String>();
        for (var unit : units) {
            var isKnown = show(unit, "LoadState").equals("loaded");
            if (isKnown) {
                known.add(unit);
            }
            if (isKnown || !List.of("inactive", "failed").contains(show(unit, "ActiveState"))) {
                running.add(unit);
            }
        }
        if (!running.isEmpty()) {
            ask("stop", running).orFail();
        }
        known.removeIf(unit -> unit.endsWith(".slice"));
        if (!known.isEmpty()) {
            ask("disable", known).orFail();
        }
    }

    /// Whether it looks for units there.
    boolean looksInto(Path folder) throws IOException {
        return List.of(ask("show", "--value", "-p", "UnitPath").orFail().split(" ", -1))
                .contains(folder.toString());
    }

    boolean isActive(String unit) throws IOException {
        return show(unit, "ActiveState").equals("active");
    }

    /// Somebody wants that nothing starts it.
    boolean isMasked(String unit) throws IOException {
        return show(unit, "LoadState").equals("masked");
    }

    boolean isEnabled(String unit) throws IOException {
        return ask("is-enabled", "--quiet", unit).isGood();
    }

    /// Whether it knows the unit as it lies on the disk.
    boolean isRead(String unit) throws IOException {
        return List.of("loaded", "masked").contains(show(unit, "LoadState"))
                && show(unit, "NeedDaemonReload").equals("no");
    }
}
