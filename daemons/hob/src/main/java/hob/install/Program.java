package hob.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program of the machine, run to its end.
record Program(List<String> words, int exit, String output) {
    static Program run(String... words) throws IOException {
        return run(List.of(words));
    }

    static Program run(List<String> words) throws IOException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
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
