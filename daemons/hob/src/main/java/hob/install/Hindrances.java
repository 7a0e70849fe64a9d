package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an installation would founder on, looked for before it begins, and told all at once.
public final class Hindrances {
    /// A cache, and something to live on.
    private static final long BYTES_BEYOND = 128L << 20;

    private final Release release;
    private final Places places;
    private final List<String> found = new ArrayList<>();

    private Hindrances(Release release, Places places) {
        this.release = release;
        this.places = places;
    }

    public static List<String> of(Release release, Places places) throws IOException {
        var hindrances = new Hindrances(release, places);
        if (hindrances.hasSystemd()) {
            hindrances.lookForAnother();
        }
        hindrances.lookAtHome();
        hindrances.lookAtDisk();
        hindrances.lookAtPrograms();
        if (!places.ofUser()) {
            hindrances.lookAtAccounts();
        }
        return hindrances.found;
    }

    private boolean hasSystemd() throws IOException {
        if (!Systemd.isBooted()) {
            found.add(
                    "this machine was not booted by systemd, which starts and confines Hob; 'scripts/up' in a checkout"
                            + " runs it without");
            return false;
        }
        var version = Systemd.version();
        if (version < Systemd.VERSION_LEAST) {
            found.add("systemd " + version + " is too old: Hob's sandbox needs " + Systemd.VERSION_LEAST
                    + ", which Debian 12 has");
        }
        return true;
    }

    /// The same units from two places would be one house with two masters.
    private void lookForAnother() throws IOException {
        var systemd = new Systemd(places.ofUser());
        if (!systemd.looksInto(places.units())) {
            found.add("systemd does not look for units in " + places.units()
                    + (places.ofUser()
                            ? ": set XDG_DATA_HOME in ~/.config/environment.d, too, and log in anew"
                            : ", as it does on other machines"));
        }
        for (var unit : UnitFiles.units(release)) {
            var file = systemd.show(unit, "FragmentPath");
            if (!file.isEmpty()
                    && !systemd.isMasked(unit) // who masked it knows
                    && !file.equals(places.units().resolve(unit).toString())
                    && Files.exists(Path.of(file))) {
                found.add("there is a " + unit + " already, in " + file + ": remove it first, or what installed it");
            }
        }
        var service = places.units().resolve("hob-memory.service");
        if (Files.exists(service) && !Files.readString(service).contains(places.current() + "/")) {
            found.add("Hob is installed at another place already, which " + service
                    + " names: 'hob uninstall' first; it" + " leaves settings and state");
        }
    }

    /// Whoever can write above it can put another Hob there, which root would run; and what else lies in it is not
    /// ours.
    private void lookAtHome() throws IOException {
        for (var at = places.releases(); at != null && !places.ofUser(); at = at.getParent()) {
            if (Files.exists(at) && isOthersToWrite(at)) {
                found.add("others than root can write in " + at + ", and could put something else in Hob's place:"
                        + " 'chown root:root " + at + "; chmod go-w " + at + "', or choose another --prefix");
            }
        }
        if (!places.ofUser() && areOthersToWrite(places.releases())) {
            found.add("others than root can write in a release in " + places.releases()
                    + ", which root would run: 'chown -R root:root " + places.releases() + "; chmod -R go-w "
                    + places.releases() + "'");
        }
        for (var strange : new Releases(places).strange()) {
            found.add(strange + " is there, and no release of Hob: move it away");
        }
        if (Releases.isThere(places.current()) && !Files.isSymbolicLink(places.current())) {
            found.add(places.current() + " is there, and not Hob's: move it away");
        }
    }

    private static boolean areOthersToWrite(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                if (isOthersToWrite(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOthersToWrite(Path file) throws IOException {
        var uid = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        var mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return uid != 0 || (!Files.isSymbolicLink(file) && (mode & 022) != 0); // a link's mode says nothing
    }

    private void lookAtDisk() throws IOException {
        if (new Releases(places).has(release)) {
            return;
        }
        var needed = Disk.bytes(release.folder()) + BYTES_BEYOND;
        var there = places.home();
        while (!Files.isDirectory(there)) {
            there = Disk.parent(there);
        }
        var free = Files.getFileStore(there).getUsableSpace();
        if (free < needed) {
            found.add("there is too little room in " + there + ": " + (free >> 20) + " MiB are free, and "
                    + (needed >> 20) + " are needed");
        }
    }

    private void lookAtPrograms() throws IOException {
        for (var program : release.programs()) {
            var link = places.programs().resolve(program.getFileName());
            if (Releases.isThere(link)
                    && !(Files.isSymbolicLink(link)
                            && Files.readSymbolicLink(link)
                                    .endsWith(Path.of("current/bin").resolve(program.getFileName())))) {
                found.add(link + " is there, and is not Hob's: move it away");
            }
        }
    }

    private void lookAtAccounts() throws IOException {
        var people = Accounts.of(release).ofPeople();
        if (!people.isEmpty()) {
            found.add("the " + String.join(" and the ", people)
                    + " seems to be a person's (its number is that of people),"
                    + " and a member of Hob would be one with them: rename it first");
        }
    }
}
