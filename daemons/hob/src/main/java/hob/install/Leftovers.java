package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// What releases that lie there have put in use: units, links and help that one of them had, and another has not.
///
/// @param places is told by which systemd they run
record Leftovers(Places places, Collection<Path> unitFiles, Collection<Path> others) {
    /// What this release has not.
    static Leftovers of(Release release, Places places) throws IOException {
        var all = ofAll(places);
        all.unitFiles()
                .removeAll(new UnitFiles(places, Systemd.version()).of(release).keySet());
        all.others().removeAll(Installation.shared(release, places).keySet());
        all.others().removeAll(links(release, places));
        return all;
    }

    /// What any has.
    static Leftovers ofAll(Places places) throws IOException {
        var unitFiles = new TreeSet<Path>();
        var others = new TreeSet<Path>();
        for (var release : new Releases(places).all()) {
            unitFiles.addAll(
                    new UnitFiles(places, Systemd.version()).of(release).keySet());
            others.addAll(Installation.shared(release, places).keySet());
            others.addAll(links(release, places));
        }
        unitFiles.removeIf(file -> !Releases.isThere(file));
        others.removeIf(file -> !Releases.isThere(file));
        return new Leftovers(places, unitFiles, others);
    }

    /// Those that lead to Hob, and not what somebody else called so.
    static List<Path> links(Release release, Places places) throws IOException {
        var links = new ArrayList<Path>();
        for (var program : release.programs()) {
            var link = places.programs().resolve(program.getFileName());
            if (Disk.leadsTo(link, places.current().resolve("bin").resolve(program.getFileName()))) {
                links.add(link);
            }
        }
        return links;
    }

    boolean isEmpty() {
        return unitFiles.isEmpty() && others.isEmpty();
    }

    void remove(Systemd systemd) throws IOException {
        var units = unitFiles.stream()
                .filter(file -> places.units().equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .toList();
        systemd.end(units);
        var files = new ArrayList<>(unitFiles);
        files.addAll(others);
        for (var file : files) {
            Files.deleteIfExists(file);
            Emptied.remove(Disk.parent(file), places.stayingAbove(file));
        }
    }
}
