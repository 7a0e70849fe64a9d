package hob.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.HouseCall.Settled;
import hob.testing.Workshop.Carry;
import hob.testing.Workshop.Colour;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A drawing that leaves something out proves nothing about it.
@Tag("wire")
class AnyRecordTest {
    private static final int DRAWN = 300;

    static Stream<Long> seeds() {
        return Stream.of(ThreadLocalRandom.current().nextLong());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyKindOfValueIsDrawn(long seed) {
        var any = new AnyRecord(new Random(seed));
        var drawn = Stream.generate(() -> any.draw(Carry.class)).limit(DRAWN).toList();

        some(drawn, "a null", call -> call.maybeText() == null && call.maybeTools() == null);
        some(drawn, "no null", call -> call.maybeText() != null && call.maybeTools() != null);
        some(drawn, "a default", call -> call.textOrFive().equals("five") && call.largeOrMinusSeven() == -7);
        some(drawn, "an empty text", call -> call.text().isEmpty());
        some(drawn, "an empty list", call -> call.texts().isEmpty());
        some(drawn, "a long list", call -> call.numbers().size() >= 20);
        some(drawn, "a long text", call -> call.text().length() > 10_000);
        some(drawn, "lists in lists", call -> call.table().stream().anyMatch(row -> !row.isEmpty()));
        some(drawn, "the largest", call -> call.large() == Long.MAX_VALUE && call.number() != 0);
        some(drawn, "the smallest", call -> call.large() == Long.MIN_VALUE);
        some(drawn, "beyond 2^53", call -> call.large() == (1L << 53) + 1);
        some(drawn, "less than nothing", call -> Double.compare(call.fraction(), -0.0) == 0);
        some(drawn, "the last moment", call -> call.moment().equals(Instant.MAX));
        some(drawn, "a character of two units", call -> call.text().codePoints().anyMatch(point -> point > 0xffff));
        for (var colour : Colour.values()) {
            some(drawn, colour.name(), call -> call.colour() == colour);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPlaneOfUnicodeIsDrawnAndNoLoneSurrogate(long seed) {
        var any = new AnyRecord(new Random(seed));
        var points = Stream.generate(() -> any.draw(Carry.class))
                .limit(DRAWN)
                .flatMapToInt(call -> call.text().codePoints())
                .boxed()
                .collect(Collectors.toSet());

        assertThat(points.stream().map(point -> point >> 16))
                .containsAll(IntStream.rangeClosed(0, 16).boxed().toList());
        assertThat(points).contains(0, 0x1f, (int) '"', (int) '\\', 0xfeff, 0xffff, 0x10ffff);
        assertThat(points).noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    }

    @Test
    void aRecordsOwnRulesAreKept() {
        var any = new AnyRecord(new Random(5));
        var keys = Stream.generate(() -> any.draw(Settled.class)).limit(100).map(Settled::keys);

        assertThat(keys).anyMatch(List::isEmpty);
        assertThatThrownBy(() -> any.draw(Impossible.class)).hasMessageContaining("Impossible");
    }

    record Impossible(String text) {
        Impossible {
            throw new IllegalArgumentException("'text' is never right: " + text);
        }
    }

    private static void some(List<Carry> drawn, String what, Predicate<Carry> is) {
        assertThat(drawn).as(what).anyMatch(is);
    }
}
