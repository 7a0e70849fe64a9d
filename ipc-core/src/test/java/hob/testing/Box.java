package hob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A really booted systemd of its own, which is gone with all that was written in it when it is closed.
public final class Box implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final List<String> options;
    private final Thread clearing = new Thread(this::down); // a test run that is ended leaves no box behind

    /// Whose systemd it is.
    public enum Tree {
        /// This machine's own system, which is Debian 12 with systemd 252 where CI runs.
        MACHINE,
        /// A bare Debian 13, with systemd 257; `scripts/dev setup` makes it.
        TRIXIE;

        /// Why there is none to be had here, or nothing.
        public String missing() {
            return Box.missing(folder());
        }

        private Path folder() {
            return this == MACHINE ? Path.of("/") : made("trixie-systemd");
        }
    }

    /// Where `scripts/dev setup` makes a bare system.
    public static Path made(String tree) {
        var cache = System.getenv("XDG_CACHE_HOME");
        var caches = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return caches.resolve("hob/trees").resolve(tree);
    }

    /// Why this tree cannot be booted here, or nothing.
    public static String missing(Path tree) {
        var checked = Command.run(Checkout.root(), script(), "check");
        if (checked.exit() != 0) {
            return checked.output().strip();
        }
        return Files.isDirectory(tree)
                ? ""
                : "the tree " + tree + " is not there: 'scripts/dev setup' makes it, as root";
    }

    private Box(List<String> options) {
        this.options = options;
    }

    private static String script() {
        return Checkout.root().resolve("scripts/dev.d/box").toString();
    }

    /// Comes back when it is up.
    ///
    /// @param options those of `scripts/dev box up`
    public static Box boot(Tree tree, String... options) {
        return boot(tree.folder(), options);
    }

    /// Comes back when it is up.
    ///
    /// @param options those of `scripts/dev box up`
    public static Box boot(Path tree, String... options) {
        var all = new ArrayList<>(List.of("--tree", tree.toString()));
        all.addAll(List.of(options));
        var box = new Box(all);
        Runtime.getRuntime().addShutdownHook(box.clearing);
        box.up();
        return box;
    }

    private void up() {
        var words = new ArrayList<>(List.of(script(), "up", name));
        words.addAll(options);
        var said = Command.run(Checkout.root(), words.toArray(String[]::new));
        if (said.exit() != 0) {
            throw new IllegalStateException("no box: " + said.output());
        }
    }

    /// All its processes die at once, and it boots anew from what it wrote, if it was booted with `--persist`.
    public void cutPower() {
        down();
        up();
    }

    /// Runs a program in it, as root.
    public Command exec(String... words) {
        return Command.run(Checkout.root(), words(words).toArray(String[]::new));
    }

    /// What runs a program in it.
    public List<String> words(String... words) {
        var all = new ArrayList<>(List.of(script(), "exec", name));
        all.addAll(List.of(words));
        return all;
    }

    public Command sh(String script) {
        return exec("bash", "-c", script);
    }

    /// What a script prints that must not fail.
    public String said(String script) {
        var said = sh("set -e; " + script);
        if (said.exit() != 0) {
            throw new AssertionError("'" + script + "' ended with " + said.exit() + ": " + said.output());
        }
        return said.output().strip();
    }

    /// A file in it as it is seen from here: doors can be knocked at, and what is not known in here is whose they are.
    public Path outside(String path) {
        var boxes = System.getenv("HOB_BOXES");
        var pid = Path.of(boxes == null ? "/run/hob-boxes" : boxes, name, "nspawn.pid");
        try {
            var nspawn = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
            var first = nspawn.stream().flatMap(ProcessHandle::children).findFirst();
            return Path.of("/proc", Long.toString(first.orElseThrow().pid()), "root", path);
        } catch (IOException e) {
            throw new UncheckedIOException("the box is not up", e);
        }
    }

    /// A property of a unit, as `systemctl show` has it.
    public String show(String unit, String property) {
        return said("systemctl show --value -p " + property + " -- " + unit);
    }

    /// The unit's lines since the boot, without those of systemd itself.
    public List<String> journal(String unit) {
        return said("journalctl -o cat --no-pager -b _SYSTEMD_UNIT=" + unit)
                .lines()
                .toList();
    }

    private void down() {
        Command.run(Checkout.root(), script(), "down", name);
    }

    @Override
    public void close() {
        down();
        try {
            Runtime.getRuntime().removeShutdownHook(clearing);
        } catch (IllegalStateException e) {
            // it is being run just now, and finds nothing to do
        }
    }
}
