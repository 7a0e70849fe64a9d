package hob.house;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A box in which Hob is installed as it was built, and not started yet. What is on the machine beside it is not used:
/// the release has its own runtime and libraries.
final class Installed implements AutoCloseable {
    /// Where tests lie in the box: classes of this module, and those that all modules share.
    static final String TESTS = "/mnt/tests:/mnt/testing:/opt/hob/current/lib/hob.jar";

    private static final Path RELEASE = Checkout.root().resolve("target/box/release");

    private static boolean isMade;

    private final Box box;

    private Installed(Box box) {
        this.box = box;
    }

    /// @param options those of `scripts/dev box up`
    static Installed in(Box.Tree tree, String... options) {
        var installed = new Installed(withRelease(tree, Path.of("/opt/hob"), options));
        installed.install();
        return installed;
    }

    /// A box in which the release lies, as `releases/tested` of that folder, and what tests run in it; and no more.
    ///
    /// @param options those of `scripts/dev box up`
    static Box withRelease(Box.Tree tree, Path folder, String... options) {
        var all = new ArrayList<>(List.of(
                "--bind-ro", release() + ":" + folder + "/releases/tested",
                "--bind-ro", Checkout.root().resolve("daemons/house-tests/target/test-classes") + ":/mnt/tests",
                "--bind-ro", Checkout.root().resolve("ipc-core/target/test-classes") + ":/mnt/testing"));
        all.addAll(List.of(options));
        return Box.boot(tree, all.toArray(String[]::new));
    }

    /// With its cache. Made once for all tests of a run, some of which run side by side; to be copied, and not to be
    /// written to.
    static synchronized Path release() {
        if (!isMade) {
            Command.run(
                    Checkout.root(), "mkdir", "-p", RELEASE.resolveSibling("").toString());
            try (var lock = FileChannel.open(RELEASE.resolveSibling("lock"), CREATE, WRITE);
                    var _ = lock.lock()) {
                makeUnlessOfThisRun(RELEASE.resolveSibling("run"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            isMade = true;
        }
        return RELEASE;
    }

    /// @param made of which run the release is that lies there, by when Maven began
    private static void makeUnlessOfThisRun(Path made) throws IOException {
        var run = System.getProperty("hob.run", "");
        if (!run.isEmpty() && Files.exists(made) && Files.readString(made).equals(run)) {
            return;
        }
        Files.deleteIfExists(made);
        Command.run(Checkout.root(), "rm", "-rf", RELEASE.toString());
        // Elsewhere, since those who walk through the checkout meanwhile would miss what is taken away again.
        var elsewhere = Files.createTempDirectory("hob-release");
        var release = ReleaseFolder.make(elsewhere.resolve("release"));
        ReleaseFolder.makeCache(release);
        Command.run(elsewhere, "mv", "-T", release.toString(), RELEASE.toString());
        Files.delete(elsewhere);
        Files.writeString(made, run);
    }

    private void install() {
        box.said("""
                test -e /opt/hob/current || ln -s releases/tested /opt/hob/current
                ln -sf /opt/hob/current/bin/hob /usr/local/bin/hob
                version=$(systemctl --version | sed -nE '1s/^systemd ([0-9]+).*/\\1/p')
                cd /opt/hob/current/units
                mkdir -p /usr/local/lib/systemd/system /usr/local/lib/sysusers.d /usr/local/lib/tmpfiles.d
                cp -r hob*.service hob*.target hob*.slice hob*.d /usr/local/lib/systemd/system/
                if [ "$version" -ge 254 ]; then cp -r since-254/* /usr/local/lib/systemd/system/; fi
                cp sysusers.d/* /usr/local/lib/sysusers.d/
                cp tmpfiles.d/* /usr/local/lib/tmpfiles.d/
                systemd-sysusers
                systemd-tmpfiles --create
                systemctl daemon-reload
                systemctl -q enable hob.target $(cd /usr/local/lib/systemd/system && ls hob-*.service)
                """);
    }

    Box box() {
        return box;
    }

    Installed start() {
        box.said("systemctl start hob.target");
        return this;
    }

    /// What the `hob` command says in it, to root.
    Command hob(String... words) {
        var all = new ArrayList<>(List.of("/usr/local/bin/hob"));
        all.addAll(List.of(words));
        return box.exec(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        box.close();
    }
}
