package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// There are two readers of a line, and whoever types must not be able to tell which of them it was.
class PlainLineTest {
    private static final int LINES = 500;

    /// Words that mean something to one of the two, beside those that are like any other.
    private static final List<String> WORDS = List.of(
            "memory",
            "block",
            "name=kettle",
            "name==-",
            "a=@file",
            "@file",
            "'quoted",
            "\"quoted\"",
            "${user.name}",
            "ö",
            "a b",
            "",
            "-",
            "--",
            "-x",
            "-h",
            "-V",
            "--jsn",
            "--json",
            "--json=",
            "--json=true",
            "--help",
            "--version",
            "--deadline",
            "--deadline=",
            "--deadline=5s",
            "--deadline=x",
            "--key",
            "--key=k",
            "--key=a=b",
            "--key=-",
            "--trace",
            "--trace=t",
            "--color",
            "--color=never",
            "--color=blue",
            "5s",
            "never",
            "k");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void bothReadersMakeTheSameOfALine(long seed) {
        var random = new Random(seed);
        var plain = 0;
        for (int i = 0; i < LINES; i++) {
            var typed = line(random);
            assertThat(outcome(() -> Line.read(typed))).as("%s", typed).isEqualTo(outcome(() -> Line.byPicocli(typed)));
            plain += PlainLine.read(typed) == null ? 0 : 1;
        }
        assertThat(plain).isBetween(LINES / 10, LINES * 9 / 10);
    }

    private static List<String> line(Random random) {
        var typed = new ArrayList<String>();
        for (int words = random.nextInt(1, 6); words > 0; words--) {
            typed.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return typed;
    }

    private static Object outcome(Supplier<Line> read) {
        try {
            return read.get();
        } catch (Refused refused) {
            return refused.exit() + " " + refused.sentence();
        }
    }

    @Test
    void noOptionIsLeftToPicocliAlone() {
        for (var spec : OptionSpecs.ALL) {
            var name = spec.longestName();
            var typed = spec.arity().max() == 0 ? List.of("ping", name) : List.of("ping", name, "5s");
            var plain = Objects.requireNonNull(PlainLine.read(typed), name);
            assertThat(plain.words()).containsExactly("ping");
            assertThat(plain.options()).containsOnlyKeys(name);
        }
    }
}
