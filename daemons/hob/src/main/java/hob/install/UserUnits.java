package hob.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The shipped units as a user's own systemd takes them: one text, and a table of what must be said otherwise there. A
/// second text by hand would fall behind the first.
public final class UserUnits {
    /// What units have no words for: blanks part the paths of a list, and the rest means something to systemd.
    private static final Pattern UNSPEAKABLE = Pattern.compile("[\\s\"'\\\\:%$;]|^-");

    /// What is there for a whole machine: its users, its folders, and what is no unit at all.
    private static final Pattern NOT_FOR_A_USER =
            Pattern.compile("sysusers\\.d/.*|tmpfiles\\.d/.*|jvm\\.options|README\\.md");

    private UserUnits() {}

    /// Where a user's house is, in full paths. The doors are in `$XDG_RUNTIME_DIR/hob`, which units call `%t/hob`.
    ///
    /// @param home what no daemon may see, but for the three below
    /// @param releases where all releases are, and `current`
    /// @param config where `<word>.toml` is
    /// @param state where each member has a folder `<word>` of its own, 0700, before its unit starts
    public record Places(Path home, Path releases, Path config, Path state) {
        public Places {
            for (var path : List.of(home, releases, config, state)) {
                if (!path.isAbsolute() || UNSPEAKABLE.matcher(path.toString()).find()) {
                    throw new IllegalArgumentException("the folder '" + path
                            + "' cannot be named in a unit: it must be a full path without blanks, quotes and any of"
                            + " \\ : % $ ; (XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_STATE_HOME name others)");
                }
            }
        }
    }

    /// A line that is said otherwise. `{home}` and its like are places, `$1` is what stands between the brackets.
    private enum Rule {
        USER(
                "User=.*",
                "Environment=HOB_RUNTIME_DIR=%t/hob HOB_CONFIG_DIR={config}",
                "All run as the user, and are told where to find what a machine has in fixed places."),
        STATE(
                "StateDirectory=hob/(.*)",
                "Environment=STATE_DIRECTORY={state}/$1\nBindPaths={state}/$1",
                "systemd 252 would make it among the configs, and the home in which it lies is not to be seen."),
        STATE_MODE("StateDirectoryMode=.*", "", "The installer makes the folder."),
        DOOR(
                "ReadWritePaths=/run/hob/(.*)",
                "RuntimeDirectory=hob/$1\nRuntimeDirectoryMode=0700\nRuntimeDirectoryPreserve=yes",
                "No tmpfiles.d makes it. Kept, it outlives a restart, door and all."),
        RELOAD(
                "ExecReload=\\+kill (.*)",
                "ExecReload=/usr/bin/kill $1",
                "A user's systemd runs no program outside of the sandbox: it tries to, and fails."),
        PROGRAMS("ExecPaths=/opt/hob (.*)", "ExecPaths=/opt/hob $1 -/usr/bin/kill", "So that it can be run inside."),
        PROGRAMS_READ(
                "BindReadOnlyPaths=/opt/hob (.*)",
                "BindReadOnlyPaths=/opt/hob $1 -/usr/bin/kill",
                "What is executable is not writable."),
        HOME("ProtectHome=yes", "ProtectHome=tmpfs", "What is needed of a home is laid over."),
        RUN(
                "TemporaryFileSystem=/run:ro",
                "TemporaryFileSystem=/run:ro {home}:ro\nBindReadOnlyPaths=-{config}",
                "A home may be anywhere."),
        EARS(
                "BindReadOnlyPaths=/run/hob /run/systemd/notify (.*)",
                "BindReadOnlyPaths=%t/hob %t/systemd/notify $1",
                "The user's systemd listens in the user's folder."),
        USERS(
                "NoNewPrivileges=yes",
                "NoNewPrivileges=yes\nPrivateUsers=yes",
                "Without it 252 starts no such unit; 257 does it by itself. Callers of the own uid are seen as they are,"
                        + " and all others, root too, as nobody: only the user is let in."),
        KERNEL_LOGS(
                "ProtectKernelLogs=.*",
                "",
                "In a container nobody but its root may cover /proc/kmsg, and no unit with this would start."),
        PACKETS("IPAddressDeny=.*", "", "It takes programs in the kernel, which only root may load."),
        AT_START("WantedBy=multi-user\\.target", "WantedBy=default.target", "A user has no multi-user.target.");

        private final Pattern said;
        private final String otherwise;
        private final String why;

        Rule(String said, String otherwise, String why) {
            this.said = Pattern.compile(said);
            this.otherwise = otherwise;
            this.why = why;
        }
    }

    /// A rule as people read it.
    ///
    /// @param otherwise several lines, or none
    public record Otherwise(String said, String otherwise, String why) {}

    public static List<Otherwise> table() {
        return Arrays.stream(Rule.values())
                .map(rule -> new Otherwise(
                        rule.said
                                .pattern()
                                .replace("\\", "")
                                .replace("(.*)", "...")
                                .replace(".*", "..."),
                        rule.otherwise.replace("$1", "..."),
                        rule.why))
                .toList();
    }

    /// The text of one shipped file for a user; nothing where a user needs no such file.
    ///
    /// @param file seen from the folder of the units
    public static Optional<String> of(String file, String text, Places places) {
        if (NOT_FOR_A_USER.matcher(file).matches()) {
            return Optional.empty();
        }
        var lines = new ArrayList<String>();
        text.lines().forEach(line -> lines.addAll(line(line, places)));
        return Optional.of(String.join("\n", lines) + "\n");
    }

    /// Rules that no line of these texts meets: a unit has changed, and what was said of it is said of nothing.
    static List<String> unused(Collection<String> texts) {
        return Arrays.stream(Rule.values())
                .filter(rule -> texts.stream()
                        .flatMap(String::lines)
                        .noneMatch(line -> rule.said.matcher(line).matches()))
                .map(Rule::name)
                .toList();
    }

    private static List<String> line(String line, Places places) {
        if (line.startsWith("#")) {
            return List.of(line);
        }
        for (var rule : Rule.values()) {
            var matched = rule.said.matcher(line);
            if (matched.matches()) {
                return moved(matched.replaceFirst(rule.otherwise), places)
                        .lines()
                        .toList();
            }
        }
        return List.of(moved(line, places));
    }

    /// What has a fixed place on a machine is at home with the user.
    private static String moved(String text, Places places) {
        return text.replace("/opt/hob", places.releases().toString())
                .replace("/run/hob", "%t/hob")
                .replace("/var/lib/hob", places.state().toString())
                .replace("/etc/hob", places.config().toString())
                .replace("{home}", places.home().toString())
                .replace("{releases}", places.releases().toString())
                .replace("{config}", places.config().toString())
                .replace("{state}", places.state().toString());
    }
}
