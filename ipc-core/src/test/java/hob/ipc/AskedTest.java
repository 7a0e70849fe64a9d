package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import hob.contract.Family;
import hob.contract.Key;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.TempHouse;
import hob.testing.Workshop.Rest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call hands on to those that are made on its behalf.
@Tag("wire")
class AskedTest {
    private static Asked asked(@Nullable String key) {
        return new Asked(new Caller.Member(Family.AGENT), null, key, System.nanoTime());
    }

    private static List<String> next(String key, int calls) {
        var asked = asked(key);
        return IntStream.range(0, calls)
                .mapToObj(_ -> Objects.requireNonNull(asked.nextKey()))
                .toList();
    }

    @Test
    void itsCallsAreKeyedInTheirOrder() {
        assertThat(next("K", 3)).containsExactly("K/1", "K/2", "K/3");
        assertThat(asked(null).nextKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 159, 160, 161, 199, 200})
    void aKeyOfAnyLengthGoesOnAsAKeyTheSameEachTime(int length) {
        var key = "k".repeat(length);
        var first = next(key, 1000);
        assertThat(first)
                .allSatisfy(next -> assertThatCode(() -> Key.check(next)).doesNotThrowAnyException());
        assertThat(first).doesNotHaveDuplicates().isEqualTo(next(key, 1000));
    }

    @Test
    void longKeysThatDifferAtTheirEndsGoOnUnderDifferentNames() {
        var stem = "k".repeat(199);
        assertThat(next(stem + "a", 2)).doesNotContainAnyElementsOf(next(stem + "b", 2));
    }

    @Test
    void aKeyStaysAKeyOverHoweverManyHops() {
        var key = "/k-1:".repeat(39);
        for (int hop = 0; hop < 1000; hop++) {
            Key.check(key);
            key = next(key, 12).getLast();
        }
        assertThat(key.length()).isLessThanOrEqualTo(200);
    }

    @Test
    void aCallMayBeGivenMoreTimeThanTravels() throws Exception {
        try (var house = new TempHouse()) {
            var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
            house.serve(Family.MEMORY, bench.handlers());
            var rested = house.client(Family.MEMORY).ask(new Rest(0), Manner.USUAL.within(Duration.ofDays(2)));
            assertThat(Duration.ofMillis(rested.deadlineLeftMs())).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        }
    }
}
