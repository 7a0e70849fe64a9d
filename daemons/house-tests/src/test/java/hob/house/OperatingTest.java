package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Figures;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Types all that OPERATING.md tells one to type, on a machine of its own with a clone that was built.
@Tag("install")
@Tag("slow")
@Tag("systemd")
class OperatingTest {
    private static final String CLONE = "/root/hob";

    /// The full form is on either; what differs between them is tried by the tests of each thing.
    static Stream<Box.Tree> trees() {
        return Arrays.stream(Box.Tree.values()).skip(Figures.size(1, 0));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void thePageIsTrue(Box.Tree tree, @TempDir Path clone) throws IOException {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        var page = TypedPage.in(Golden.read(Checkout.root().resolve("docs/OPERATING.md")));
        try (var _ = new Upstairs(clone);
                var box = Box.boot(tree, withWhatBuildsIt(clone))) {
            box.said("sed -i 's|" + clone + "|" + CLONE + "|g' " + CLONE + "/daemons/*/target/classpath");
            var complaints = new Typist(box::sh, OperatingTest::blanked).type(page);
            assertThat(String.join("\n\n", complaints)).isEmpty();
        }
    }

    /// The JDK, with the settings that distributions keep elsewhere, and the libraries.
    private static String[] withWhatBuildsIt(Path clone) throws IOException {
        var options = new ArrayList<>(List.of("--bind", clone + ":" + CLONE));
        var jdk = Path.of(System.getProperty("java.home"));
        options.addAll(List.of("--bind-ro", jdk + ":/usr/lib/jvm/of-builder"));
        try (var files = Files.walk(jdk)) {
            for (var link : files.filter(Files::isSymbolicLink).toList()) {
                var target = Files.readSymbolicLink(link);
                if (target.startsWith("/etc") && Files.exists(target)) {
                    options.addAll(List.of("--bind-ro", target.toRealPath() + ":" + target));
                }
            }
        }
        var libraries = Path.of(System.getProperty("user.home"), ".m2/repository");
        options.addAll(List.of("--bind-ro", libraries + ":" + libraries));
        return options.toArray(String[]::new);
    }

    /// Without what differs from time to time and from machine to machine.
    private static String blanked(String line) {
        var timeless = line.replaceAll("\\b[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d\\b", "DAY");
        return Tour.blanked(timeless)
                .replaceAll("^([-dlrwxs]{10}) \\d+", "$1 N")
                .replaceAll("\\b[0-9a-f]{12}\\b", "HASH")
                .replaceAll("\\bup N (ms|s|min)\\b", "up N")
                .replaceAll("(process|kill -CONT) \\d+", "$1 N");
    }
}
