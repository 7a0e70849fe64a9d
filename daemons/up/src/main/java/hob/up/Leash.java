package hob.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts processes that end when this one does, however it ends: the kernel kills them. To the kernel a parent is a
/// thread: whoever starts a process here has to outlive it.
final class Leash {
    /// A session of its own keeps the terminal's Ctrl-C away, so that all can be drained in order. The shell looks
    /// whether the parent is still there: it may have died before the kernel was told of the leash.
    ///
    /// At SIGHUP members reload, which they could not if whoever started us, such as by nohup, had it ignored.
    private static final List<String> WORDS = List.of(
            "env",
            "--default-signal=HUP",
            "setsid",
            "setpriv",
            "--pdeathsig",
            "KILL",
            "sh",
            "-c",
            "[ \"$PPID\" = \"$0\" ] && exec \"$@\"");

    private Leash() {}

    static Process start(List<String> words, Map<String, String> environment, Path log) throws IOException {
        return builder(words, environment)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static Process start(List<String> words, Map<String, String> environment) throws IOException {
        return builder(words, environment).start();
    }

    private static ProcessBuilder builder(List<String> words, Map<String, String> environment) {
        var all = new ArrayList<>(WORDS);
        all.add(Long.toString(ProcessHandle.current().pid()));
        all.addAll(words);
        var builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // What systemd may have told whoever started us is not for them.
        List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "STATE_DIRECTORY", "JOURNAL_STREAM", "LISTEN_PID")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }
}
