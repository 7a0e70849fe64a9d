package hob.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program of the machine, run to its end.
record Program(List<String> words, int exit, String output) {
    /// Not those of whoever calls: root runs no program out of somebody's home, and `su` leaves out half of them.
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static String found(String word) {
        return word.contains("/")
                ? word
                : FOLDERS.stream()
                        .map(folder -> Path.of(folder, word))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .map(Path::toString)
                        .orElseThrow(() -> new CannotInstall(
                                "the program '" + word + "' is not there, in none of " + String.join(", ", FOLDERS)));
    }

    static Program run(String... words) throws IOException {
        return run(List.of(words));
    }

    static Program run(List<String> words) throws IOException {
        var all = new ArrayList<>(words);
        all.set(0, found(words.getFirst()));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("PATH", String.join(":", FOLDERS));
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return new Program(words, process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + words.getFirst() + " ran", e);
        }
    }

    boolean isGood() {
        return exit == 0;
    }

    /// What it printed, if all went well.
    String orFail() {
        if (!isGood()) {
            throw new CannotInstall(
                    "'" + String.join(" ", words) + "' ended with " + exit + (output.isEmpty() ? "" : ": " + output));
        }
        return output;
    }
}
