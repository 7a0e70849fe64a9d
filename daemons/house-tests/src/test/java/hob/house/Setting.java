package hob.house;

import hob.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One line of a unit's files.
///
/// @param file seen from the folder of the units
record Setting(String file, String section, String key, String value) {
    private static final String NEWER = "since-254/";

    /// What can be said more than once: systemd unites it, or takes an empty value as a new beginning.
    private static final Set<String> LISTS = Set.of(
            "After",
            "Before",
            "Wants",
            "Requires",
            "PartOf",
            "Documentation",
            "Environment",
            "ReadWritePaths",
            "ReadOnlyPaths",
            "InaccessiblePaths",
            "NoExecPaths",
            "ExecPaths",
            "BindPaths",
            "BindReadOnlyPaths",
            "TemporaryFileSystem",
            "SystemCallFilter",
            "RestrictAddressFamilies",
            "IPAddressAllow",
            "IPAddressDeny",
            "SupplementaryGroups",
            "LoadCredential",
            "CapabilityBoundingSet",
            "WantedBy");

    /// Those of a unit in the order in which systemd of that version reads them: the unit's own file, then all drop-ins
    /// by their names, whichever folder they are in.
    static List<Setting> of(Path units, String unit, int systemd) {
        var all = new ArrayList<Setting>();
        for (var file : files(units, unit, systemd)) {
            read(units, file, all);
        }
        return all;
    }

    private static List<Path> files(Path units, String unit, int systemd) {
        var kind = unit.substring(unit.lastIndexOf('.'));
        var folders = new ArrayList<>(List.of(units.resolve(unit + ".d")));
        var newer = units.resolve(NEWER + unit + ".d");
        if (systemd >= 254) {
            folders.add(newer);
        }
        if (unit.startsWith("hob-")) {
            folders.add(units.resolve("hob-" + kind + ".d"));
        }
        var files = new ArrayList<>(List.of(units.resolve(unit)));
        folders.stream()
                .flatMap(Setting::list)
                .sorted(Comparator.comparing(Path::getFileName))
                .forEach(files::add);
        return files;
    }

    private static Stream<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path units, Path file, List<Setting> into) {
        var section = "";
        for (var line : Golden.read(file).replace("\\\n", " ").lines().toList()) {
            var equals = line.indexOf('=');
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
            } else if (!line.startsWith("#") && equals > 0) {
                into.add(new Setting(
                        units.relativize(file).toString(),
                        section,
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip()));
            }
        }
    }

    /// Those that a later line of the same unit makes void, but for what a member gives up of the common sandbox.
    static List<Setting> overridden(List<Setting> settings) {
        var later = new HashSet<String>();
        return settings.reversed().stream()
                .filter(setting -> !LISTS.contains(setting.key()) && !later.add(setting.section() + setting.key()))
                .filter(setting -> !setting.file().startsWith("hob-.service.d/"))
                .toList();
    }

    /// Whether it is what older systemds go by, where a newer one has a better way in a file of its own.
    boolean isForOlder(List<Setting> settings) {
        return !file.startsWith(NEWER)
                && settings.stream()
                        .anyMatch(other ->
                                other.file.startsWith(NEWER) && other.key.equals(key) && other.section.equals(section));
    }

    @Override
    public String toString() {
        return key + "=" + value + " of " + file;
    }
}
