package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever a person gets wrong is answered by one clear sentence and the code that the table of codes says.
@Tag("hand")
class WrongInputsTest {
    /// What must never be seen by a person.
    private static final String TRACES = "Exception|\\bat hob\\.|\\bhob\\.(hand|ipc|contract)\\b|\u001b";

    @Test
    void eachIsOneSentenceAndTheRightCode() throws Exception {
        try (var wrong = new WrongInputs()) {
            var rows = wrong.all();
            assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
            var table = new StringBuilder();
            for (var row : rows) {
                var said = row.said();
                assertThat(said.exit()).as(row.toString()).isEqualTo(row.exit());
                assertThat(said.out()).as("stdout of %s", row.typed()).isEmpty();
                assertThat(said.err().isEmpty()).as(row.toString()).isEqualTo(row.exit() == Exit.PIPE);
                assertThat(said.err()).as(row.toString()).doesNotContainPattern(TRACES);
                if (row.exit() != Exit.CONFLICT) { // there the text that is there now comes with it
                    assertThat(said.err().lines()).as(row.toString()).hasSizeLessThanOrEqualTo(1);
                }
            }
            rows.forEach(row -> table.append("| %s | %d | %s |\n"
                    .formatted(
                            code(row.typed()) + (row.why().isEmpty() ? "" : " (" + row.why() + ")"),
                            row.exit().code(),
                            cell(wrong.stable(row.said().err().strip())))));
            Golden.check("docs/wrong-inputs.md", """
                    # What the hob command says to what is wrong

                    Each was really typed, in a house at `HOUSE`; what is said goes to stderr. `scripts/dev update` writes
                    this page. The codes are told in [hob.md](hob.md#exit-codes).

                    | typed | exit | said |
                    |---|---|---|
                    """ + table);
        }
    }

    private static String code(String typed) {
        return "`" + typed.replace("|", "\\|") + "`";
    }

    private static String cell(String said) {
        return said.replace("|", "\\|").replace("\n", "<br>");
    }
}
