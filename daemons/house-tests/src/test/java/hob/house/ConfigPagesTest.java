package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every daemon that can be told something has its page in `docs/config`, and a test that holds the two together.
class ConfigPagesTest {
    @Test
    void everyConfigHasItsPageAndEveryPageItsConfig() throws IOException {
        assertThat(named("docs/config", ".md"))
                .as(
                        "pages in docs/config, beside daemons with a config record: 'scripts/dev update' writes a page, and a"
                                + " page without a daemon is to be deleted")
                .isEqualTo(daemonsWith("src/main/java", "Config.java", "record "));
    }

    @Test
    void everyConfigHasTheFileThatIsInstalledAndNoOtherIs() throws IOException {
        assertThat(named("etc", ".toml"))
                .as("files in etc, beside daemons with a config record: 'scripts/dev update' writes one")
                .isEqualTo(daemonsWith("src/main/java", "Config.java", "record "));
    }

    @Test
    void everyConfigKeepsItsPromises() throws IOException {
        assertThat(daemonsWith("src/test/java", "ConfigTest.java", "implements ConfigPromises"))
                .as("daemons whose config test has 'implements ConfigPromises', beside daemons with a config record")
                .isEqualTo(daemonsWith("src/main/java", "Config.java", "record "));
    }

    private static Set<String> named(String below, String ending) throws IOException {
        var folder = Checkout.root().resolve(below);
        return Files.exists(folder)
                ? in(folder).stream()
                        .map(file -> file.getFileName().toString().replace(ending, ""))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    private static Set<String> daemonsWith(String below, String ending, String words) throws IOException {
        var found = new TreeSet<String>();
        for (var daemon : in(Checkout.root().resolve("daemons"))) {
            var sources = daemon.resolve(below);
            if (Files.isDirectory(sources) && hasSource(sources, ending, words)) {
                found.add(daemon.getFileName().toString());
            }
        }
        return found;
    }

    private static boolean hasSource(Path sources, String ending, String words) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .anyMatch(file -> Golden.read(file).contains(words));
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
