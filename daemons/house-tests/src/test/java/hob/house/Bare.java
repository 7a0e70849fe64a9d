package hob.house;

import hob.testing.Box;
import hob.testing.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A system of Debian on which there is nothing but systemd: no JDK, no checkout, no person.
enum Bare {
    BOOKWORM,
    TRIXIE;

    /// Two of them need nothing but themselves.
    static final String SCRIPTS = "/mnt/scripts";

    /// Where the release lies that is to be installed.
    static final String MEDIUM = "/mnt/release";

    private Path tree() {
        return Box.made(this == BOOKWORM ? "bookworm-systemd" : "trixie-systemd");
    }

    String missing() {
        return Box.missing(tree());
    }

    /// With the release to be installed, on a read-only medium.
    Box boot(String... options) {
        var all = new ArrayList<>(List.of(
                "--bind-ro", Installed.release() + ":" + MEDIUM,
                "--bind-ro", Checkout.root().resolve("scripts") + ":" + SCRIPTS));
        all.addAll(List.of(options));
        return Box.boot(tree(), all.toArray(String[]::new));
    }
}
