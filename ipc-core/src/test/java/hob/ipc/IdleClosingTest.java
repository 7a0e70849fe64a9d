package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.testing.Bench;
import hob.testing.Figures;
import hob.testing.TempHouse;
import hob.testing.Workshop.Strike;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A server gives idle connections back without leaving a caller in doubt who speaks up at that very moment.
@Tag("wire")
class IdleClosingTest {
    private static final int CALLERS = 8;

    @Test
    void aCallThatMeetsTheClosingIsAnsweredOrWasNotBegun() throws Exception {
        var callsEach = Figures.size(20_000, 500_000);
        try (var house = new TempHouse();
                var threads = Executors.newFixedThreadPool(CALLERS)) {
            var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
            // Whoever is not at work is idle at once, so that each look of the watch meets calls that just come.
            var limits =
                    Limits.DEFAULT.withTimes(Limits.DEFAULT.frameTime(), Limits.DEFAULT.writeTime(), Duration.ZERO);
            house.serve(Family.MEMORY, bench.handlers(), limits, new Meters());
            var memory = house.client(Family.MEMORY);

            // Changes without a key: a client may not ask them again when one was perhaps begun.
            Callable<Integer> caller = () -> {
                for (int i = 0; i < callsEach; i++) {
                    memory.ask(new Strike("the bell"));
                }
                return callsEach;
            };
            var answered = 0;
            for (var done : threads.invokeAll(
                    IntStream.range(0, CALLERS).mapToObj(_ -> caller).toList())) {
                answered += done.get();
            }
            assertThat(bench.blows()).isEqualTo(answered);
            Figures.note("wire.idle-closing", answered, "changes, each done once and answered");
        }
    }
}
