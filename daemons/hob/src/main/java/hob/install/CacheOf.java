package hob.install;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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

    boolean isMade() throws IOException {
        return Files.isRegularFile(release.cache()) && Files.size(release.cache()) > 0;
    }

    /// @throws Shortcoming where it cannot be made, as everything works without
    void make() throws IOException {
        try {
            if (places.ofUser()) {
                rehearse(List.of(), release.cache());
            } else {
                makeAsNobodyElse();
            }
        } catch (CannotInstall e) {
            throw new Shortcoming("there is no ahead-of-time cache, so that starts are slower: " + e.getMessage());
        }
    }

    private void makeAsNobodyElse() throws IOException {
        clear();
        try {
            rehearse(
                    List.of(
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
                            "--property=RuntimeMaxSec=300"),
                    CACHES.resolve(FOLDER).resolve("made"));
            take(CACHES.resolve("private").resolve(FOLDER).resolve("made"));
        } finally {
            clear();
        }
    }

    private void rehearse(List<String> before, Path file) throws IOException {
        var words = new ArrayList<>(before);
        words.addAll(List.of(release.folder().resolve("bin/hob").toString(), "rehearse", "--cache", file.toString()));
        var rehearsed = Program.run(words);
        if (!rehearsed.isGood()) {
            throw new CannotInstall("'hob rehearse' ended with " + rehearsed.exit() + ": " + rehearsed.output());
        }
    }

    /// Whoever wrote it might have put a link there, to a file that is nobody's business.
    private void take(Path made) throws IOException {
        try (var channel = Files.newByteChannel(made, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var bytes = Channels.newInputStream(channel)) {
            Disk.write(release.cache(), bytes.readAllBytes());
        } catch (NoSuchFileException e) {
            throw new CannotInstall("'hob rehearse' wrote none");
        }
    }

    /// Also what one left that was cut off.
    void clear() throws IOException {
        if (!places.ofUser()) {
            Program.run("systemctl", "stop", "--quiet", UNIT); // is most often not there
            Disk.remove(CACHES.resolve(FOLDER));
            Disk.remove(CACHES.resolve("private").resolve(FOLDER));
        }
    }
}
