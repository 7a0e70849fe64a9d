package hob.install;

import hob.rehearsal.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The releases that lie side by side, one of which is in use. Who runs stands in the one that it was started from.
record Releases(Places places) {
    /// The one in use, and two to go back to.
    static final int KEPT = 3;

    Release at(Release release) {
        return new Release(places.releases().resolve(release.name()), release.name());
    }

    /// Whole: it got its name when all of it was on the disk.
    boolean has(Release release) throws IOException {
        var there = at(release);
        if (there.folder().equals(release.folder())) {
            return true;
        }
        var wanted = listed(release.folder(), release);
        var found = listed(there.folder(), release);
        return found.equals(wanted)
                || (timeless(found).equals(timeless(wanted))
                        && Contents.hash(there.folder(), release.hash()).equals(release.hash()));
    }

    /// Without its cache, which is made anew where it is used.
    private static Map<String, String> listed(Path folder, Release release) throws IOException {
        var listed = Disk.listing(folder);
        listed.remove(release.cache().getFileName().toString());
        listed.keySet().removeIf(file -> file.startsWith(Contents.UNFINISHED));
        return listed;
    }

    /// As it is after somebody copied it without the times.
    private static Map<String, String> timeless(Map<String, String> listed) {
        var timeless = new HashMap<>(listed);
        timeless.replaceAll((_, is) -> is.replaceFirst(" of .*", ""));
        return timeless;
    }

    void take(Release release) throws IOException {
        var to = at(release).folder();
        var fresh = places.releases().resolve("." + release.name() + ".new");
        Disk.remove(fresh);
        Disk.makeFolder(places.releases());
        Disk.copyAll(release.folder(), fresh);
        Disk.remove(fresh.resolve(release.cache().getFileName().toString()));
        if (!Contents.hash(fresh, release.hash()).equals(release.hash())) {
            throw new CannotInstall(
                    release.folder() + " is not what its name says, or was made anew while it was copied:"
                            + " make it again, and install that");
        }
        if (Files.exists(to)) { // somebody wrote into it
            if (isRunFrom(to)) {
                throw new CannotInstall("the release " + to + " is not what its name says, and somebody runs from it:"
                        + " 'systemctl stop hob.target', remove that folder, and install again");
            }
            Disk.discard(to);
        }
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(places.releases());
    }

    /// The one in use.
    Optional<Release> current() {
        try {
            return Optional.of(Release.at(places.current().toRealPath()));
        } catch (IOException e) {
            return Optional.empty(); // there is none yet
        }
    }

    boolean isCurrent(Release release) throws IOException {
        return Disk.leadsTo(places.current(), target(release));
    }

    void makeCurrent(Release release) throws IOException {
        var folder = at(release).folder();
        Files.setLastModifiedTime(folder, Files.getLastModifiedTime(folder)); // 'changed' is when it was in use last
        Disk.link(places.current(), target(release));
    }

    private static Path target(Release release) {
        return Path.of("releases", release.name());
    }

    /// All that are whole.
    List<Release> all() throws IOException {
        var all = new ArrayList<Release>();
        if (Files.isDirectory(places.releases())) {
            try (var folders = Files.list(places.releases())) {
                for (var folder : folders.sorted().toList()) {
                    if (Release.isIn(folder)) {
                        all.add(Release.at(folder));
                    }
                }
            }
        }
        return all;
    }

    /// Whatever else lies in their place: somebody else's, which is left alone.
    List<Path> strange() throws IOException {
        if (!Files.isDirectory(places.releases())) {
            return List.of();
        }
        try (var folders = Files.list(places.releases())) {
            return folders.filter(folder -> !folder.getFileName().toString().startsWith(".") && !Release.isIn(folder))
                    .toList();
        }
    }

    /// Beyond those that are kept; and what an installation left that was cut off.
    List<Path> old() throws IOException {
        if (!Files.isDirectory(places.releases())) {
            return List.of();
        }
        var current = current().map(Release::folder).orElse(places.releases());
        var others = new ArrayList<Path>();
        var old = new ArrayList<Path>();
        try (var folders = Files.list(places.releases())) {
            for (var folder : folders.toList()) {
                if (folder.getFileName().toString().startsWith(".")) {
                    old.add(folder);
                } else if (!folder.equals(current) && Release.isIn(folder)) {
                    others.add(folder);
                }
            }
        }
        others.sort(Comparator.comparing(Releases::changed).reversed());
        others.stream().skip(KEPT - 1L).filter(folder -> !isRunFrom(folder)).forEach(old::add);
        return old;
    }

    /// When it came, or was put into use: the time of the folder itself is that of its sources.
    private static FileTime changed(Path folder) {
        try {
            return (FileTime) Files.getAttribute(folder, "unix:ctime");
        } catch (IOException e) {
            return FileTime.fromMillis(0); // it is just being removed
        }
    }

    /// Members stand in it, and commands have its runtime.
    static boolean isRunFrom(Path folder) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> leadsInto(folder, process, "cwd") || leadsInto(folder, process, "exe"));
    }

    private static boolean leadsInto(Path folder, ProcessHandle process, String link) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), link))
                    .startsWith(folder);
        } catch (NoSuchFileException e) {
            return false; // it has ended
        } catch (IOException e) {
            return false; // somebody else's, which a person without root cannot have started from here
        }
    }

    static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
