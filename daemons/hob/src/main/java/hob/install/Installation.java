package hob.install;

import hob.contract.Family;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A release in its place, in use, and running. In this order, so that wherever it is cut off what is in use is whole:
/// the release that was there before, or this one.
public final class Installation {
    private final Release release;
    private final Places places;
    private final Systemd systemd;
    private final Releases releases;
    private final Release installed;
    private final SortedMap<Path, byte[]> unitFiles;
    private final Accounts accounts;
    private final Folders folders;

    private Installation(Release release, Places places) throws IOException {
        this.release = release;
        this.places = places;
        this.systemd = new Systemd(places.ofUser());
        this.releases = new Releases(places);
        this.installed = releases.at(release);
        this.unitFiles = new UnitFiles(places, Systemd.version()).of(release);
        this.accounts = Accounts.of(release);
        this.folders = Folders.of(release);
    }

    public static Course of(Release release, Places places) throws IOException {
        return new Course(new Installation(release, places).steps());
    }

    private List<Step> steps() throws IOException {
        var steps = new ArrayList<Step>();
        steps.add(new Step(
                "the release lies in " + installed.folder(),
                () -> releases.has(release),
                () -> releases.take(release)));
        var cache = new CacheOf(installed, places);
        steps.add(new Step("a cache makes starts quick: " + installed.cache(), cache::isMade, cache::make));
        if (!places.ofUser()) {
            steps.add(new Step(
                    "each member has a user of its own (" + String.join(", ", accounts.users())
                            + "), and people the group hob",
                    accounts::areThere,
                    () -> Accounts.make(installed)));
            steps.add(new Step(
                    "members have their folders in /run/hob and " + places.state(),
                    folders::areThere,
                    () -> Folders.make(installed)));
        } else {
            steps.add(new Step("members keep what they have in " + places.state(), this::haveStates, this::makeStates));
        }
        for (var config : release.configs()) {
            steps.add(configStep(config));
        }
        steps.add(new Step(
                "systemd's files lie in " + places.units(), () -> areWritten(unitFiles), () -> write(unitFiles)));
        steps.add(new Step(
                "systemd starts them at each boot" + (places.ofUser() ? ", with your own systemd" : ""),
                this::isEnabled,
                this::enable));
        if (places.ofUser()) {
            steps.add(new Step(
                    "your systemd runs also when you are not logged in (linger)", Linger::isOn, Linger::switchOn));
        }
        steps.add(new Step(
                "it is the one in use: " + places.current(),
                () -> releases.isCurrent(release),
                () -> releases.makeCurrent(release)));
        steps.add(new Step("what you can type lies in " + places.programs(), this::areLinked, this::link));
        steps.add(new Step(
                "help for man and the tab key lies in " + places.share(),
                () -> areWritten(shared()),
                () -> write(shared())));
        steps.add(new Step(
                "what only other releases have is not in use",
                () -> Leftovers.of(release, places).isEmpty(),
                () -> Leftovers.of(release, places).remove(systemd)));
        steps.add(new Step(
                "systemd has read its files",
                this::isRead,
                () -> systemd.ask("daemon-reload").orFail()));
        steps.add(new Step("the members run, from this release", this::doRun, this::start));
        steps.add(new Step(
                "no more than " + Releases.KEPT + " releases are kept",
                () -> releases.old().isEmpty(),
                () -> {
                    for (var old : releases.old()) {
                        Disk.discard(old);
                    }
                }));
        return steps;
    }

