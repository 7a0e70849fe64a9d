package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.Json;
import hob.testing.AnyRecord;
import hob.testing.Bench;
import hob.testing.Figures;
import hob.testing.TempHouse;
import hob.testing.Workshop.Carry;
import hob.testing.Workshop.Echo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text is UTF-8 to the letter, whichever side of the wire it is on and wherever in a frame the fault lies.
@Tag("wire")
class StrictTextTest {
    private static final String NOT_UTF8 = "is not UTF-8";
    private static final String LONE = "has a lone surrogate";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "overlong NUL, c080",
        "overlong slash, c0af",
        "overlong slash in three bytes, e080af",
        "overlong slash in four bytes, f08080af",
        "overlong U+FFFF, f08fbfbf",
        "encoded high surrogate, eda080",
        "encoded low surrogate, edbfbf",
        "encoded pair of surrogates, eda081edb080",
        "above U+10FFFF, f4908080",
        "five bytes, f888808080",
        "a tail alone, 80",
        "a head alone, c3",
        "a head before ASCII, c341",
        "three bytes cut short, e282",
        "four bytes cut short, f09f99",
        "never a byte of UTF-8, ff",
    })
    void whatIsNotUtf8IsFoundAtEveryOffset(String what, String hex) {
        var fault = HexFormat.of().parseHex(hex);
        for (int offset = 0; offset < 24; offset++) {
            for (int tail = 0; tail < 9; tail++) {
                var bytes = between(offset, fault, tail);
                assertThat(problem(bytes))
                        .as("%s at %d of %d", what, offset, bytes.length)
                        .isEqualTo(NOT_UTF8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udbff",
                "\\udc00",
                "\\uDFFF",
                "\\udc00\\ud800",
                "\\ud800\\ud800\\udc00",
                "\\ud800\\n",
                "\\ud800\\u0041",
                "\\ud83dx\\ude42",
                "\\\\\\ud800",
                "é\\ud800"
            })
    void anEscapedLoneSurrogateIsFoundAtEveryOffset(String escape) {
        for (int offset = 0; offset < 24; offset++) {
            for (int tail = 0; tail < 9; tail++) {
                var bytes = between(offset, escape.getBytes(StandardCharsets.UTF_8), tail);
                assertThat(problem(bytes))
                        .as("at %d of %d", offset, bytes.length)
                        .isEqualTo(LONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\\ud83d\\ude42",
                "\\\\ud800",
                "\\\\\\\\udc00",
                "\\n\\\"\\/",
                "🙂",
                "é",
                "\u0000",
                "\uffff",
                "\\uD83D\\uDE42\\ud83d\\ude42",
                "\\ud7ff\\ue000",
                "\uFEFF",
                "\\",
                "\\u",
                "\\ud8",
                "\\uzzzz"
            })
    void whatIsTextPassesAtEveryOffset(String text) {
        // what is no JSON at all is the parser's to find
        for (int offset = 0; offset < 24; offset++) {
            var bytes = between(offset, text.getBytes(StandardCharsets.UTF_8), 0);
            assertThat(problem(bytes)).as("at %d", offset).isNull();
        }
    }

    static Stream<Long> seeds() {
        return Stream.of(ThreadLocalRandom.current().nextLong());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomBytesAreJudgedAsTheDecoderOfTheJdkDoes(long seed) {
        var random = new Random(seed);
        var times = Figures.size(100_000, 2_000_000);
        var refused = 0;
        for (int i = 0; i < times; i++) {
            var bytes = anyBytes(random);
            var problem = StrictText.problem(bytes, 0, bytes.length);
            assertThat(problem == null)
                    .as("%s", HexFormat.of().formatHex(bytes))
                    .isEqualTo(isUtf8(bytes));
            refused += problem == null ? 0 : 1;
        }
        assertThat(refused).isBetween(times / 10, times - times / 10);
        Figures.note("strict-text.compared-with-jdk", times, "texts");
    }

    /// Mostly ASCII, with an odd byte or a whole character here and there, and never a backslash.
    private static byte[] anyBytes(Random random) {
        var bytes = ByteBuffer.allocate(40);
        var length = random.nextInt(30);
        while (bytes.position() < length) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    if (random.nextInt(6) == 0) {
                        bytes.put((byte) random.nextInt(0x80, 0x100));
                    }
                }
                case 1, 2 -> bytes.put(Character.toString(anyPoint(random)).getBytes(StandardCharsets.UTF_8));
                default -> bytes.put((byte) ('a' + random.nextInt(26)));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static int anyPoint(Random random) {
        var point = random.nextInt(0x80, Character.MAX_CODE_POINT + 1);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point;
    }

    /// On its own terms: what comes back from text is the same bytes.
    private static boolean isUtf8(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Arrays.equals(text.toString().getBytes(StandardCharsets.UTF_8), bytes);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void anotherEncodingIsNotGuessedAt(String encoding) {
        assertThatThrownBy(() -> read("{\"type\":\"echo\",\"text\":\"x\"}".getBytes(Charset.forName(encoding))))
                .isInstanceOf(Fault.class)
                .hasMessage("the frame is not one JSON object");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAFrame() {
        assertThatThrownBy(() -> read("\uFEFF{\"type\":\"echo\",\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Fault.class)
                .hasMessage("the frame is not one JSON object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"echo\",\"text\":\"\\ud800\"} | at 'text'",
                "{\"type\":\"echo\",\"text\":\"x\",\"other\":\"\\udc00\"} | at 'other'",
                "{\"type\":\"echo\",\"text\":\"x\",\"other\":{\"in\":[\"\\udc00\"]}} | at 'other'",
                "{\"type\":\"echo\",\"na\\ud800me\":1,\"text\":\"x\"} | at 'type'", // the last that can be read,
                "{\"type\":\"ec\\udfffho\",\"text\":\"x\"} | at 'type'",
            })
    void aLoneSurrogateIsRefusedInNamesAndValuesAndInWhatNobodyReads(String json, String where) {
        assertThatThrownBy(() -> read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessage("the frame " + LONE + ", " + where);
    }

    @Test
    void anEscapedBackslashBeforeAUIsText() {
        assertThat(read("{\"type\":\"echo\",\"text\":\"\\\\ud800\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Echo("\\ud800"));
    }

    /// Refused before anything leaves, and told with the name of the call.
    @Test
    void whatCannotBeSaidIsRefusedOnTheWayOut() throws Exception {
        try (var house = new TempHouse()) {
            var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
            house.serve(Family.MEMORY, bench.handlers());
            var memory = house.client(Family.MEMORY);

            for (var text : new String[] {"\ud800", "x\udc00", "\ude42\ud83d", "a".repeat(7999) + "\ud83d"}) {
                refused(() -> memory.ask(new Echo(text)), "echo has a lone surrogate, at 'text'");
            }
            refused(() -> memory.ask(carry(Double.NaN, "1")), "carry: 'fraction' is NaN");
            refused(() -> memory.ask(carry(Double.NEGATIVE_INFINITY, "1")), "carry: 'fraction' is -Infinity");
            refused(() -> memory.ask(carry(0, "{")), "carry: 'json' is not JSON");
            refused(() -> memory.ask(carry(0, "1 2")), "carry: 'json' is more than one piece");
            refused(() -> memory.ask(carry(0, "")), "carry: 'json' is not JSON");
            refused(() -> memory.ask(carry(0, "\"\\ud800\"")), "carry has a lone surrogate, at 'json'");
            refused(() -> memory.ask(carry(0, "[".repeat(64) + "]".repeat(64))), "carry: 'json' is not JSON");
            refused(() -> memory.ask(new Echo("x".repeat(1 << 20))), "echo is 1048");
            assertThat(bench.echoes).hasValue(0);
            assertThat(memory.ask(new Echo("🙂")).text()).isEqualTo("🙂");
        }
    }

    private static Carry carry(double fraction, String json) {
        var some = new AnyRecord(new Random(4)).drawModest(Carry.class);
        return new Carry(
                "t",
                null,
                "u",
                true,
                null,
                1,
                null,
                2,
                3,
                null,
                4,
                fraction,
                null,
                some.colour(),
                null,
                some.colour(),
                some.moment(),
                null,
                new Json(json),
                some.texts(),
                some.numbers(),
                some.table(),
                some.colours(),
                null,
                some.tool(),
                null);
    }

    private static void refused(Runnable ask, String sentence) {
        assertThatThrownBy(ask::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageStartingWith(sentence);
    }

    private static @Nullable String problem(byte[] bytes) {
        var problem = StrictText.problem(bytes, 0, bytes.length);
        return problem == null ? null : problem.what();
    }

    /// ASCII before, ASCII behind.
    private static byte[] between(int before, byte[] middle, int behind) {
        var bytes = new byte[before + middle.length + behind];
        Arrays.fill(bytes, (byte) 'a');
        System.arraycopy(middle, 0, bytes, before, middle.length);
        return bytes;
    }

    private static Record read(byte[] bytes) {
        var frame = new Frame(bytes, 0, bytes.length);
        return Objects.requireNonNull(
                Wire.read(frame, new Envelope(), false, _ -> RecordShape.of(Echo.class)), "no such call");
    }
}
