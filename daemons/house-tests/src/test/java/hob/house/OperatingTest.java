package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Types all that OPERATING.md tells one to type, on a machine of its own.
@Tag("slow")
@Tag("systemd")
class OperatingTest extends OnEachSystemd {
    OperatingTest(Box.Tree tree) throws IOException {
        super(tree);
    }

    @Test
    void thePageIsTrue() {
        var page = TypedPage.in(Golden.read(Checkout.root().resolve("docs/OPERATING.md")));
        var complaints = new Typist(memory.box()::sh, OperatingTest::blanked).type(page);
        assertThat(String.join("\n\n", complaints)).isEmpty();
    }

    /// Without what differs from time to time and from machine to machine.
    private static String blanked(String line) {
        return Tour.blanked(line)
                .replaceAll("\\b[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d\\b", "DAY")
                .replaceAll("^([-dlrwxs]{10}) \\d+", "$1 N")
                .replaceAll("(process|kill -CONT) \\d+", "$1 N");
    }
}