    private static boolean areWritten(SortedMap<Path, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            if (!Disk.holds(file.getKey(), file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static void write(SortedMap<Path, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            if (!Disk.holds(file.getKey(), file.getValue())) {
                Disk.write(file.getKey(), file.getValue());
            }
        }
    }

    private List<Path> states() throws IOException {
        return members().stream()
                .map(unit -> places.state().resolve(unit.replaceAll("hob-|\\.service", "")))
                .toList();
    }

    private boolean haveStates() throws IOException {
        return states().stream().allMatch(Files::isDirectory);
    }

    private void makeStates() throws IOException {
        for (var state : states()) {
            Disk.makeFolder(Disk.parent(state));
            Disk.makeOwnFolder(state);
        }
    }

    /// What a person wrote is never touched. New defaults come to lie beside it, when they are others than those of the
    /// release in use.
    private Step configStep(Path shipped) throws IOException {
        var file = places.config().resolve(shipped.getFileName());
        var beside = file.resolveSibling(shipped.getFileName() + ".new");
        var bytes = Files.readAllBytes(shipped);
        if (!Releases.isThere(file)) {
            return new Step(
                    "settings stand in " + file, () -> Releases.isThere(file), () -> Disk.writeIfAbsent(file, bytes));
        }
        var before = releases.current()
                .map(current -> current.folder().resolve("etc").resolve(shipped.getFileName()));
        var areNew = !Disk.holds(file, bytes) && !(before.isPresent() && Disk.holds(before.get(), bytes));
        return areNew
                ? new Step(
                        "your settings in " + file + " stay as they are; new defaults lie beside them, in " + beside,
                        () -> Disk.holds(beside, bytes),
                        () -> Disk.write(beside, bytes))
                : new Step("settings stand in " + file, () -> true, () -> {});
    }

    /// What the release in use had already was enabled then; if it is not now, somebody does not want it.
    private boolean isEnabled() throws IOException {
        return toEnable().isEmpty() && !Releases.isThere(places.going());
    }

    private List<String> toEnable() throws IOException {
        var current = releases.current();
        var known = current.isPresent() && !Releases.isThere(places.going())
                ? UnitFiles.enabled(current.get())
                : List.<String>of();
        var units = new ArrayList<String>();
        for (var unit : UnitFiles.enabled(release)) {
            if (!known.contains(unit) && !systemd.isMasked(unit) && !systemd.isEnabled(unit)) {
                units.add(unit);
            }
        }
        return units;
    }

    private void enable() throws IOException {
        var units = toEnable();
        if (!units.isEmpty()) {
            systemd.ask("enable", units).orFail();
        }
        Files.deleteIfExists(places.going());
    }

    private SortedMap<Path, byte[]> shared() throws IOException {
        return shared(release, places);
    }

    static SortedMap<Path, byte[]> shared(Release release, Places places) throws IOException {
        var from = release.folder().resolve("share");
        var all = new TreeMap<Path, byte[]>();
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.put(places.share().resolve(from.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        return all;
    }

    private boolean areLinked() throws IOException {
        for (var program : release.programs()) {
            if (!Disk.leadsTo(places.programs().resolve(program.getFileName()), target(program))) {
                return false;
            }
        }
        return true;
    }

    private void link() throws IOException {
        for (var program : release.programs()) {
            Disk.link(places.programs().resolve(program.getFileName()), target(program));
        }
    }

    private Path target(Path program) {
        return places.current().resolve("bin").resolve(program.getFileName());
    }

    private boolean isRead() throws IOException {
        for (var unit : UnitFiles.units(release)) {
            if (!systemd.isRead(unit)) {
                return false;
            }
        }
        return true;
    }

    /// In the order in which they are asked.
    private List<String> members() throws IOException {
        var units = UnitFiles.units(release);
        return Arrays.stream(Family.values())
                .map(Family::unit)
                .filter(units::contains)
                .toList();
    }

    private boolean doRun() throws IOException {
        if (!systemd.isActive("hob.target")) {
            return false;
        }
        for (var unit : members()) {
            if (systemd.isEnabled(unit) && !(systemd.isActive(unit) && runsFromThis(unit))) {
                return false;
            }
        }
        return true;
    }

    private boolean runsFromThis(String unit) throws IOException {
        var folder = Path.of("/proc", systemd.show(unit, "MainPID"), "cwd");
        try {
            return Files.isSymbolicLink(folder)
                    && Files.readSymbolicLink(folder).equals(installed.folder());
        } catch (AccessDeniedException e) {
            return releases.isCurrent(release); // a plan for somebody who is not root is as good as can be seen
        }
    }

    /// Whoever runs from another release is started anew, one after the other, who is asked before who asks: callers
    /// wait
    /// at the door meanwhile. Who cannot start is told by the health that is asked for at the end.
    private void start() throws IOException {
        for (var unit : members()) {
            if (systemd.isActive(unit) && !runsFromThis(unit)) {
                systemd.ask("restart", unit);
            }
        }
        systemd.ask("start", "hob.target").orFail();
    }
}
