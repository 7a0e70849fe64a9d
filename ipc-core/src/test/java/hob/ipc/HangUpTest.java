package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.Family;
import hob.ipc.Client.Manner;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.FaultySocket;
import hob.testing.FaultySocket.Hurt;
import hob.testing.FaultySocket.Way;
import hob.testing.Figures;
import hob.testing.TempHouse;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Added;
import hob.testing.Workshop.Count;
import hob.testing.Workshop.Counted;
import hob.testing.Workshop.Counting;
import hob.testing.Workshop.Echo;
import hob.testing.Workshop.Echoed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to the bytes between them, a caller hears the whole answer or the truth about how little it knows.
@Tag("wire")
class HangUpTest {
    /// Far away, and of as many digits when it is sent as when it is set.
    private static final Duration AMPLE = Duration.ofSeconds(9);

    private static final Duration SHORT = Duration.ofMillis(25);
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final TempHouse house = new TempHouse();
    private final TempHouse faultyHouse = new TempHouse();
    private final Bench bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
    private final EnumMap<Kind, Integer> keys = new EnumMap<>(Kind.class);
    private final Server server;

    HangUpTest() {
        server = house.serve(Family.MEMORY, bench.handlers());
    }

    @AfterEach
    void close() throws Exception {
        faultyHouse.close();
        house.close();
    }

    enum Kind {
        QUERY,
        KEYED_CHANGE,
        CHANGE;

        Call<?> call() {
            return this == QUERY ? new Echo("kettle") : new Add(1);
        }
    }

    /// How one call ended, and how often the server did it meanwhile.
    private record Ended(
            Kind kind, @Nullable Record answer, Fault.@Nullable Code code, long done, long sum, Duration took) {
        boolean isAnswered() {
            return answer != null;
        }
    }

    /// The client, or in the alarm test one that knows less.
    @FunctionalInterface
    private interface Asking {
        Record ask(Client client, Call<?> call, Manner manner);
    }

