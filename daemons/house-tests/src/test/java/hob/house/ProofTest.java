package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the papers claim was measured: a claim names its entry in docs/PROOF.md by `[proof: NAME](PROOF.md)`, and
/// `scripts/dev deep NAME` wrote that entry.
class ProofTest {
    private static final Pattern MARK = Pattern.compile("\\[proof: ([a-z-]+)]");

    /// Words that claim a measurement. A line that has one and a figure, and no mark, is a claim without proof.
    private static final Pattern CLAIM = Pattern.compile(
            "(?i)\\b(measured|takes|took|within|under|only|faster)\\b[^.|]*\\d+(\\.\\d+)? ?(ms|µs|s|MB|%)\\b");

    @Test
    void everyClaimHasAnEntryInProof() throws IOException {
        var proof = Golden.read(Checkout.root().resolve("docs/PROOF.md"));
        var entries = Pattern.compile("(?m)^## ([a-z-]+), \\d{4}-\\d\\d-\\d\\d, commit [0-9a-f]{7,}")
                .matcher(proof)
                .results()
                .map(entry -> Objects.requireNonNull(entry.group(1)))
                .collect(Collectors.toSet());
        var wrong = new ArrayList<String>();
        for (var page : pages()) {
            for (var line : Golden.read(page).lines().toList()) {
                var marks = MARK.matcher(line)
                        .results()
                        .map(mark -> Objects.requireNonNull(mark.group(1)))
                        .toList();
                var where = Checkout.root().relativize(page) + ": " + line.strip();
                marks.stream()
                        .filter(mark -> !entries.contains(mark))
                        .forEach(mark ->
                                wrong.add(where + "\n   'scripts/dev deep " + mark + "' has not written its entry"));
                if (marks.isEmpty() && CLAIM.matcher(line).find()) {
                    wrong.add(where + "\n   is a claim without a mark such as [proof: build](PROOF.md)");
                }
            }
        }
        assertThat(wrong).as("claims without proof").isEmpty();
    }

    /// Where the reader is promised something. Decisions tell their own figures; PROOF.md is the proof.
    private static List<Path> pages() throws IOException {
        var root = Checkout.root();
        try (var docs = Files.list(root.resolve("docs"))) {
            return Stream.concat(Stream.of(root.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md") && !page.endsWith("PROOF.md"))
                    .sorted()
                    .toList();
        }
    }
}
