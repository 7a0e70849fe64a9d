package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every shell script is read by shellcheck.
class ShellTest {
    @Test
    void shellcheckHasNothingToSay() throws IOException {
        assumeTrue(Command.exists("shellcheck"), "shellcheck is not installed: 'scripts/dev setup' does it");
        var scripts = scripts();
        assertThat(scripts).as("shell scripts found").isNotEmpty();
        var words = Stream.concat(
                        Stream.of("shellcheck", "--external-sources", "--source-path=" + Checkout.root()),
                        scripts.stream().map(Path::toString))
                .toList();
        assertThat(Command.run(Checkout.root(), java.util.Map.of(), words).output())
                .as("what shellcheck says")
                .isEmpty();
    }

    private static List<Path> scripts() throws IOException {
        var folders = Stream.of(".ci", "docs", "scripts")
                .map(Checkout.root()::resolve)
                .filter(Files::isDirectory);
        var found = new java.util.ArrayList<Path>();
        for (var folder : folders.toList()) {
            try (var files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).filter(ShellTest::isShell).forEach(found::add);
            }
        }
        return found.stream().sorted().toList();
    }

    private static boolean isShell(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            var head = new String(bytes.readNBytes(64), StandardCharsets.ISO_8859_1);
            return head.matches("(?s)#!\\S*[ /](ba)?sh\\b.*") || head.startsWith("# shellcheck shell=");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
