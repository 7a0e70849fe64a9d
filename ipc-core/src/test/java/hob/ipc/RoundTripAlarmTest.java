package hob.ipc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;
import hob.contract.Who;
import hob.testing.AnyRecord;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Components that are not written as they are, planted in a call, an item and an answer: the round trip must be red.
@Tag("wire")
class RoundTripAlarmTest {
    @Service("memory")
    @For(Who.PERSON)
    sealed interface Forgetful<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        record ForgetInCall(String text, @Nullable Integer number) implements Forgetful<Done> {
            @Override
            public @Nullable Integer number() {
                return null; // as if nobody had written it
            }
        }

        @Query(deadline = "5s")
        record ForgetInAnswer(String text) implements Forgetful<HalfDone> {}

        @Query(deadline = "5s")
        record ForgetInItem(String text) implements Forgetful<Done>, StreamCall<Bit, Done> {}
    }

    record Done(int items) {}

    record HalfDone(String text) {
        @Override
        public String text() {
            return "always this";
        }
    }

    record Bit(long number) {
        @Override
        public long number() {
            return 0;
        }
    }

    @ParameterizedTest
    @CsvSource({"forget_in_call, the call", "forget_in_answer, the answer", "forget_in_item, the items"})
    void aComponentThatIsForgottenIsSeen(String name, String where) throws Exception {
        try (var trip = new RoundTrip(Forgetful.class)) {
            var type = CallType.in(Forgetful.class).stream()
                    .filter(call -> call.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> trip.carry(type, new AnyRecord(new Random(3)), 20))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(where);
        }
    }
}
