package hob.daemon;

import java.nio.file.Path;

/// Where configs and what lies beside them are: in `/etc/hob`, unless `HOB_CONFIG_DIR` names another folder, as a unit
/// of a user's own systemd does, whose user cannot write to that of the machine.
public final class ConfigFolder {
    private static final Path OF_MACHINE = Path.of("/etc/hob");
    private static final Path HERE = of(System.getenv().getOrDefault("HOB_CONFIG_DIR", ""));

    private ConfigFolder() {}

    private static Path of(String named) {
        return named.isEmpty() ? OF_MACHINE : Path.of(named).toAbsolutePath();
    }

    public static Path file(String name) {
        return HERE.resolve(name);
    }

    /// What a default means here: one in the machine's folder is in this one.
    static Path here(Path byDefault) {
        return byDefault.startsWith(OF_MACHINE) ? HERE.resolve(OF_MACHINE.relativize(byDefault)) : byDefault;
    }
}
