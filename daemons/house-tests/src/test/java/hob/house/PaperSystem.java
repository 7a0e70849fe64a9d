package hob.house;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder that looks to systemd's own programs like a system in which the units of the checkout are installed.
/// Nothing
/// of this machine is in it, and nothing runs, so that it needs no root.
final class PaperSystem {
    private static final Path INSTALLED = Path.of("usr/local/lib/systemd/system");

    /// What units lean on, which is there on every system.
    private static final List<String> AROUND =
            List.of("sysinit", "basic", "shutdown", "multi-user", "timers", "network-online", "time-sync");

    private final Path root;
    private final Programs systemd;

    /// Runs systemd's programs, here or in a box.
    interface Programs {
        Command run(String... words);

        /// How a folder is called where they run.
        default String seen(Path folder) {
            return folder.toString();
        }
    }

    private PaperSystem(Path root, Programs systemd) {
        this.root = root;
        this.systemd = systemd;
    }

    /// @param root a folder that is not there yet
    static PaperSystem in(Path root, Programs systemd) {
        var paper = new PaperSystem(root, systemd);
        try {
            paper.lay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paper;
    }

    private void lay() throws IOException {
        var units = Checkout.root().resolve("units");
        copy(units, root.resolve("opt/hob/current/units"));
        for (var file : list(units)) {
            var name = file.getFileName().toString();
            if (name.startsWith("hob")) {
                copy(file, root.resolve(INSTALLED).resolve(name));
            }
        }
        if (version() >= 254) {
            copy(units.resolve("since-254"), root.resolve(INSTALLED));
        }
        copy(units.resolve("sysusers.d"), root.resolve("usr/local/lib/sysusers.d"));
        copy(units.resolve("tmpfiles.d"), root.resolve("usr/local/lib/tmpfiles.d"));
        for (var word : AROUND) {
            put("usr/lib/systemd/system/" + word + ".target", "[Unit]\nDescription=" + word + "\n");
        }
        for (var program : List.of("opt/hob/current/runtime/bin/java", "opt/hob/current/bin/hob", "usr/bin/kill")) {
            if (!put(program, "#!/bin/sh\n").toFile().setExecutable(true)) {
                throw new IOException(program + " cannot be made executable");
            }
        }
        Files.createDirectories(root.resolve("etc"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var there = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(there);
                } else {
                    Files.createDirectories(there.resolveSibling("."));
                    Files.copy(file, there);
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path put(String file, String content) throws IOException {
        Files.createDirectories(root.resolve(file).resolveSibling("."));
        return Files.writeString(root.resolve(file), content);
    }

    int version() {
        return Integer.parseInt(
                systemd.run("systemd-analyze", "--version").output().split("[ \n]", -1)[1]);
    }

    /// All units but drop-ins, by their names.
    List<String> units() throws IOException {
        return list(root.resolve(INSTALLED)).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".d"))
                .toList();
    }

    /// What is wrong with a unit and its drop-ins, in systemd's words. Without --recursive-errors=one, unknown keys and
    /// bad
    /// values end with 0.
    String verified(String unit) {
        var said = systemd.run(
                "systemd-analyze",
                "verify",
                "--root=" + systemd.seen(root),
                "--man=no",
                "--recursive-errors=one",
                unit);
        return said.exit() == 0 ? said.output() : said.output() + "it ended with " + said.exit() + "\n";
    }

    List<Setting> settings(String unit) {
        return Setting.of(root.resolve("opt/hob/current/units"), unit, version());
    }

    /// What is not within the bounds of its kind, in systemd's words.
    String exposed(String service) {
        var said = systemd.run(
                "systemd-analyze",
                "security",
                "--no-pager",
                "--offline=true",
                "--root=" + systemd.seen(root),
                "--threshold=" + Exposure.of(settings(service)).tenths(),
                service);
        return said.exit() == 0
                ? ""
                : said.output().lines().filter(line -> !line.startsWith("✓")).collect(Collectors.joining("\n"));
    }

    /// The users and groups that would be made, and who owns which folder with which mode, a line each.
    List<String> people() {
        var made = systemd.run("systemd-sysusers", "--root=" + systemd.seen(root));
        if (made.exit() != 0) {
            throw new AssertionError(made.output());
        }
        var lines = new ArrayList<String>();
        for (var user : lines("etc/passwd")) {
            var fields = user.split(":", -1);
            lines.add("user " + fields[0] + " of group " + groups().get(fields[3]) + ", home " + fields[5] + ", shell "
                    + fields[6]);
        }
        groups().values().forEach(group -> lines.add("group " + group));
        return lines;
    }

    /// After people().
    ///
    /// @return a line each: mode, owner, group, path; and what systemd-tmpfiles has to say
    List<String> folders() {
        var made = systemd.run("systemd-tmpfiles", "--root=" + systemd.seen(root), "--create");
        // who is not root cannot give files away, and is told so of each
        var said = made.output().lines().filter(line -> !line.startsWith("fchownat() of"));
        var owned = isRoot();
        var files = Stream.of("run/hob", "etc/hob", "var/lib/hob").flatMap(folder -> below(folder).stream());
        return Stream.concat(said, files.map(file -> described(file, owned))).toList();
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private List<Path> below(String folder) {
        try (var files = Files.walk(root.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String described(Path file, boolean owned) {
        var name = "/" + root.relativize(file);
        try {
            if (Files.isSymbolicLink(file)) {
                return name + " -> " + Files.readSymbolicLink(file);
            }
            var is = Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            var mode = "%04o ".formatted((int) Objects.requireNonNull(is.get("mode")) & 07777);
            return mode
                    + (owned ? users().get("" + is.get("uid")) + " " + groups().get("" + is.get("gid")) + " " : "")
                    + name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> users() {
        return names("etc/passwd");
    }

    private Map<String, String> groups() {
        return names("etc/group");
    }

    private Map<String, String> names(String file) {
        var names = new TreeMap<>(Map.of("0", "root"));
        lines(file).stream().map(line -> line.split(":", -1)).forEach(line -> names.put(line[2], line[0]));
        return names;
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
