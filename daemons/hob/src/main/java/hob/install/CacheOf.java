package hob.install;

import hob.rehearsal.Contents;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The ahead-of-time cache of an installed release. It is made by a run of all members, which root's rights are too
/// good
/// for; and a user that is there for nothing else, and only as long as this takes, can leave nothing behind for later.
record CacheOf(Release release, Places places) {
    /// Not `hob-...`, since the sandbox of daemons would be its own.
    private static final String UNIT = "hobrehearsal.service";

    private static final String FOLDER = "hob-rehearsal";

    private static final Path CACHES = Path.of("/var/cache");

    /// Ten times what one has.
    private static final int BYTES_MOST = 300 << 20;

    /// Three runs, each of which is ended after five minutes by who started it.
    private static final String RUN_MOST = "20min";

    private static final List<String> AS_NOBODY_ELSE = List.of(
            "systemd-run",
            "--quiet",
            "--wait",
            "--collect",
            "--pipe",
            "--unit=" + UNIT,
            "--property=DynamicUser=yes",
            "--property=CacheDirectory=" + FOLDER,
            "--property=CacheDirectoryMode=0700",
            "--property=PrivateNetwork=yes",
            "--property=ProtectHome=yes",
            "--property=CapabilityBoundingSet=",
            "--property=RuntimeMaxSec=" + RUN_MOST);

    boolean isMade() throws IOException {
        return Files.isRegularFile(release.cache()) && Files.size(release.cache()) > 0 && isTaken();
    }

    /// A damaged one is made anew.
    private boolean isTaken() throws IOException {
        return Program.run(
                        "env",
                        "--chdir=" + release.folder(),
                        "runtime/bin/java",
                        "@java.options",
                        "-XX:AOTMode=on",
                        "-XX:ErrorFile=/dev/null",
                        "-XX:-CreateCoredumpOnCrash",
                        "-version")
                .isGood();
    }

    /// Made by a rehearsal. Where that fails it is tried once more without a cache: if members cannot live here at all,
    /// what is in use stays in use.
    ///
    /// @throws Shortcoming where it cannot be made, as everything works without
    void make() throws IOException {
        clear();
        try {
            if (places.ofUser()) {
                Disk.makeOwnFolder(Disk.parent(own()));
            }
            var made = rehearse(List.of(
                    "--cache", (places.ofUser() ? own() : CACHES.resolve(FOLDER).resolve("made")).toString()));
            if (made.isGood()) {
                take(
                        places.ofUser()
                                ? own()
                                : CACHES.resolve("private").resolve(FOLDER).resolve("made"));
                return;
            }
            var without = rehearse(List.of());
            if (!without.isGood() && without.output().matches("(?s)(hob: .*)?")) { // and it was not systemd that failed
                var why = without.output().replaceFirst("^hob: ", "");
                throw new CannotInstall("members of this release cannot live here: "
                        + (why.isEmpty() ? "their rehearsal did not come to an end" : why)
                        + "; what was in use before stays so");
            }
            throw new Shortcoming("there is no ahead-of-time cache, so that starts are slower: " + made.output());
        } finally {
            clear();
        }
    }

    /// Where one's own is made.
    private Path own() {
        return places.releases().resolve(".cache.new/made");
    }

    private Program rehearse(List<String> how) throws IOException {
        var words = new ArrayList<>(places.ofUser() ? List.<String>of() : AS_NOBODY_ELSE);
        words.addAll(List.of(release.folder().resolve("bin/hob").toString(), "rehearse"));
        words.addAll(how);
        return Program.run(words);
    }

    /// Whoever wrote it might have put something else there: a link to a file that is nobody's business, or what never
    /// ends.
    private void take(Path made) throws IOException {
        if (!Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS) || Files.size(made) > BYTES_MOST) {
            throw new Shortcoming("what 'hob rehearse' left is no cache");
        }
        try (var channel = Files.newByteChannel(made, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var bytes = Channels.newInputStream(channel)) {
            Disk.write(release.cache(), bytes.readNBytes(BYTES_MOST));
        }
    }

    /// Also what one left that was cut off.
    void clear() throws IOException {
        Disk.remove(Disk.parent(own()));
        for (var left : Contents.unfinished(release.folder())) {
            Disk.remove(left);
        }
        if (!places.ofUser()) {
            Program.run("systemctl", "stop", "--quiet", UNIT); // is most often not there
            Disk.remove(CACHES.resolve(FOLDER));
            Disk.remove(CACHES.resolve("private").resolve(FOLDER));
        }
    }

    boolean isCleared() {
        return !Releases.isThere(Disk.parent(own()))
                && (places.ofUser()
                        || !Releases.isThere(CACHES.resolve("private").resolve(FOLDER)));
    }
}
