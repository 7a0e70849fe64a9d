package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hob.daemon.Version;
import hob.testing.Checkout;
import hob.testing.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
    private static Command memory(String... args) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), "hob.memory.Main"));
        words.addAll(List.of(args));
        return Command.run(Checkout.root(), Map.of(), words);
    }

    @Test
    void tellsItsVersion() {
        assertThat(memory("--version")).isEqualTo(new Command(0, "hob-memory " + Version.text() + "\n"));
    }

    @Test
    void saysWhatItKnowsWhenUsedWrongly() {
        var answer = memory("--verson");
        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.output()).contains("--version");
    }
}
