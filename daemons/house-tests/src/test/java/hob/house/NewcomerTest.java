package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The README is enough for someone with a bare machine. Only in the deep form: it downloads all that Maven wants.
@Tag("build")
@Tag("deep")
class NewcomerTest {
    @Test
    void twoCommandsOfTheReadmeAreEnough() {
        var began = System.nanoTime();
        var said = Command.run(Checkout.root(), "scripts/dev", "newcomer");
        assertThat(said.exit()).as(said.output()).isZero();
        assertThat(said.output()).contains("$ scripts/up --detach", "$ scripts/test", "newcomer: green");
        Figures.note("newcomer-from-empty-repository", (System.nanoTime() - began) / 1_000_000_000, "s");
        said.output()
                .lines()
                .filter(line -> line.matches("\\d+ passed, 0 failed, \\d+ skipped"))
                .forEach(line -> Figures.note("newcomer-tests-passed", line.substring(0, line.indexOf(' ')), "tests"));
    }
}
