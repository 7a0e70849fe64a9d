package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whose work Hob stands on, and under which terms. The build writes the rows; the page is reviewed.
class LicencesTest {
    /// Terms under which Hob can be given away as it is.
    private static final Pattern FREE = Pattern.compile("Apache-2\\.0|MIT|BSD-[23]-Clause|EPL-2\\.0|Public Domain");

    @Test
    void pageListsWhatTheBuildResolved() {
        var page = new StringBuilder("""
                # Licences

                What Hob stands on, with all that comes along. `scripts/dev update` writes this page.

                | library | version | where | licence |
                |---|---|---|---|
                """);
        rows().forEach(row -> page.append(row).append('\n'));
        Golden.check("docs/LICENCES.md", page.toString());
    }

    @Test
    void everyLicenceIsOneThatHobCanBeGivenAwayWith() {
        assertThat(rows()).as("libraries that the build resolved").isNotEmpty();
        for (var row : rows()) {
            var cells = Arrays.stream(row.split("\\|")).map(String::strip).toList();
            assertThat(cells.get(4).split("; "))
                    .as("licences of %s (%s)", cells.get(1), cells.get(3))
                    .anyMatch(licence -> FREE.matcher(licence).matches());
        }
    }

    private static List<String> rows() {
        return Golden.read(Checkout.root().resolve("daemons/house-tests/target/licences/licences.md"))
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("| hob:"))
                .sorted()
                .toList();
    }
}
