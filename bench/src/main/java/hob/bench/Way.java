package hob.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One way to start a JVM.
///
/// @param words up to the main class
/// @param preparing the words of the run that makes an archive for it; empty where there is none
record Way(String name, List<String> words, List<String> preparing) {
    static List<Way> all(String java, Path release, Path folder) throws IOException {
        var common = new ArrayList<>(List.of(java));
        common.addAll(flags(release.resolve("jvm.options")).stream()
                .filter(flag -> !flag.contains("TieredStopAtLevel") && !flag.contains("CompactObjectHeaders"))
                .toList());
        common.add("@" + release.resolve("native.options"));
        common.addAll(
                List.of("-cp", Files.readString(release.resolve("classpath")).strip()));
        var all = new ArrayList<Way>();
        for (var kind : List.of("plain", "cds", "aot")) {
            for (var c1 : List.of("both", "c1")) {
                for (var headers : List.of("wide", "compact")) {
                    all.add(of(kind, c1, headers, common, folder));
                }
            }
        }
        return all;
    }

    private static Way of(String kind, String compilers, String headers, List<String> common, Path folder) {
        var name = kind + "_" + compilers + "_" + headers;
        var words = new ArrayList<>(common);
        if (compilers.equals("c1")) {
            words.add(1, "-XX:TieredStopAtLevel=1");
        }
        if (headers.equals("compact")) {
            words.add(1, "-XX:+UseCompactObjectHeaders");
        }
        var file = folder.resolve(name);
        return switch (kind) {
            case "cds" ->
                new Way(
                        name,
                        with(words, "-XX:SharedArchiveFile=" + file),
                        with(words, "-XX:ArchiveClassesAtExit=" + file));
            case "aot" ->
                new Way(
                        name,
                        with(words, "-XX:AOTCache=" + file),
                        with(withoutProfiles(words), "-XX:AOTCacheOutput=" + file));
            default -> new Way(name, words, List.of());
        };
    }

    /// As `hob.up.Cache` makes it. What unlocks the flag must stand before it.
    private static List<String> withoutProfiles(List<String> words) {
        return with(with(words, "-XX:-AOTRecordTraining"), "-XX:+UnlockDiagnosticVMOptions");
    }

    private static List<String> with(List<String> words, String flag) {
        var all = new ArrayList<>(words);
        all.add(1, flag);
        return all;
    }

    /// An options file, without what stands in it for people.
    private static List<String> flags(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("-"))
                .toList();
    }

    void prepare() throws IOException, InterruptedException {
        if (preparing.isEmpty()) {
            return;
        }
        var all = new ArrayList<>(preparing);
        all.add("hob.rehearsal.Training");
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(name + " could not be prepared: " + said);
        }
    }

    Process start(String main, Path house, String... args) throws IOException {
        var all = new ArrayList<>(words);
        all.add(main);
        all.addAll(List.of(args));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("HOB_RUNTIME_DIR", house.toString());
        builder.environment().remove("NOTIFY_SOCKET");
        return builder.start();
    }

    List<String> member(String word, Path config) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("hob." + word.replace("-", "") + ".Main", "--config", config.toString()));
        return all;
    }
}
