package hob.testing;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.PERSON;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Default;
import hob.contract.Doc;
import hob.contract.For;
import hob.contract.FrameMax;
import hob.contract.Json;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;
import hob.contract.Unknown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A contract for tests: all that a contract can say, in calls that are easy to answer.
@Service("memory")
@For({AGENT, PERSON})
public sealed interface Workshop<R extends Record> extends Call<R> {

    @Doc("Give the same text back.")
    @Query(deadline = "5s")
    record Echo(@Doc("Any text.") String text) implements Workshop<Echoed> {}

    record Echoed(String text) {}

    @Doc("Give everything back, to see that it all arrives.")
    @Query(deadline = "10s")
    @FrameMax(bytes = 2 << 20)
    record Carry(
            String text,
            @Nullable String maybeText,
            @Default("five") String textOrFive,
            boolean truth,
            @Nullable Boolean maybeTruth,
            int number,
            @Nullable Integer maybeNumber,
            @Default("5") int numberOrFive,
            long large,
            @Nullable Long maybeLarge,
            @Default("-7") long largeOrMinusSeven,
            double fraction,
            @Nullable Double maybeFraction,
            Colour colour,
            @Nullable Colour maybeColour,
            @Default("BLUE") Colour colourOrBlue,
            Instant moment,
            @Nullable Instant maybeMoment,
            Json json,
            List<String> texts,
            List<Long> numbers,
            List<List<Integer>> table,
            List<Colour> colours,
            @Nullable List<Tool> maybeTools,
            Tool tool,
            @Nullable Tool maybeTool)
            implements Workshop<Carried> {}

    @FrameMax(bytes = 2 << 20)
    record Carried(Carry all) {}

    enum Colour {
        RED,
        BLUE,
        @Unknown
        OTHER
    }

    record Tool(String name, int weightGrams, @Nullable String notes, List<Part> parts) {}

    record Part(String name, @Default("1") int count) {
        public Part {
            if (count < 1) {
                throw new IllegalArgumentException("'count' is below 1");
            }
        }
    }

    @Doc("Wait for a while.")
    @Query(deadline = "5s")
    record Rest(@Doc("How long.") int restMs) implements Workshop<Rested> {}

    record Rested(String underTrace, long deadlineLeftMs) {}

    @Doc("Add to a sum that everyone sees.")
    @Change(deadline = "5s")
    record Add(@Doc("How much.") int amount) implements Workshop<Added> {
        public Add {
            if (amount < 0) {
                throw new IllegalArgumentException("'amount' is below 0");
            }
        }
    }

    record Added(@Doc("The sum now.") long sum) {}

    @Doc("Do something that no database holds.")
    @Change(deadline = "5s")
    record Strike(@Doc("What the blow is for.") String purpose) implements Workshop<Struck> {}

    record Struck(long blows) {}

    @Doc("Count up, an item for each number.")
    @Query(deadline = "60s")
    record Count(
            @Doc("How far.") int to,
            @Doc("Text that goes with each.") @Default("") String ballast)
            implements Workshop<Counted>, StreamCall<Counting, Counted> {}

    sealed interface Counting {
        record Tick(int number, String ballast) implements Counting {}

        record Rounded(int number) implements Counting {}
    }

    record Counted(int items) {}
}
