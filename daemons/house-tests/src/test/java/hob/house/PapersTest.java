package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The papers say what is so: pictures come from code, named tests and linked files exist.
class PapersTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");

    @Test
    void pictureOfTheFamilyIsTheCodes() {
        var arrows = Arrays.stream(Family.values())
                .map(member -> member.asks().isEmpty()
                        ? "    " + member.word() + "\n"
                        : member.asks().stream()
                                .map(asked -> "    " + member.word() + " --> " + asked.word() + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
        Golden.checkPart("docs/ARCHITECTURE.md", "family", "```mermaid\nflowchart TD\n" + arrows + "```\n");
    }

    @Test
    void everyInvariantNamesATestThatExists() throws IOException {
        var named = NAMED_TEST
                .matcher(Golden.read(Checkout.root().resolve("docs/ARCHITECTURE.md")))
                .results()
                .toList();
        assertThat(named).as("tests named in docs/ARCHITECTURE.md").isNotEmpty();
        var missing = new ArrayList<String>();
        for (var test : named) {
            var source = sourceOf(Objects.requireNonNull(test.group(1)));
            var method = test.group(2);
            if (source == null || (method != null && !source.contains(" " + method + "("))) {
                missing.add(test.group());
            }
        }
        assertThat(missing)
                .as("tests that docs/ARCHITECTURE.md names and nobody wrote")
                .isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var dead = new ArrayList<String>();
        for (var page : files(".md")) {
            LINK.matcher(Golden.read(page)).results().forEach(link -> {
                var target = page.resolveSibling(Objects.requireNonNull(link.group(1)));
                if (!Files.exists(target)) {
                    dead.add(Checkout.root().relativize(page) + " -> " + link.group(1));
                }
            });
        }
        assertThat(dead).as("dead links").isEmpty();
    }

    private static @org.jspecify.annotations.Nullable String sourceOf(String test) throws IOException {
        for (var file : files(".java")) {
            if (file.endsWith(test + ".java")) {
                return Golden.read(file);
            }
        }
        return null;
    }

    private static List<Path> files(String ending) throws IOException {
        try (var all = Files.walk(Checkout.root())) {
            return all.filter(file -> file.toString().endsWith(ending)
                            && !Checkout.root().relativize(file).toString().contains("target/"))
                    .sorted()
                    .toList();
        }
    }
}