    static Stream<Arguments> kindsAndWays() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Way.values()).map(way -> Arguments.of(kind, way)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void oneHangUpAfterAnyByteIsMendedOrTold(Kind kind, Way way) throws Exception {
        var length = length(kind, way);
        var unknown = 0;
        for (int n = 0; n <= length; n++) {
            var ended = ask(kind, FaultySocket.firstOnly(new Hurt.Cut(way, n)), AMPLE);
            checkTruth(ended);
            var isCutAmidTheCall = way == Way.CALL && n < length;
            if (kind != Kind.CHANGE || isCutAmidTheCall) {
                assertThat(ended.isAnswered())
                        .as("hung up after %s of %s bytes, then %s", n, length, ended)
                        .isTrue();
            }
            unknown += ended.isAnswered() ? 0 : 1;
        }
        Figures.note("hang_up.once." + name(kind, way), length + 1, "cuts");
        Figures.note("hang_up.once." + name(kind, way) + ".unknown", unknown, "calls");
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void hangingUpEveryTimeEndsWithTheDeadline(Kind kind, Way way) throws Exception {
        var length = shortLength(kind, way);
        var step = Figures.size(5, 1);
        for (int n = 0; n < length; n += step) {
            var ended = ask(kind, FaultySocket.each(new Hurt.Cut(way, n)), SHORT);
            checkTruth(ended);
            assertThat(ended.took()).isLessThan(SHORT.plus(SLACK));
        }
        Figures.note("hang_up.always." + name(kind, way), (length + step - 1) / step, "cuts");
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void whoStandsStillIsNotWaitedForBeyondTheDeadline(Kind kind, Way way) throws Exception {
        var length = shortLength(kind, way);
        for (int n = 0; n < length; n += Figures.size(10, 1)) {
            var ended = ask(kind, FaultySocket.each(new Hurt.Stall(way, n)), SHORT);
            checkTruth(ended);
            assertThat(ended.isAnswered()).as("stalled after %s", n).isFalse();
            assertThat(ended.took()).isLessThan(SHORT.plus(SLACK));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void garbageIsNoCallAndNoAnswer(Kind kind, Way way) throws Exception {
        var length = shortLength(kind, way);
        for (int n = 0; n < length; n += Figures.size(3, 1)) {
            var ended = ask(kind, FaultySocket.each(new Hurt.Garbage(way, n)), SHORT);
            assertThat(ended.isAnswered()).as("garbage from byte %s on", n).isFalse();
            assertThat(ended.took()).isLessThan(SHORT.plus(SLACK));
            if (way == Way.CALL) {
                assertThat(ended.code()).isIn(Fault.Code.INVALID, Fault.Code.UNAVAILABLE, Fault.Code.UNKNOWN);
                assertThat(ended.done()).isZero();
            } else {
                checkTruth(ended);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndWays")
    void whatComesLateComesWhole(Kind kind, Way way) throws Exception {
        var late = ask(kind, FaultySocket.each(new Hurt.Delay(way, 3, Duration.ofMillis(20))), AMPLE);
        checkTruth(late);
        assertThat(late.isAnswered()).isTrue();
    }

    @Test
    void noItemOfAStreamIsHeardTwiceOrInHalf() throws Exception {
        for (int n = 0; n < 300; n += Figures.size(7, 1)) {
            var items = new ArrayList<Counting>();
            try (var socket = faulty(FaultySocket.firstOnly(new Hurt.Cut(Way.ANSWER, n)));
                    var client = new Client(faultyHouse.house(), Family.MEMORY)) {
                var answer = client.listen(new Count(5, "b"), items::add);
                assertThat(answer).isEqualTo(new Counted(5));
                assertThat(items).hasSize(5);
                assertThat(socket.connections()).isLessThanOrEqualTo(2);
            } catch (Fault fault) {
                assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN);
                assertThat(items).isNotEmpty();
            }
            assertThat(items)
                    .isEqualTo(IntStream.rangeClosed(1, items.size())
                            .mapToObj(number -> new Counting.Tick(number, "b"))
                            .toList());
        }
    }

    @Test
    void aClientThatAsksAnythingAgainIsFound() throws Exception {
        var ended =
                ask(Kind.CHANGE, FaultySocket.firstOnly(new Hurt.Cut(Way.ANSWER, 0)), AMPLE, (client, call, manner) -> {
                    try {
                        return client.ask(call, manner);
                    } catch (Fault unknown) {
                        return client.ask(call, manner);
                    }
                });
        assertThatThrownBy(() -> checkTruth(ended)).isInstanceOf(AssertionError.class);
    }

    private static void checkTruth(Ended ended) {
        if (ended.answer() != null) {
            var whole = ended.kind() == Kind.QUERY ? new Echoed("kettle") : new Added(ended.sum());
            assertThat(ended.answer()).isEqualTo(whole);
            assertThat(ended.done()).as("done, and %s", ended).isGreaterThanOrEqualTo(1);
        } else {
            assertThat(ended.code()).as("%s", ended).isIn(Fault.Code.UNAVAILABLE, Fault.Code.UNKNOWN);
        }
        if (ended.code() == Fault.Code.UNAVAILABLE) {
            assertThat(ended.done()).as("said to be not begun, and %s", ended).isZero();
        }
        if (ended.kind() != Kind.QUERY) {
            assertThat(ended.done()).as("%s", ended).isLessThanOrEqualTo(1);
        }
    }

    private Ended ask(Kind kind, IntFunction<Hurt> hurts, Duration time) throws Exception {
        return ask(kind, hurts, time, Client::ask);
    }

    private Ended ask(Kind kind, IntFunction<Hurt> hurts, Duration time, Asking asking) throws Exception {
        var before = done(kind);
        var began = System.nanoTime();
        Record answer = null;
        Fault.Code code = null;
        try (var _ = faulty(hurts);
                var client = new Client(faultyHouse.house(), Family.MEMORY)) {
            answer = asking.ask(client, kind.call(), manner(kind, time));
        } catch (Fault fault) {
            code = fault.code();
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        // Whoever was still on the way at the server has come to an end then, and can be counted.
        Eventually.await("the server is left alone", () -> server.open() == 0);
        return new Ended(kind, answer, code, done(kind) - before, bench.additions(), took);
    }

    private long done(Kind kind) throws Exception {
        return kind == Kind.QUERY ? bench.echoes.get() : bench.additions();
    }

    private Manner manner(Kind kind, Duration time) {
        var manner = Manner.USUAL.within(time);
        return kind == Kind.KEYED_CHANGE ? manner.keyed("key-" + (1000 + keys.merge(kind, 1, Integer::sum))) : manner;
    }

    private FaultySocket faulty(IntFunction<Hurt> hurts) {
        return new FaultySocket(faultyHouse.door(Family.MEMORY), house.door(Family.MEMORY), hurts);
    }

    /// How many bytes such a call, or its answer, has.
    private long length(Kind kind, Way way) throws Exception {
        try (var socket = faulty(FaultySocket.each(Hurt.NONE));
                var client = new Client(faultyHouse.house(), Family.MEMORY)) {
            client.ask(kind.call(), manner(kind, AMPLE));
            return socket.forwarded(way);
        }
    }

    /// The same for a call with little time: its deadline has up to three digits less.
    private long shortLength(Kind kind, Way way) throws Exception {
        return length(kind, way) - (way == Way.CALL ? 3 : 0);
    }

    private static String name(Kind kind, Way way) {
        return (kind + "." + way).toLowerCase(Locale.ROOT);
    }
}
