package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// An installation taken away, in the reverse order of its making. What people wrote and what members kept stays,
/// unless
/// that is to go, too.
public final class Removal {
    private final Release release;
    private final Places places;
    private final Systemd systemd;
    private final Accounts accounts;
    private final Set<Path> unitFiles;
    private final List<String> units;

    private Removal(Release release, Places places) throws IOException {
        this.release = release;
        this.places = places;
        this.systemd = new Systemd(places.ofUser());
        this.accounts = Accounts.of(release);
        this.unitFiles = unitFiles();
        this.units = unitFiles.stream()
                .filter(file -> places.units().equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .filter(unit -> isNotOthers(overrides().resolve(unit)))
                .toList();
    }

    /// What shall hold when Hob is gone.
    ///
    /// @param release of those that are there, whose files are known
    /// @param purge config and state, too, and the users to whom that belongs
    public static Course of(Release release, Places places, boolean purge) throws IOException {
        var removal = new Removal(release, places);
        var steps = new ArrayList<>(removal.steps());
        if (purge) {
            steps.addAll(removal.purging());
        }
        steps.addAll(removal.releases());
        return new Course(steps);
    }

    private List<Step> steps() throws IOException {
        return List.of(
                new Step("no member runs, and none will be started", this::isStopped, this::stop),
                gone("systemd's files are gone from " + places.units(), List.copyOf(unitFiles)),
                new Step("systemd has forgotten them", this::isForgotten, this::forget),
                gone("help for man and the tab key is gone from " + places.share(), help()),
                gone("the doors are gone: " + places.doors(), List.of(places.doors())));
    }

    /// Those of this release, whether they are there or not, and of all that lie there.
    private Set<Path> unitFiles() throws IOException {
        var files = new TreeSet<>(
                new UnitFiles(places, Systemd.version()).of(release).keySet());
        files.addAll(Leftovers.ofAll(places).unitFiles());
        return files;
    }

    private List<Path> help() throws IOException {
        var help = new TreeSet<>(Installation.shared(release, places).keySet());
        help.addAll(Leftovers.ofAll(places).others());
        help.removeAll(programs());
        return List.copyOf(help);
    }

    private List<Path> programs() throws IOException {
        var links = new TreeSet<>(Leftovers.links(release, places));
        for (var other : new Releases(places).all()) {
            links.addAll(Leftovers.links(other, places));
        }
        return List.copyOf(links);
    }

    /// The last ones, since they take away what this process itself needs, and how it is called.
    private List<Step> releases() throws IOException {
        return List.of(
                gone("what could be typed is gone from " + places.programs(), programs()),
                new Step(
                        "all releases are gone from " + places.home(),
                        () -> List.of(places.current(), places.releases(), goneReleases(), places.going()).stream()
                                .noneMatch(Releases::isThere),
                        () -> {
                            Disk.remove(places.current());
                            Disk.remove(Disk.beside(places.current()));
                            Disk.remove(places.going());
                            Disk.discard(places.releases());
                            Emptied.remove(places.home(), places.stayingAbove(places.home()));
                        }));
    }

    private Path goneReleases() {
        return places.home().resolve(".releases.gone");
    }

    private List<Step> purging() throws IOException {
        var steps = new ArrayList<Step>();
        steps.add(gone("settings are gone: " + places.config(), withOverrides()));
        steps.add(gone("what members kept is gone: " + places.state(), List.of(places.state())));
        if (!places.ofUser()) {
            steps.add(new Step("users and groups of the members are gone", accounts::areGone, accounts::remove));
        }
        return steps;
    }

    /// What an administrator added to units is a setting, too.
    private List<Path> withOverrides() throws IOException {
        var settings = new ArrayList<>(List.of(places.config()));
        for (var unit : units) {
            if (isOfHob(overrides().resolve(unit))) {
                settings.add(overrides().resolve(unit));
            }
            settings.add(overrides().resolve(unit + ".d"));
            settings.add(asked().resolve(unit + ".d"));
        }
        settings.add(overrides().resolve("hob-.service.d"));
        return settings;
    }

    /// Where an administrator's own settings of units are, and systemd's links to what is enabled.
    private Path overrides() {
        return places.ofUser() ? Disk.parent(places.config()).resolve("systemd/user") : Path.of("/etc/systemd/system");
    }

    /// A mask, or one in place of the shipped one; and not somebody else's who is called so.
    private boolean isOfHob(Path override) {
        try {
            return Disk.leadsTo(override, Path.of("/dev/null"))
                    || (Files.isRegularFile(override)
                            && Files.readString(override).contains(places.current() + "/"));
        } catch (IOException e) {
            return false; // what cannot be read is left alone
        }
    }

    private boolean isNotOthers(Path override) {
        return !Releases.isThere(override) || isOfHob(override);
    }

    /// What `systemctl set-property` wrote.
    private Path asked() {
        return places.ofUser()
                ? Disk.parent(places.config()).resolve("systemd/user.control")
                : Path.of("/etc/systemd/system.control");
    }

    private boolean isStopped() throws IOException {
        for (var unit : units) {
            if (systemd.isActive(unit) || (!unit.endsWith(".slice") && systemd.isEnabled(unit))) {
                return false;
            }
        }
        return wanted().isEmpty() && new CacheOf(release, places).isCleared();
    }

    private void stop() throws IOException {
        if (Files.isDirectory(places.home())) {
            Disk.write(places.going(), new byte[0]);
        }
        new CacheOf(release, places).clear(); // an installation that was cut off may have left one at work
        systemd.end(units);
        for (var link : wanted()) {
            Disk.remove(link);
            Emptied.remove(Disk.parent(link), overrides());
        }
        Emptied.remove(overrides(), places.stayingAbove(overrides())); // systemd made it for links alone
    }

    private boolean isForgotten() throws IOException {
        for (var unit : units) {
            if (!unit.endsWith(".slice") && !List.of("not-found", "masked").contains(systemd.show(unit, "LoadState"))) {
                return false;
            }
        }
        return true;
    }

    private void forget() throws IOException {
        systemd.ask("daemon-reload").orFail();
        systemd.ask("reset-failed", units); // where none has failed there is nothing to forget
    }

    /// The links that have a unit started: systemd leaves those of one that is masked.
    private List<Path> wanted() throws IOException {
        var links = new ArrayList<Path>();
        if (Files.isDirectory(overrides())) {
            try (var folders = Files.newDirectoryStream(overrides(), "*.{wants,requires}")) {
                for (var folder : folders) {
                    units.stream()
                            .map(folder::resolve)
                            .filter(Files::isSymbolicLink)
                            .forEach(links::add);
                }
            }
        }
        return links;
    }

    /// With the folders in which they were alone.
    private Step gone(String what, List<Path> files) {
        return new Step(what, () -> files.stream().noneMatch(Removal::isLeft), () -> {
            for (var file : files) {
                Disk.remove(file);
                Disk.remove(Disk.beside(file));
                Emptied.remove(Disk.parent(file), places.stayingAbove(file));
            }
        });
    }

    /// Whole, or as it was being written when an installation was cut off.
    private static boolean isLeft(Path file) {
        return Releases.isThere(file) || Releases.isThere(Disk.beside(file));
    }
}
