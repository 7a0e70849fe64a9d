package hob.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder that `scripts/lib/release.sh` made and that never changes: the jars of the checkout, the native libraries,
/// the flags, and the words that run a class of all that. Its name is a hash over it, so that the ahead-of-time
/// cache in it cannot be one of other jars.
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
        var words = hasCache() ? words() : withoutCache();
        words.add("-Djava.io.tmpdir=" + temporary);
        words.add(main);
        words.addAll(List.of(args));
        return words;
    }

    /// The words up to the class, for those who make the cache.
    List<String> withoutCache() throws IOException {
        var words = words();
        words.removeLast();
        return words;
    }

    private List<String> words() throws IOException {
        return new ArrayList<>(Files.readAllLines(folder.resolve("java"), StandardCharsets.UTF_8));
    }
}
