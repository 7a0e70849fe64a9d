package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
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

    /// A library that several modules use stands once, by the widest of its uses.
    private static Collection<String> rows() {
        var rows = new TreeMap<String, String>();
        for (var page : pages()) {
            Golden.read(page)
                    .lines()
                    .filter(line -> line.startsWith("|") && !line.startsWith("| hob:"))
                    .forEach(row -> rows.merge(row.substring(0, row.indexOf('|', 2)), row, LicencesTest::wider));
        }
        return rows.values();
    }

    private static String wider(String one, String other) {
        return other.contains("| test |") ? one : other;
    }

    private static List<Path> pages() {
        try (var files = Files.walk(Checkout.root(), 5)) {
            return files.filter(file -> file.endsWith("target/licences/licences.md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
