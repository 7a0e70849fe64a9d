package hob.testing;

import java.nio.file.Path;
import java.util.Objects;

/// The files that a test looks at: this checkout, or the scratch copy in which an alarm test planted a fault.
public final class Checkout {
    private static final ScopedValue<Path> SCRATCH = ScopedValue.newInstance();

    private Checkout() {}

    public static Path root() {
        return SCRATCH.isBound()
                ? SCRATCH.get()
                : Path.of(Objects.requireNonNull(
                        System.getProperty("hob.root"), "run tests by scripts/test or Maven, which set hob.root"));
    }

    static boolean isScratch() {
        return SCRATCH.isBound();
    }

    /// Runs checks as if the checkout were at `root`.
    public static void at(Path root, Runnable checks) {
        ScopedValue.where(SCRATCH, root).run(checks);
    }
}
