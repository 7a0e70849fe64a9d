package hob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that was run to its end: what it printed (both streams together) and how it ended.
public record Command(int exit, String output) {
    public static Command run(Path folder, String... words) {
        return run(folder, Map.of(), List.of(words));
    }

    /// An empty value takes the variable out of the environment.
    public static Command run(Path folder, Map<String, String> environment, List<String> words) {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + words, e);
        }
    }

    /// Whether the shell would find the program.
    public static boolean exists(String program) {
        return run(Path.of("/"), "/bin/sh", "-c", "command -v " + program).exit() == 0;
    }
}
