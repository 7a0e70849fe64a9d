package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where everything of an installation lies.
///
/// @param ofUser one person's, without root
/// @param home the releases, and the link to the one that is in use
/// @param programs in everyone's PATH
/// @param share what shells and `man` look through
/// @param units where systemd reads them
/// @param definitions the folder of `sysusers.d` and `tmpfiles.d`
/// @param config what people write
/// @param state what members keep
/// @param doors at which members are asked
/// @param older folders that were there before Hob, and stay when it is gone
public record Places(
        boolean ofUser,
        Path home,
        Path programs,
        Path share,
        Path units,
        Path definitions,
        Path config,
        Path state,
        Path doors,
        List<Path> older) {
    /// Where the shipped units think that it is.
    public static final Path HOME = Path.of("/opt/hob");

    /// Units name it, in which systemd takes blanks, `%`, `$` and quotes for something else.
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9._/+-]*[A-Za-z0-9._+-]");

    /// What a daemon's sandbox hides from it, or has something else in its place of.
    private static final Pattern HIDDEN =
            Pattern.compile("/(home|root|run|tmp|var/tmp|dev|proc|sys|etc|var/lib/hob)(/.*)?");

    /// For all who use the machine.
    ///
    /// @param home in place of `/opt/hob`
    public static Places ofMachine(Path home) {
        var plain = real(home.normalize());
        if (!plain.endsWith("hob")) {
            throw new CannotInstall(
                    "--prefix is a folder for Hob alone, called hob, such as /srv/hob, and not '" + home + "'");
        }
        if (!PLAIN.matcher(plain.toString()).matches()) {
            throw new CannotInstall(
                    "--prefix is the full path of a folder, of letters, digits and . _ + - alone, such as"
                            + " /srv/hob, and not '" + home + "'");
        }
        if (HIDDEN.matcher(plain.toString()).matches()) {
            throw new CannotInstall("--prefix cannot be " + plain
                    + ": daemons do not see what lies there, or something else of Hob does;" + " /srv/hob would do");
        }
        var local = Path.of("/usr/local");
        return new Places(
                false,
                plain,
                local.resolve("bin"),
                local.resolve("share"),
                local.resolve("lib/systemd/system"),
                local.resolve("lib"),
                Path.of("/etc/hob"),
                Path.of("/var/lib/hob"),
                Path.of("/run/hob"),
                List.of(
                        local.resolve("bin"),
                        local.resolve("lib"),
                        local.resolve("share"),
                        local.resolve("share/man"),
                        Path.of("/etc"),
                        Path.of("/etc/systemd/system"),
                        Path.of("/var/lib"),
                        Path.of("/run"),
                        Disk.parent(plain)));
    }

    /// Of the Hob that is called there, if it is one.
    public static Optional<Path> homeBehind(Path program) {
        try {
            var target = Files.readSymbolicLink(program);
            return target.endsWith("current/bin/hob")
                    ? Optional.of(Disk.parent(Disk.parent(Disk.parent(target))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is none
        }
    }

    /// By the names that desktops have agreed upon.
    public static Places ofUser(Map<String, String> environment) {
        var person = real(Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))));
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.isEmpty()) {
            throw new CannotInstall(
                    "XDG_RUNTIME_DIR is not set, so that there is no systemd of yours to be asked here: log in"
                            + " as yourself (by ssh, or 'machinectl shell USER@'), and not by su or sudo");
        }
        var data = folder(environment, "XDG_DATA_HOME", person.resolve(".local/share"));
        var places = new Places(
                true,
                data.resolve("hob"),
                person.resolve(".local/bin"),
                data,
                data.resolve("systemd/user"),
                data, // not used: one person's members have no users of their own
                folder(environment, "XDG_CONFIG_HOME", person.resolve(".config"))
                        .resolve("hob"),
                folder(environment, "XDG_STATE_HOME", person.resolve(".local/state"))
                        .resolve("hob"),
                Path.of(runtime).resolve("hob"),
                List.of(person, Path.of(runtime)));
        try {
            places.user();
        } catch (IllegalArgumentException e) {
            throw new CannotInstall(String.valueOf(e.getMessage()));
        }
        return places;
    }

    /// Without links in it: who runs there is known to the kernel by where it really is.
    private static Path real(Path path) {
        try {
            for (var at = path; at != null; at = at.getParent()) {
                if (Files.exists(at)) {
                    return at.toRealPath().resolve(at.relativize(path).toString());
                }
            }
        } catch (IOException e) {
            throw new CannotInstall(path + " cannot be looked at: " + e.getMessage());
        }
        return path;
    }

    private static Path folder(Map<String, String> environment, String variable, Path fallback) {
        var named = environment.getOrDefault(variable, "");
        return real(named.startsWith("/") ? Path.of(named) : fallback); // a relative one is to be ignored
    }

    /// As units of a user name them.
    UserUnits.Places user() {
        return new UserUnits.Places(older.getFirst(), home, config, state);
    }

    /// The nearest folder above that stays.
    Path stayingAbove(Path file) {
        return older.stream()
                .filter(file::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount))
                .orElseGet(() -> Disk.parent(file));
    }

    /// There while a removal is under way: what is enabled no more then is wanted again by the next installation.
    Path going() {
        return home.resolve(".going");
    }

    Path releases() {
        return home.resolve("releases");
    }

    Path current() {
        return home.resolve("current");
    }
}
