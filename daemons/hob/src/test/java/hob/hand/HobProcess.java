package hob.hand;

import hob.testing.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command as a process of its own, for what cannot be seen from within.
final class HobProcess {
    private HobProcess() {}

    static List<String> words(String... typed) {
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Checkout.root().resolve("units/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(typed));
        return words;
    }

    /// As it stands in a shell, with more of the shell behind it.
    static String line(String... typed) {
        return "'" + String.join("' '", words(typed)) + "'";
    }
}
