package hob.daemon;

import hob.contract.Family;
import hob.ipc.Suggestion;
import java.nio.file.Path;
import java.util.List;

/// What stands on a daemon's command line. Few enough to be read by hand: a library for it costs more than the start.
///
/// @param named the config was named, and so must be there
record Arguments(Task task, Path config, boolean named) {
    enum Task {
        SERVE,
        CHECK,
        REHEARSE,
        VERSION
    }

    private static final List<String> KNOWN = List.of("--config", "--check", "--rehearse", "--version");

    /// What whoever typed them should know.
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String sentence) {
            super(sentence);
        }
    }

    static Arguments read(Family member, String... args) throws Wrong {
        var task = Task.SERVE;
        Path config = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--check" -> task = Task.CHECK;
                case "--rehearse" -> task = Task.REHEARSE;
                case "--version" -> task = Task.VERSION;
                case "--config" -> {
                    if (i + 1 == args.length) {
                        throw new Wrong("--config wants a file behind it");
                    }
                    config = Path.of(args[++i]);
                }
                default ->
                    throw new Wrong(member.user() + " knows no '" + Suggestion.quoted(args[i]) + "'"
                            + Suggestion.of(args[i], KNOWN) + " (it knows " + String.join(", ", KNOWN) + ")");
            }
        }
        return config == null
                ? new Arguments(task, ConfigFolder.file(member.word() + ".toml"), false)
                : new Arguments(task, config, true);
    }

    /// What the file says now. A rehearsal has nothing to do with how this machine is set up, unless it is told to.
    <C extends Record> C read(Class<C> type) throws Config.Wrong {
        if (named) {
            return Config.readNamed(type, config);
        }
        return task == Task.REHEARSE ? Config.defaults(type) : Config.read(type, config);
    }
}
