package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The reference and the manual page are what the command does.
class ManualTest {
    @Test
    void theReferenceIsTheCodes() {
        Golden.check("docs/hob.md", Manual.markdown());
    }

    @Test
    void theManualPageIsTheCodes() {
        Golden.check("docs/man/hob.1", Manual.roff());
    }

    @Test
    void theManualPageReadsWithoutAWarning() {
        assumeTrue(Command.exists("groff"), "groff is not installed: 'scripts/dev setup' does it");
        var page = Checkout.root().resolve("docs/man/hob.1").toString();
        var read = Command.run(Checkout.root(), "groff", "-ww", "-man", "-Tascii", "-z", page);
        assertThat(read).isEqualTo(new Command(0, ""));
    }

    @Test
    void everyExampleIsUnderstood() {
        for (var example : Manual.EXAMPLES) {
            var said = Typist.nowhere().types(example.words());
            assertThat(said.exit()).as(example.typed() + ": " + said.err()).isIn(Exit.OK, Exit.UNAVAILABLE);
        }
    }

    @Test
    void codesAreToldOnce() {
        assertThat(Arrays.stream(Exit.values()).map(Exit::code)).doesNotHaveDuplicates();
    }
}
