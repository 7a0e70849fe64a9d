package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a user's own systemd runs from boot on, whether they are logged in or not.
public final class Linger {
    private static final Path USERS = Path.of("/var/lib/systemd/linger");

    private Linger() {}

    public static boolean isOn() {
        return Files.exists(USERS.resolve(user()));
    }

    /// Whatever else of theirs runs may count on it by the time when Hob goes, so that nothing of Hob switches it off.
    static void switchOn() throws IOException {
        var asked = Program.run("loginctl", "enable-linger");
        if (!asked.isGood()) {
            throw new Shortcoming("Hob ends when you log out, until root types 'loginctl enable-linger " + user()
                    + "'; you may not: " + asked.output());
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
