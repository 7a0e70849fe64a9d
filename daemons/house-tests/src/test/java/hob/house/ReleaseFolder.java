package hob.house;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/// The folder that is installed, looked at from outside.
final class ReleaseFolder {
    private ReleaseFolder() {}

    /// Of what this checkout has built.
    static Path make(Path folder) {
        var made = script(". scripts/lib/dist.sh; mkdir -p \"${1%/*}\"; hob_dist \"$1\"", folder);
        if (made.exit() != 0) {
            throw new IllegalStateException("no release: " + made.output());
        }
        return folder;
    }

    /// The file that its starts look for.
    static Path makeCache(Path folder) {
        var made = script(". scripts/lib/dist.sh; hob_dist_cache \"$1\"", folder);
        if (made.exit() != 0) {
            throw new IllegalStateException("no cache: " + made.output());
        }
        return cache(folder);
    }

    static Path cache(Path folder) {
        try {
            var name = Files.readString(folder.resolve("name")).strip();
            return folder.resolve("hob-" + name.substring(name.lastIndexOf('-') + 1) + ".aot");
        } catch (IOException e) {
            throw new IllegalStateException(folder + " is no release", e);
        }
    }

    /// Another release, made of the tested one by a script that changes it; without its cache.
    ///
    /// @return the name that it got
    static String changed(Path folder, String change) {
        var made = script("""
                . scripts/lib/dist.sh
                cp -a %s "$1"
                hash=$(sed 's/.*-//' "$1/name")
                rm -f "$1/name" "$1"/hob-*.aot
                sed -i "s/$hash/HASH12/" "$1/java.options" "$1/bin/hob"
                (cd "$1"; %s)
                LC_ALL=C hob_dist_name "$1"
                hob_dist_alike "$1"
                cat "$1/name"
                """.formatted(Installed.release(), change), folder);
        if (made.exit() != 0) {
            throw new IllegalStateException("no other release: " + made.output());
        }
        return made.output().strip();
    }

    private static Command script(String script, Path folder) {
        return Command.run(Checkout.root(), "bash", "-euo", "pipefail", "-c", script, "bash", folder.toString());
    }

    /// What is not the same in both, to the last byte, mode and time: a line each. Of jars, which entries.
    static List<String> differences(Path one, Path other) throws IOException {
        var here = files(one);
        var there = files(other);
        var different = new ArrayList<String>();
        here.forEach((file, how) -> {
            if (!there.containsKey(file)) {
                different.add(file + " is in the first alone");
            } else if (!how.equals(there.get(file))) {
                different.add(file + ": " + how + ", and " + there.get(file));
            }
        });
        there.keySet().stream()
                .filter(file -> !here.containsKey(file))
                .forEach(file -> different.add(file + " is in the second alone"));
        for (var file : here.keySet()) {
            if (there.containsKey(file) && Files.isRegularFile(one.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                different.addAll(inside(file, one.resolve(file), other.resolve(file)));
            }
        }
        return different;
    }

    /// By their paths: what kind each is, its mode, and its time.
    private static Map<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var walk = Files.walk(folder)) {
            for (var file : walk.toList()) {
                var known = Files.readAttributes(file, "posix:*", LinkOption.NOFOLLOW_LINKS);
                var link = Files.isSymbolicLink(file) ? " -> " + Files.readSymbolicLink(file) : "";
                var mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                files.put(folder.relativize(file).toString(), mode + " " + known.get("lastModifiedTime") + link);
            }
        }
        return files;
    }

    private static List<String> inside(String name, Path one, Path other) throws IOException {
        if (Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other))) {
            return List.of();
        }
        var different = new ArrayList<String>();
        if (name.endsWith(".jar")) {
            var here = entries(one);
            var there = entries(other);
            here.forEach((entry, how) -> {
                if (!how.equals(there.get(entry))) {
                    different.add(name + "!" + entry + ": " + how + ", and " + there.get(entry));
                }
            });
        }
        return different.isEmpty() ? List.of(name + ": other bytes") : different;
    }

    private static Map<String, String> entries(Path jar) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .forEach(entry -> entries.put(
                            entry.getName(), Long.toHexString(entry.getCrc()) + " of " + entry.getLastModifiedTime()));
        }
        return entries;
    }
}
