package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.testing.Bench;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop.Carried;
import hob.testing.Workshop.Echoed;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever bytes come, the answer is a sentence or a closed connection: never a hang (every read has its guard), never
/// half an answer (the raw caller takes none), and the next caller is served as if nothing had been.
@Tag("wire")
class DamagedFramesTest {
    private static final String ECHO =
            "{\"type\":\"echo\",\"text\":\"héllo 🙂\",\"trace\":\"t1\",\"deadline_ms\":20000}";
    private static final int FRAME_MOST = Limits.FRAME_BYTES;
    private static final int DOOR_MOST = 2 << 20; // of `carry`, the largest call here

    /// What `carry` cannot do without.
    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("type", "\"carry\""),
            Map.entry("text", "\"a\""),
            Map.entry("truth", "true"),
            Map.entry("number", "1"),
            Map.entry("large", "2"),
            Map.entry("fraction", "0.5"),
            Map.entry("colour", "\"RED\""),
            Map.entry("moment", "\"2026-11-20T04:00:00Z\""),
            Map.entry("json", "{}"),
            Map.entry("texts", "[]"),
            Map.entry("numbers", "[]"),
            Map.entry("table", "[]"),
            Map.entry("colours", "[]"),
            Map.entry("tool", "{\"name\":\"saw\",\"weight_grams\":500,\"parts\":[]}"));

    private static final TempHouse house = new TempHouse();
    private static final Path door = house.door(Family.MEMORY);

    @BeforeAll
    static void open() {
        var bench = house.keep(new Bench(door.resolveSibling("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @AfterEach
    void theNextCallerIsServed() throws Exception {
        try (var next = RawCaller.at(door)) {
            next.send(RawConnection.framed(ECHO));
            assertThat(next.answer()).isEqualTo(new Echoed("héllo 🙂"));
        }
    }

    @Test
    void aFrameThatIsCutAnywhereIsNotAnswered() throws Exception {
        var frame = RawConnection.framed(ECHO);
        for (int cut = 0; cut < frame.length; cut++) {
            try (var caller = RawCaller.at(door)) {
                caller.send(Arrays.copyOf(frame, cut));
                caller.endSending();
                assertThat(caller.answer()).as("cut at %d", cut).isNull();
            }
        }
        Figures.note("damaged-frames.cut-at", frame.length, "places");
    }

    @Test
    void anObjectThatIsCutAnywhereIsToldSo() throws Exception {
        var body = ECHO.getBytes(StandardCharsets.UTF_8);
        try (var caller = RawCaller.at(door)) {
            for (int cut = 1; cut < body.length; cut++) {
                caller.send(RawConnection.framed(Arrays.copyOf(body, cut)));
                var fault = caller.fault();
                assertThat(fault.code()).as("cut at %d", cut).isEqualTo(Fault.Code.INVALID);
                assertThat(fault.getMessage()).startsWith("the frame is not ");
            }
        }
    }

    /// A flip may leave a good call, or make two frames of one; each answer is then whole all the same.
    @Test
    void everyFlippedBitOfTheFirst64BytesIsAnsweredWholeOrNotAtAll() throws Exception {
        var answered = 0;
        var refused = 0;
        for (int bit = 0; bit < 64 * Byte.SIZE; bit++) {
            var frame = RawConnection.framed(ECHO);
            frame[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try (var caller = RawCaller.at(door)) {
                caller.send(frame);
                caller.endSending();
                for (var answer : caller.rest()) {
                    if (answer instanceof FaultFrame.Error error) {
                        assertThat(error.code()).as("bit %d", bit).isEqualTo(Fault.Code.INVALID);
                        assertThat(error.error()).as("bit %d", bit).isNotBlank();
                        refused++;
                    } else {
                        assertThat(answer).as("bit %d", bit).isInstanceOf(Echoed.class);
                        answered++;
                    }
                }
            }
        }
        assertThat(answered).as("some flips only change the text").isPositive();
        assertThat(refused).as("most flips are seen").isGreaterThan(200);
        Figures.note("damaged-frames.flipped", 64 * Byte.SIZE, "bits");
    }

    @ParameterizedTest
    @CsvSource({"0", "2097153", "2147483647", "2147483648", "4294967295"})
    void aLengthThatCannotBeIsToldAndTheConnectionClosed(long length) throws Exception {
        try (var caller = RawCaller.at(door)) {
            caller.send(RawConnection.claiming(length, ECHO.getBytes(StandardCharsets.UTF_8)));
            var fault = caller.fault();
            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
            assertThat(fault).hasMessage("a frame of " + length + " bytes; from 1 to " + DOOR_MOST + " can be");
            assertThat(caller.answer()).isNull();
        }
    }

    @Test
    void aFrameOfOneByteIsNoObject() throws Exception {
        try (var caller = RawCaller.at(door)) {
            for (int value = 0; value < 256; value++) {
                caller.send(RawConnection.framed(new byte[] {(byte) value}));
                assertThat(caller.fault()).hasMessageStartingWith("the frame is not one JSON object");
            }
        }
    }

    @Test
    void theLongestFrameIsTakenAndOneByteMoreIsNot() throws Exception {
        try (var caller = RawCaller.at(door)) {
            caller.send(RawConnection.framed(padded(ECHO, FRAME_MOST)));
            assertThat(caller.answer()).isEqualTo(new Echoed("héllo 🙂"));

            caller.send(RawConnection.framed(padded(ECHO, FRAME_MOST + 1)));
            assertThat(caller.fault()).hasMessage("echo is 1048577 bytes long, and 1048576 is the most");

            caller.send(RawConnection.framed(padded(carry(), DOOR_MOST)));
            assertThat(caller.answer()).isInstanceOf(Carried.class);
        }
    }

    private static byte[] padded(String call, int length) {
        var before = call.substring(0, call.length() - 1) + ",\"pad\":\"";
        var room = length - before.getBytes(StandardCharsets.UTF_8).length - 2;
        return (before + "x".repeat(room) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                             | the frame is not one JSON object",
                "`   `                                          | the frame is not one JSON object",
                "\"echo\"                                       | the frame is not one JSON object",
                "nonsense                                       | the frame is not one JSON object",
                "{}                                             | 'type' is missing",
                "{\"text\":\"x\"}                               | 'type' is missing",
                "{\"type\":1}                                   | 'type' is not a string",
                "{\"type\":null}                                | 'type' is not a string",
                "{\"type\":\"ecko\"}                            | memory has no call 'ecko'; did you mean 'echo'?",
                "{\"type\":\"echo\"}                            | echo: 'text' is missing",
                "{\"type\":\"echo\",\"text\":null}              | echo: 'text' is null where a string belongs",
                "{\"type\":\"echo\",\"text\":\"a\",\"text\":\"b\"} | the frame is not one JSON object, at 'text': Duplicate",
                "{\"type\":\"echo\",\"text\":\"a\",\"x\":{\"y\":1,\"y\":2}} | the frame is not one JSON object, at 'x': Duplicate",
                "{\"type\":\"echo\",\"type\":\"echo\",\"text\":\"a\"} | the frame is not one JSON object, at 'type': Duplicate",
                "{\"text\":\"a\",\"type\":\"echo\",\"type\":\"ping\"} | the frame is not one JSON object, at 'type': Duplicate",
                "{\"type\":\"echo\",\"text\":\"a\"}{}            | the frame has trailing bytes",
                "{\"type\":\"echo\",\"text\":\"a\"} true         | the frame has trailing bytes",
                "{\"type\":\"echo\",\"text\":\"a\"}}             | the frame is not one JSON object: Unexpected close marker",
                "{\"type\":\"echo\",\"text\":\"a\"}x             | the frame is not one JSON object: Unrecognized token",
                "{\"type\":\"echo\",\"text\":\"a\",}             | the frame is not one JSON object, at 'text'",
                "{\"type\":\"echo\",\"text\":\"a\" /* no */}     | the frame is not one JSON object, at 'text'",
                "{'type':'echo','text':'a'}                     | the frame is not one JSON object",
                "{\"type\":\"echo\",\"text\":\"\\x\"}            | the frame is not one JSON object, at 'text'",
                "{\"type\":\"echo\",\"text\":\"\\ud800\"}        | the frame has a lone surrogate, at 'text'",
                "{\"type\":\"echo\",\"text\":\"a\",\"x\":NaN}    | the frame is not one JSON object, at 'x'",
                "{\"type\":\"echo\",\"text\":\"a\",\"x\":01}     | the frame is not one JSON object, at 'x'",
                "{\"type\":\"echo\",\"text\":\"a\",\"more\":1}   | echo: 'more' is a whole number where true or false belongs",
                "{\"type\":\"echo\",\"text\":\"a\",\"deadline_ms\":\"5\"} | echo: 'deadline_ms' is a string where a whole number",
                "{\"type\":\"echo\",\"text\":\"a\",\"deadline_ms\":0} | echo: 'deadline_ms' is outside 1..86400000",
                "{\"type\":\"echo\",\"text\":\"a\",\"deadline_ms\":99999999999999999999} | echo: 'deadline_ms' is outside",
                "{\"type\":\"echo\",\"text\":\"a\",\"trace\":\"a b\"} | echo: 'trace' is not 1 to 64",
                "{\"type\":\"echo\",\"text\":\"a\",\"key\":\"\"}  | echo: 'key' is not 1 to 200",
                "{\"type\":\"echo\",\"text\":\"a\",\"key\":\"k\"} | echo: 'key' is for changes",
                "{\"type\":\"add\",\"amount\":-1}               | add: 'amount' is below 0",
            })
    void aWholeFrameThatIsWrongIsToldWhereAndTheConversationGoesOn(String json, String sentence) throws Exception {
        refused(json.getBytes(StandardCharsets.UTF_8), sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text        | 5                      | 'text' is a whole number where a string belongs",
                "maybe_text  | []                     | 'maybe_text' is a list where a string belongs",
                "truth       | \"true\"               | 'truth' is a string where true or false belongs",
                "truth       | 1                      | 'truth' is a whole number where true or false belongs",
                "number      | \"5\"                  | 'number' is a string where a whole number belongs",
                "number      | 5.0                    | 'number' is a fraction where a whole number belongs",
                "number      | 5e0                    | 'number' is a fraction where a whole number belongs",
                "number      | 2147483648             | 'number' is outside -2147483648..2147483647",
                "number      | null                   | 'number' is null where a whole number belongs",
                "number_or_five | null                | 'number_or_five' is null where a whole number belongs",
                "large       | \"5\"                  | 'large' is a string where a whole number belongs",
                "large       | \"9007199254740992\"   | 'large' is a string where a whole number belongs",
                "large       | \"+9007199254740993\"  | 'large' is a string where a whole number belongs",
                "large       | \"9223372036854775808\" | 'large' is a string where a whole number belongs",
                "large       | 9007199254740993       | 'large' is beyond 2^53: such numbers travel as strings",
                "large       | 123456789012345678901  | 'large' is beyond 2^53: such numbers travel as strings",
                "fraction    | \"0.5\"                | 'fraction' is a string where a number belongs",
                "fraction    | 1e400                  | 'fraction' is larger than a number can be",
                "colour      | \"GREEN\"              | 'colour' is 'GREEN', not one of RED, BLUE, OTHER",
                "colour      | \"red\"                | 'colour' is 'red', not one of RED, BLUE, OTHER",
                "colour      | 0                      | 'colour' is a whole number where one of RED, BLUE, OTHER belongs",
                "moment      | 0                      | 'moment' is a whole number where a time",
                "moment      | \"yesterday\"          | 'moment' is no time such as",
                "texts       | \"a\"                  | 'texts' is a string where a list belongs",
                "texts       | [\"a\",1]              | 'texts[1]' is a whole number where a string belongs",
                "texts       | [null]                 | 'texts[0]' is null where a string belongs",
                "numbers     | [1,2,\"3\"]            | 'numbers[2]' is a string where a whole number belongs",
                "table       | [[1],[2,0.5]]          | 'table[1][1]' is a fraction where a whole number belongs",
                "tool        | []                     | 'tool' is a list where an object belongs",
                "tool        | {}                     | 'tool.name' is missing",
                "maybe_tools | [{\"name\":\"a\",\"weight_grams\":1,\"parts\":[{\"name\":7}]}] | 'maybe_tools[0].parts[0].name' is a",
                "maybe_tools | [{\"name\":\"a\",\"weight_grams\":1,\"parts\":[{\"name\":\"p\",\"count\":0}]}] | 'maybe_tools[0].parts[0]' 'count' is below 1",
            })
    void aValueOfTheWrongKindIsToldWithItsField(String field, String value, String sentence) throws Exception {
        refused(with(field, value), "carry: " + sentence);
    }

    @Test
    void whatIsNotUtf8IsToldWithItsField() throws Exception {
        for (var bad : new int[] {0x80, 0xc0, 0xed, 0xf8, 0xff}) {
            var body = "{\"type\":\"echo\",\"text\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
            body[body.length - 4] = (byte) bad;
            refused(body, "the frame is not UTF-8, at 'text'");
        }
    }

    @Test
    void whatIsNestedAThousandDeepIsRefused() throws Exception {
        var lists = "[".repeat(1000) + "]".repeat(1000);
        var objects = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
        for (var deep : new String[] {lists, objects}) {
            refused(
                    "{\"type\":\"echo\",\"text\":\"a\",\"x\":" + deep + "}",
                    "the frame is not one JSON object, at 'x': Document nesting");
            refused(
                    "{\"x\":" + deep + ",\"type\":\"echo\",\"text\":\"a\"}",
                    "the frame is not one JSON object, at 'x': Document nesting");
            refused(with("json", deep), "the frame is not one JSON object, at 'json': Document nesting");
        }
    }

    @Test
    void aSentenceDoesNotGrowWithAStrangersWords() throws Exception {
        var much = "x".repeat(1_000_000);
        refused("{\"type\":\"" + much + "\"}", "memory has no call 'xxx");
        refused("{\"type\":\"" + much + "\",\"trace\":1}", "xxx");
        refused("{\"type\":\"echo\",\"text\":\"a\",\"" + much + "\":1}", "the frame is not one JSON object");
    }

    private static void refused(String json, String sentence) throws Exception {
        refused(json.getBytes(StandardCharsets.UTF_8), sentence);
    }

    private static void refused(byte[] body, String sentence) throws Exception {
        try (var caller = RawCaller.at(door)) {
            caller.send(RawConnection.framed(body));
            var fault = caller.fault();
            assertThat(fault.code()).as(fault.getMessage()).isEqualTo(Fault.Code.INVALID);
            assertThat(fault).hasMessageStartingWith(sentence);
            assertThat(fault.getMessage()).hasSizeLessThan(1000);
            caller.send(RawConnection.framed(ECHO));
            assertThat(caller.answer()).isEqualTo(new Echoed("héllo 🙂"));
        }
    }

    /// The alarm: the raw caller does not take it for an answer, nor for none.
    @Test
    void halfAnAnswerWouldBeSeen() throws Exception {
        try (var other = new TempHouse();
                var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            var path = other.door(Family.MEMORY);
            listener.bind(UnixDomainSocketAddress.of(path));
            for (var half : new byte[][] {{0, 0}, RawConnection.claiming(9, new byte[] {'{'})}) {
                try (var caller = RawCaller.at(path)) {
                    try (var accepted = listener.accept()) {
                        accepted.write(ByteBuffer.wrap(half));
                    }
                    assertThatThrownBy(caller::answer).hasMessageStartingWith("half an answer");
                }
            }
        }
    }

    @Test
    void aByteNowAndThenIsNotAFrameInTime() throws Exception {
        slowly(new byte[0]);
    }

    @Test
    void aFrameThatBeganBehindAnotherHasItsTimeToo() throws Exception {
        slowly(RawConnection.framed(ECHO));
    }

    /// Byte for byte: the next is sent when nothing came back for a while. The call has more bytes than there is time.
    private static void slowly(byte[] before) throws Exception {
        try (var slow = new TempHouse()) {
            var bench = slow.keep(new Bench(slow.door(Family.MEMORY).resolveSibling("book.db")));
            var limits =
                    Limits.DEFAULT.withTimes(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(5));
            slow.serve(Family.MEMORY, bench.handlers(), limits, new Meters());
            var frame = RawConnection.framed(padded(ECHO, 10_000));
            try (var caller = RawCaller.at(slow.door(Family.MEMORY))) {
                var first = Arrays.copyOf(before, before.length + 1);
                caller.send(first);
                if (before.length > 0) {
                    assertThat(caller.answer()).isInstanceOf(Echoed.class);
                }
                var sent = 1;
                while (!caller.hears(50)) {
                    caller.send(frame[sent++]);
                    assertThat(sent).as("bytes that were waited for").isLessThan(600);
                }
                assertThat(caller.answer()).isNull();
            }
            assertThat(bench.echoes).hasValue(before.length > 0 ? 1 : 0);
        }
    }

    private static String carry() {
        return with("", "");
    }

    /// A good call but for one field.
    private static String with(String field, String value) {
        var fields = new LinkedHashMap<>(GOOD);
        fields.put(field, value);
        return fields.entrySet().stream()
                .filter(one -> !one.getKey().isEmpty())
                .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
