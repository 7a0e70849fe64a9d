package hob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// What a test counted. Printed for people; in the deep form also kept for docs/PROOF.md.
public final class Figures {
    private Figures() {}

    /// The size of a test: small in `scripts/test`, full in `scripts/dev deep`.
    public static int size(int small, int full) {
        return deep() ? full : small;
    }

    public static void note(String name, Object value, String unit) {
        var line = name + " " + value + " " + unit;
        System.out.println("figure: " + line);
        if (deep()) {
            var file = Checkout.root().resolve("target/figures.txt");
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean deep() {
        return Boolean.getBoolean("hob.deep");
    }
}
