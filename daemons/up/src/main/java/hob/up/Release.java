package hob.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder that `scripts/lib/release.sh` made and that never changes: the jars of the checkout, the class path with
/// the libraries, the native ones unpacked, and the flags. Its name is a hash over all that, so that the ahead-of-time
/// cache in it cannot be
/// one of other jars.
///
/// @param folder without links in it, so that what runs stays with its jars when a newer release is made
record Release(Path folder) {
    /// @param link to the newest release
    static Release newest(Path link) throws IOException {
        return new Release(link.toRealPath());
    }

    Path cache() {
        return folder.resolve("hob.aot");
    }

    boolean hasCache() {
        return Files.exists(cache());
    }

    /// The words that run a class, with the cache if there is one: without it the start is slower, and no other.
    List<String> java(Path temporary, String main, String... args) throws IOException {
        var options = new ArrayList<>(List.of("-Djava.io.tmpdir=" + temporary));
        if (hasCache()) {
            options.add("-XX:AOTCache=" + cache());
        }
        var words = new ArrayList<>(javaWith(options));
        words.add(main);
        words.addAll(List.of(args));
        return words;
    }

    List<String> javaWith(List<String> options) throws IOException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("@" + folder.resolve("jvm.options"));
        words.add("@" + folder.resolve("native.options"));
        words.addAll(options);
        words.add("-cp");
        words.add(Files.readString(folder.resolve("classpath"), StandardCharsets.UTF_8)
                .strip());
        return words;
    }
}
