package hob.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A process of the release, run to its end. If this one is told to end before, so is that.
final class Child {
    /// A rehearsal takes seconds; a cache on a slow machine a minute.
    private static final long MINUTES_MOST = 5;

    private static final int LINES_SHOWN = 5;

    /// What would change how a JVM runs, and what systemd told this process alone.
    private static final List<String> NOT_FOR_IT = List.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "CLASSPATH",
            "HOB_RUNTIME_DIR",
            "NOTIFY_SOCKET",
            "WATCHDOG_USEC",
            "WATCHDOG_PID",
            "STATE_DIRECTORY",
            "JOURNAL_STREAM",
            "LISTEN_PID");

    private Child() {}

    /// Whether it ended well.
    ///
    /// @param log what it says, of which the end is told where it fails
    static boolean run(Path folder, List<String> words, Path log) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        NOT_FOR_IT.forEach(builder.environment()::remove);
        var process = builder.start();
        var leash = Thread.ofPlatform().unstarted(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(leash);
        try {
            return process.waitFor(MINUTES_MOST, TimeUnit.MINUTES) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(leash);
        }
    }

    /// The end of what it said, in one line.
    static String lastWords(Path log) throws IOException {
        var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(String::strip)
                .toList();
        return lines.isEmpty()
                ? "it said nothing"
                : lines.stream().skip(Math.max(0, lines.size() - LINES_SHOWN)).collect(Collectors.joining("; "));
    }
}
