package hob.house;

import hob.install.UserUnits;
import hob.install.UserUnits.Places;
import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A box in which Hob is ann's, who is nobody special: under her own systemd, which runs without her being there.
final class UsersHouse implements AutoCloseable {
    static final Path HOME = Path.of("/home/ann");
    static final String STATE = HOME + "/.local/state/hob/memory";
    static final String CONFIG = HOME + "/.config/hob/memory.toml";

    /// Where a user's systemd finds units.
    private static final Path UNITS = HOME.resolve(".local/share/systemd/user");

    private final Box box;
    private final String uid;

    private UsersHouse(Box box) {
        this.box = box;
        box.said("""
                useradd --create-home --shell /bin/sh ann 2>&1
                share=/home/ann/.local/share
                install -d -m 700 -o ann -g ann /home/ann /home/ann/.config /home/ann/.local $share $share/hob
                loginctl enable-linger ann
                """);
        this.uid = box.said("id -u ann");
        Eventually.await(
                "ann's systemd is up",
                () -> box.exec("systemctl", "is-active", "user@" + uid).exit() == 0);
    }

    /// @param releases where the release is in the box
    static UsersHouse in(Box.Tree tree, Path releases) throws IOException {
        var house = new UsersHouse(Installed.withRelease(tree, releases));
        house.install(new Places(HOME, releases, HOME.resolve(".config/hob"), HOME.resolve(".local/state/hob")));
        return house;
    }

    /// As the installer does it.
    private void install(Places places) throws IOException {
        box.said("""
                ln -s releases/tested %1$s/current
                setpriv --reuid=ann --regid=ann --init-groups mkdir -p -m 700 %2$s %3$s %4$s %5$s
                """.formatted(places.releases(), places.config(), places.state(), STATE, UNITS));
        var shipped = Checkout.root().resolve("units");
        try (var files = Files.walk(shipped)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = shipped.relativize(file).toString();
                var text = UserUnits.of(name, Golden.read(file), places);
                if (text.isPresent() && (!name.startsWith("since-") || version() >= 254)) {
                    put(UNITS.resolve(name.replaceFirst("^since-254/", "")), text.get());
                }
            }
        }
        systemctl("daemon-reload");
        systemctl("enable hob.target hob-memory.service");
    }

    int version() {
        return Integer.parseInt(box.said("systemctl --version | sed -nE '1s/^systemd ([0-9]+).*/\\1/p'"));
    }

    UsersHouse start() {
        systemctl("start hob.target");
        return this;
    }

    Box box() {
        return box;
    }

    Path doors() {
        return Path.of("/run/user", uid, "hob");
    }

    /// A file of hers.
    void put(Path file, String text) throws IOException {
        box.said("setpriv --reuid=ann --regid=ann --init-groups mkdir -p " + file.getParent());
        Files.writeString(box.outside(file.toString()), text);
        box.said("chown ann:ann " + file);
    }

    /// What lets a program run as her, as it would in a session.
    List<String> as() {
        return List.of(
                "setpriv",
                "--reuid=ann",
                "--regid=ann",
                "--init-groups",
                "env",
                "-C",
                "/",
                "HOME=/home/ann",
                "USER=ann",
                "XDG_RUNTIME_DIR=/run/user/" + uid);
    }

    Command run(String... words) {
        var all = new ArrayList<>(as());
        all.addAll(List.of(words));
        return box.exec(all.toArray(String[]::new));
    }

    String said(String... words) {
        var said = run(words);
        if (said.exit() != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + said.exit() + ": " + said.output());
        }
        return said.output().strip();
    }

    /// The `hob` command, which finds her house by itself.
    Command hob(String... words) {
        var all = new ArrayList<>(List.of(HOME + "/.local/share/hob/current/bin/hob"));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    /// Words that `systemctl` takes, which must go well.
    String systemctl(String words) {
        return said("sh", "-c", "systemctl --user " + words);
    }

    String show(String property) {
        return systemctl("show --value -p " + property + " hob-memory");
    }

    @Override
    public void close() {
        box.close();
    }
}
