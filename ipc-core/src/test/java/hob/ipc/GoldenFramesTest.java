package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.testing.AnyRecord;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What a release has said is understood by every later one: a frame of each record, kept as it was sent then. A frame
/// that is here is never changed; a new record is added by `scripts/dev update`.
@Tag("wire")
class GoldenFramesTest {
    private static final String FILE = "ipc-core/src/test/resources/golden/frames-0.1.txt";
    private static final Map<String, RecordShape> SHAPES = shapes();

    @TestFactory
    Stream<DynamicTest> anOldFrameIsReadAndWrittenAsItWas() {
        return kept().entrySet().stream()
                .map(frame -> DynamicTest.dynamicTest(frame.getKey(), () -> check(frame.getKey(), frame.getValue())));
    }

    private static void check(String name, String frame) {
        assertThat(SHAPES).as("a record that was sent once stays").containsKey(name);
        var shape = Objects.requireNonNull(SHAPES.get(name));
        var bytes = frame.getBytes(StandardCharsets.UTF_8);
        var record = Wire.read(new Frame(bytes, 0, bytes.length), new Envelope(), false, _ -> shape);
        assertThat(written(shape, Objects.requireNonNull(record))).isEqualTo(frame);
    }

    @Test
    void everyRecordHasItsFrame() {
        var frames = kept();
        SHAPES.forEach((name, shape) -> frames.computeIfAbsent(
                name, _ -> written(shape, new AnyRecord(new Random(name.hashCode())).drawModest(shape.type()))));
        var lines = new StringBuilder();
        frames.forEach(
                (name, frame) -> lines.append(name).append('\t').append(frame).append('\n'));
        Golden.check(FILE, lines.toString());
    }

    /// The alarm: a field that was renamed, made required or narrowed, a record that went away, one that was forgotten.
    @Test
    void whatAnOldFrameSaysCannotBeLost(@TempDir Path scratch) {
        for (var frame : List.of(
                "{\"type\":\"log_level_set\",\"loudness\":\"DEBUG\"}",
                "{\"type\":\"log_level_set\",\"level\":\"DEBUG\",\"loudness\":5}",
                "{\"type\":\"log_level_set\",\"level\":\"LOUD\"}")) {
            assertThatThrownBy(() -> check("HouseCall/log_level_set", frame))
                    .isInstanceOfAny(Fault.class, AssertionError.class);
        }
        assertThatThrownBy(() -> check("HouseCall/gone", "{\"type\":\"gone\"}")).hasMessageContaining("stays");
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(this::everyRecordHasItsFrame)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("scripts/dev update"));
    }

    private static Map<String, String> kept() {
        var frames = new TreeMap<String, String>();
        var file = Checkout.root().resolve(FILE);
        if (Files.exists(file)) {
            Golden.read(file).lines().forEach(line -> {
                var tab = line.indexOf('\t');
                frames.put(line.substring(0, tab), line.substring(tab + 1));
            });
        }
        return frames;
    }

    /// By `room/record`, since two rooms may have records of one name.
    private static Map<String, RecordShape> shapes() {
        var shapes = new TreeMap<String, RecordShape>();
        for (var room : Contracts.in("hob.contract")) {
            for (var type : CallType.in(room)) {
                Stream.concat(Stream.of(type.call(), type.answer()), type.items().stream())
                        .forEach(shape -> shapes.put(room.getSimpleName() + "/" + shape.name(), shape));
            }
        }
        return shapes;
    }

    private static String written(RecordShape shape, Record record) {
        return new String(Wire.bytes(shape, record, Limits.FRAME_BYTES_MOST), StandardCharsets.UTF_8);
    }
}
