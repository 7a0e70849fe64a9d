package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `scripts/restart.sh` and `scripts/test-ipc.sh` know of the family is what the code says of it.
class RestartScriptTest {
    private static final String RESTART = "scripts/restart.sh";
    private static final String ASK = "scripts/test-ipc.sh";

    @Test
    void itsLevelsAreTheFamilys() {
        assertThat(words(RESTART, "(?m)^levels=\\(\n((?:    \".*\"\n)+)\\)$", "    \"(.*)\"\n"))
                .containsExactlyElementsOf(levels());
    }

    @Test
    void itsOrderAndThatOfTheAskingIsTheFamilys() {
        var order = Arrays.stream(Family.values()).map(Family::word).toList();
        assertThat(List.of(String.join(" ", levels()).split(" ", -1))).isEqualTo(order);
        assertThat(words(ASK, "(?m)^family=\\((.*)\\)$", "([^ ]+)")).isEqualTo(order);
    }

    /// Who asks nobody is on the first one, everyone else below the last of those that it asks.
    private static List<String> levels() {
        var levels = new EnumMap<Family, Integer>(Family.class);
        var words = new TreeMap<Integer, String>();
        for (var member : Family.values()) {
            var level = 1 + member.asks().stream().mapToInt(levels::get).max().orElse(0);
            levels.put(member, level);
            words.merge(level, member.word(), (some, more) -> some + " " + more);
        }
        return List.copyOf(words.values());
    }

    private static List<String> words(String script, String list, String word) {
        var found = Pattern.compile(list).matcher(Golden.read(Checkout.root().resolve(script)));
        assertThat(found.find()).as("a list in " + script).isTrue();
        return Pattern.compile(word)
                .matcher(found.group(1))
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void aWrongOrderIsFound(@TempDir Path scratch) throws IOException {
        Files.createDirectories(scratch.resolve("scripts"));
        for (var file : List.of(RESTART, ASK)) {
            var text = Golden.read(Checkout.root().resolve(file));
            Files.writeString(
                    scratch.resolve(file),
                    text.replace("memory runner", "runner memory").replace("\"rag\"", "\"rag matrix\""));
        }
        Checkout.at(scratch, () -> {
            assertThatThrownBy(this::itsLevelsAreTheFamilys).isInstanceOf(AssertionError.class);
            assertThatThrownBy(this::itsOrderAndThatOfTheAskingIsTheFamilys).isInstanceOf(AssertionError.class);
        });
    }

    @Test
    void wrongWordsAreToldTheRightOnes() {
        var all = Arrays.stream(Family.values()).map(Family::word).collect(Collectors.joining(" "));
        for (var wrong : List.of("memroy", "", "memory rag", "memory\nrag")) {
            assertThat(restart("memory", wrong))
                    .isEqualTo(new Command(64, "'" + wrong + "' is no member; these are: " + all + "\n"));
        }
        assertThat(restart("memory", "--clod"))
                .isEqualTo(new Command(64, "There is no option '--clod'; these are: --cold --user --help\n"));
        for (var nobody : List.of(List.<String>of(), List.of("--cold"))) {
            var said = restart(nobody.toArray(String[]::new));
            assertThat(said.exit()).isEqualTo(64);
            assertThat(said.output())
                    .startsWith("Say who: 'restart.sh all', or of ")
                    .contains(all)
                    .hasLineCount(1);
        }
    }

    @Test
    void itSaysWhatItIsForAndDoesNothingElse() {
        var said = restart("all", "--help");
        assertThat(said.exit()).isZero();
        assertThat(said.output()).contains("restart.sh all --cold").doesNotContain("#", "set -", "levels=");
    }

    private static Command restart(String... words) {
        var all = new ArrayList<>(List.of(Checkout.root().resolve(RESTART).toString()));
        all.addAll(List.of(words));
        return Command.run(Path.of("/"), Map.of(), all);
    }
}
