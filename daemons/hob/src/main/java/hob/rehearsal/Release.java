package hob.rehearsal;

import hob.daemon.AheadOfTime;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The release of which this process is a part, and the words that start another of it, without a cache.
///
/// @param folder in which it stands, since its flags name all else from there
/// @param java the words up to the main class
/// @param name such as `0.1.0-0123456789ab`; empty in a checkout, where others look after the cache
public record Release(Path folder, List<String> java, String name) {
    private static final String COMMAND = "hob.hand.Main";

    /// They say where the cache is, that members shall look for it, and that nobody wants to hear why it was refused.
    private static final List<String> OF_THE_CACHE = List.of("-XX:AOTCache=", "-Dhob.cache=", "-Xlog:aot");

    private static boolean isOfTheCache(String flag) {
        return OF_THE_CACHE.stream().anyMatch(flag::startsWith);
    }

    public static Release ofThisProcess() throws CannotRehearse {
        try {
            var first = System.getProperty("java.class.path").split(File.pathSeparator, 2)[0];
            var folder = Path.of(first).toAbsolutePath().resolve("../..").normalize();
            return Files.exists(folder.resolve("java.options")) ? installed(folder.toRealPath()) : ofCheckout();
        } catch (IOException e) {
            throw new CannotRehearse("what this hob runs from cannot be read: " + e);
        }
    }

    private static Release installed(Path folder) throws IOException {
        var java = new ArrayList<>(List.of(folder.resolve("runtime/bin/java").toString()));
        for (var line : Files.readAllLines(folder.resolve("java.options"))) {
            if (line.startsWith("-") && !isOfTheCache(line)) {
                java.addAll(List.of(line.strip().split(" ", 2)));
            }
        }
        return new Release(
                folder, java, Files.readString(folder.resolve("name")).strip());
    }

    /// As this process was started.
    private static Release ofCheckout() throws IOException, CannotRehearse {
        var words = Arrays.asList(Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8)
                .split("\0", -1));
        var main = words.indexOf(COMMAND);
        if (main < 0) {
            throw new CannotRehearse("this hob was not started as the hob command, and can start no other of itself");
        }
        return new Release(
                Path.of("").toAbsolutePath(),
                words.subList(0, main).stream()
                        .filter(word -> !isOfTheCache(word))
                        .toList(),
                "");
    }

    /// The file that its starts look for.
    String cache() {
        return "hob-" + hash() + ".aot";
    }

    private String hash() {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /// A cache that is made of a release into which somebody wrote would be of other jars than its name says.
    void checkIsWhole() throws IOException, CannotRehearse {
        var hash = Contents.hash(folder, hash());
        if (!hash.equals(hash())) {
            throw new CannotRehearse(folder + " is not what it was when it was made: its files hash to " + hash
                    + ", and its name is " + name + "; install it anew");
        }
    }

    List<String> words(List<String> flags, String... main) {
        var words = new ArrayList<>(java);
        words.addAll(flags);
        words.addAll(List.of(main));
        return words;
    }

    /// The run that is recorded, or only looked at.
    List<String> training(List<String> flags, Path told) {
        return words(flags, AheadOfTime.RUN, told.toString());
    }
}
