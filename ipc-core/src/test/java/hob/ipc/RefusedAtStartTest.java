package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.FrameMax;
import hob.contract.HouseCall.Ping;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;
import hob.testing.TempHouse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A contract or a table that cannot work is refused by a sentence before anyone is let in.
@Tag("wire")
class RefusedAtStartTest {
    record Ring(@Nullable Ring next) {}

    record Tree(List<List<Tree>> branches) {}

    record Hen(@Nullable Egg egg) {}

    record Egg(@Nullable Hen hen) {}

    @Service("memory")
    @For(Who.PERSON)
    sealed interface First<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        record AskFirst() implements First<First.Answer> {}

        record Answer(int number) {}
    }

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Second<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        record AskSecond() implements Second<Second.Answer> {}

        record Answer(String text) {}
    }

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Wide<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        @FrameMax(bytes = 2 << 20)
        record AskWide(String text) implements Wide<First.Answer> {}
    }

    @ParameterizedTest
    @ValueSource(classes = {Ring.class, Tree.class, Hen.class, Egg.class})
    void aRecordThatContainsItselfIsRefusedEachTime(Class<?> type) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> RecordShape.of(type))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(type.getName() + " contains itself, which a contract has no words for");
        }
    }

    @Test
    void twoRecordsOfOneNameInOneTableAreRefused() {
        assertThat(Handlers.of(First.class).calls()).hasSize(1);
        assertThat(Handlers.of(Second.class).calls()).hasSize(1);
        assertThatThrownBy(() -> Handlers.of(First.class, Second.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two records are named 'answer': " + First.Answer.class.getName() + " and "
                        + Second.Answer.class.getName());
    }

    @Test
    void oneTableCanBeServedTwice() throws Exception {
        var table = Handlers.of(First.class).on(First.AskFirst.class, _ -> new First.Answer(1));
        try (var one = new TempHouse();
                var other = new TempHouse()) {
            for (var house : List.of(one, other)) {
                house.serve(Family.MEMORY, table);
                var memory = house.client(Family.MEMORY);
                assertThat(memory.ask(new First.AskFirst()).number()).isEqualTo(1);
                assertThat(memory.ask(new Ping()).name()).isEqualTo("memory");
            }
        }
        assertThat(table.calls()).hasSize(1);
    }

    @Test
    void aServerThatCouldNeverTakeItsLargestFrameDoesNotOpen() throws Exception {
        var table = Handlers.of(Wide.class)
                .on(Wide.AskWide.class, call -> new First.Answer(call.text().length()));
        try (var house = new TempHouse()) {
            assertThatThrownBy(() -> house.serve(Family.MEMORY, table, largeFrames((2 << 20) - 1), new Meters()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("all large frames together may have 2097151 bytes, and one alone 2097152");
            house.serve(Family.MEMORY, table, largeFrames(2 << 20), new Meters());
            var memory = house.client(Family.MEMORY);
            assertThat(memory.ask(new Wide.AskWide("x".repeat(2_000_000))).number())
                    .isEqualTo(2_000_000);
        }
    }

    private static Limits largeFrames(int bytes) {
        var time = Duration.ofSeconds(10);
        return new Limits(4, 4, time, time, time, bytes);
    }
}
