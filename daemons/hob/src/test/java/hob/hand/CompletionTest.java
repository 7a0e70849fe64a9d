package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.contract.Who;
import hob.ipc.CallType;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tab key offers the words, calls and fields of the contract, all of them and nothing else, in the real shells.
@Tag("hand")
class CompletionTest {
    /// Calls `_hob` as bash does when a line is completed, where `=` is a word of its own.
    private static final String BASH = """
            source "$1"
            while IFS= read -r line; do
                read -ra pieces <<<"${line//=/ = }"
                [[ $line == *[\\ =] ]] && pieces+=('')
                [[ $line == *= ]] && unset 'pieces[-1]'
                COMP_WORDS=("${pieces[@]}") COMP_CWORD=$((${#pieces[@]} - 1)) COMPREPLY=()
                _hob
                echo "<offered ${COMPREPLY[*]}>"
            done
            """;

    @TempDir
    Path folder;

    /// A line up to where the key is pressed, and all that may follow.
    private static Map<String, Set<String>> expected() {
        var lines = new LinkedHashMap<String, Set<String>>();
        var words = Arrays.stream(Family.values()).map(Family::word).toList();
        var verbs = List.of(
                "status",
                "ping",
                "call",
                "describe",
                "metrics",
                "logs",
                "log-level",
                "install-systemd",
                "uninstall",
                "rehearse",
                "completion",
                "help");
        lines.put("hob ", all(Stream.concat(words.stream(), verbs.stream()).toList()));
        lines.put("hob mem", Set.of("memory"));
        lines.put("hob --json ping ", all(words));
        lines.put("hob log-level memory ", all(levels()));
        lines.put("hob completion ", Set.of("bash", "zsh"));
        lines.put("hob status --", all(OptionSpecs.common()));
        OptionSpecs.own()
                .forEach((verb, options) -> lines.put(
                        "hob " + verb + " --",
                        all(Stream.concat(OptionSpecs.common().stream(), options.stream())
                                .toList())));
        lines.put("hob logs ", all(words));
        lines.put("hob logs -f -n 5 memory ", all(words));
        lines.put("hob logs memory --level ", all(levels()));
        lines.put("hob logs --since ", Set.of());
        for (var member : Family.values()) {
            var calls = CallType.of(member).stream()
                    .filter(call -> call.who().contains(Who.PERSON))
                    .toList();
            var names = all(calls.stream().map(call -> Names.kebab(call.name())).toList());
            lines.put("hob " + member.word() + " ", names);
            lines.put("hob call " + member.word() + " ", names);
            lines.put("hob describe " + member.word() + " ", names);
            for (var call : calls) {
                lines.put("hob " + member.word() + " " + Names.kebab(call.name()) + " ", fields(call));
            }
        }
        lines.put("hob call memory set-block --key k name=persona ", Set.of("text", "expected-revision", "why"));
        lines.put("hob memory set-block name=persona expected_revision=1 w", Set.of("why"));
        lines.put("hob memory set-log-level level=", all(levels()));
        lines.put("hob memory set-log-level level=de", Set.of("debug"));
        lines.put("hob memory guard-block read-only=", Set.of("true", "false"));
        lines.put("hob memory set-block text=", Set.of());
        return lines;
    }

    private static Set<String> fields(CallType call) {
        return all(call.call().fields().stream()
                .map(field -> Names.kebab(field.name()))
                .toList());
    }

    private static List<String> levels() {
        return Arrays.stream(LogLevel.values())
                .map(level -> level.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Set<String> all(List<String> words) {
        return new TreeSet<>(words);
    }

    private Path script(String shell, String name) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                Typist.nowhere().types("completion", shell).out());
    }

    @Test
    void bashOffersTheContract() throws IOException {
        assumeTrue(Command.exists("bash"), "there is no bash");
        var script = script("bash", "hob.bash");
        offers("bash", "-c", BASH, "bash", script.toString());
    }

    @Test
    void zshOffersTheContract() throws Exception {
        assumeTrue(Command.exists("zsh"), "zsh is not installed: 'scripts/dev setup' does it");
        script("zsh", "_hob");
        var driver = Path.of(Objects.requireNonNull(CompletionTest.class.getResource("ask.zsh"))
                .toURI());
        offers("zsh", "-f", driver.toString(), folder.toString());
    }

    private void offers(String... command) throws IOException {
        var expected = expected();
        var lines = new ArrayList<>(expected.keySet());
        var input = Files.write(folder.resolve("lines"), lines);
        var words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <\"$0\"", input.toString()));
        words.addAll(List.of(command));
        var ran = Command.run(folder, Map.of(), words);
        var offered = Pattern.compile("<offered (.*)>")
                .matcher(ran.output())
                .results()
                .toList();
        assertThat(offered).as(ran.output()).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            var told = Stream.of(Objects.requireNonNull(offered.get(i).group(1)).split(" "))
                    .filter(word -> !word.isEmpty())
                    .map(word -> word.replaceFirst("=$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(told).as("offered behind '%s'", lines.get(i)).isEqualTo(expected.get(lines.get(i)));
        }
    }

    @Test
    void bothAreCleanToTheirShells() throws IOException {
        var bash = script("bash", "hob.bash");
        assertThat(Command.run(folder, "bash", "-n", bash.toString())).isEqualTo(new Command(0, ""));
        if (Command.exists("shellcheck")) {
            assertThat(Command.run(folder, "shellcheck", "-s", "bash", "-e", "SC2207", bash.toString())
                            .output())
                    .isEmpty();
        }
        if (Command.exists("zsh")) {
            var zsh = script("zsh", "_hob");
            assertThat(Command.run(folder, "zsh", "-n", zsh.toString())).isEqualTo(new Command(0, ""));
        }
    }
}
