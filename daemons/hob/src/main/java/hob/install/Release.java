package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder as `scripts/dev release` makes it: all that runs, and all that tells systemd how.
///
/// @param name its version, and a hash over all that is in it
public record Release(Path folder, String name) {
    private static final String NAME = "name";

    /// The one whose runtime this process has.
    public static Release running() {
        var folder = Path.of(System.getProperty("java.home")).getParent();
        if (folder == null || !Files.isRegularFile(folder.resolve(NAME))) {
            throw new CannotInstall(
                    "this hob runs from a checkout, and not from a release: 'scripts/install.sh' makes one and"
                            + " installs it, and 'hob uninstall' of that one takes it away");
        }
        try {
            return at(folder);
        } catch (IOException e) {
            throw new CannotInstall("the release " + folder + " cannot be read: " + e.getMessage());
        }
    }

    /// Where it is installed; empty where it was only built.
    public Optional<Path> home() {
        var releases = folder.getParent();
        return releases == null || !releases.endsWith("releases") || releases.endsWith("target/releases")
                ? Optional.empty()
                : Optional.ofNullable(releases.getParent());
    }

    /// The one that lies in this folder.
    static Release at(Path folder) throws IOException {
        return new Release(folder, Files.readString(folder.resolve(NAME)).strip());
    }

    /// Whether one lies there that says its own name.
    static boolean isIn(Path folder) {
        try {
            return at(folder).name().equals(String.valueOf(folder.getFileName()));
        } catch (IOException e) {
            return false; // it has none
        }
    }

    String hash() {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /// Is not there before it is made on the machine on which it is used.
    Path cache() {
        return folder.resolve("hob-" + hash() + ".aot");
    }

    /// What can be typed.
    List<Path> programs() throws IOException {
        return in(folder.resolve("bin"));
    }

    /// A file for each member that can be told something.
    List<Path> configs() throws IOException {
        return in(folder.resolve("etc"));
    }

    Path units() {
        return folder.resolve("units");
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
