package hob.daemon;

import hob.contract.Family;
import hob.ipc.Suggestion;
import java.nio.file.Path;
import java.util.List;

/// What stands on a daemon's command line. Few enough to be read by hand: a library for it costs more than the start.
record Arguments(Task task, Path config) {
    enum Task {
        SERVE,
        CHECK,
        VERSION
    }

    private static final List<String> KNOWN = List.of("--config", "--check", "--version");

    /// Reads them all, or throws an `IllegalArgumentException` with a sentence for whoever typed them.
    static Arguments read(Family member, String... args) {
        var task = Task.SERVE;
        Path config = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--check" -> task = Task.CHECK;
                case "--version" -> task = Task.VERSION;
                case "--config" -> {
                    if (i + 1 == args.length) {
                        throw new IllegalArgumentException("--config wants a file behind it");
                    }
                    config = Path.of(args[++i]);
                }
                default ->
                    throw new IllegalArgumentException(member.user() + " knows no '" + Suggestion.quoted(args[i]) + "'"
                            + Suggestion.of(args[i], KNOWN) + " (it knows " + String.join(", ", KNOWN) + ")");
            }
        }
        return new Arguments(task, config == null ? usual(member) : config);
    }

    private static Path usual(Family member) {
        return Path.of("/etc/hob", member.word() + ".toml");
    }
}
