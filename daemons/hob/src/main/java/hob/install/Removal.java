package hob.install;

import java.io.IOException;
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

    private Removal(Release release, Places places) throws IOException {
        this.release = release;
        this.places = places;
        this.systemd = new Systemd(places.ofUser());
        this.accounts = Accounts.of(release);
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
        steps.add(removal.releases()); // the last one, since it takes away what this process itself needs
        return new Course(steps);
    }

    private List<Step> steps() throws IOException {
        var unitFiles = unitFiles();
        var shared = Installation.shared(release, places).keySet();
        return List.of(
                new Step("no member runs, and none will be started", this::isStopped, this::stop),
                gone("systemd's files are gone from " + places.units(), List.copyOf(unitFiles)),
                new Step("systemd has forgotten them", this::isForgotten, this::forget),
                gone("what could be typed is gone from " + places.programs(), programs()),
                gone("help for man and the tab key is gone from " + places.share(), List.copyOf(shared)),
                gone("the doors are gone: " + places.doors(), List.of(places.doors())));
    }

    private Step releases() {
        return gone("all releases are gone from " + places.home(), List.of(places.current(), places.releases()));
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

    /// Of this release and of the one in use.
    private Set<Path> unitFiles() throws IOException {
        var here = new UnitFiles(places, Systemd.version());
        var files = new TreeSet<>(here.of(release).keySet());
        var current = new Releases(places).current();
        if (current.isPresent()) {
            files.addAll(here.of(current.get()).keySet());
        }
        return files;
    }

    private List<Path> programs() throws IOException {
        var links = new ArrayList<Path>();
        for (var program : release.programs()) {
            var link = places.programs().resolve(program.getFileName());
            if (Disk.leadsTo(link, places.current().resolve("bin").resolve(program.getFileName()))) {
                links.add(link);
            }
        }
        return links;
    }

    /// What an administrator added to units is a setting, too.
    private List<Path> withOverrides() throws IOException {
        var settings = new ArrayList<>(List.of(places.config()));
        for (var unit : UnitFiles.units(release)) {
            settings.add(overrides().resolve(unit + ".d"));
        }
        return settings;
    }

    /// Where an administrator's own settings of units are, and systemd's links to what is enabled.
    private Path overrides() {
        return places.ofUser() ? Disk.parent(places.config()).resolve("systemd/user") : Path.of("/etc/systemd/system");
    }

    private boolean isStopped() throws IOException {
        for (var unit : UnitFiles.units(release)) {
            if (systemd.isActive(unit) || (!unit.endsWith(".slice") && systemd.isEnabled(unit))) {
                return false;
            }
        }
        return true;
    }

    private void stop() throws IOException {
        var there = new ArrayList<String>();
        for (var unit : UnitFiles.units(release)) {
            if (systemd.show(unit, "LoadState").equals("loaded")) {
                there.add(unit);
            }
        }
        systemd.ask("stop", there).orFail();
        there.removeIf(unit -> unit.endsWith(".slice"));
        systemd.ask("disable", there).orFail();
        Emptied.remove(overrides(), places.stayingAbove(overrides())); // systemd made it for links alone
    }

    private boolean isForgotten() throws IOException {
        for (var unit : UnitFiles.units(release)) {
            if (!unit.endsWith(".slice") && !systemd.show(unit, "LoadState").equals("not-found")) {
                return false;
            }
        }
        return true;
    }

    private void forget() throws IOException {
        systemd.ask("daemon-reload").orFail();
        systemd.ask("reset-failed", UnitFiles.units(release)); // where none has failed there is nothing to forget
    }

    /// With the folders in which they were alone.
    private Step gone(String what, List<Path> files) {
        return new Step(what, () -> files.stream().noneMatch(Releases::isThere), () -> {
            for (var file : files) {
                Disk.remove(file);
                Emptied.remove(Disk.parent(file), places.stayingAbove(file));
            }
        });
    }
}
