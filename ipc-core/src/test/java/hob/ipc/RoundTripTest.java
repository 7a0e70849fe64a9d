package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.HouseCall;
import hob.contract.Json;
import hob.testing.AnyRecord;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.Workshop;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Whatever a contract can carry arrives as it left. Rooms are found on the class path: a new one is in by itself.
@Tag("wire")
class RoundTripTest {
    /// Most records take any value without an optional field; some rules tie a few of them together.
    private static final int LEAVING_TRIES = 50;

    private static final int VALUES = Figures.size(40, 500);

    static List<Class<?>> rooms() {
        return Stream.of("hob.contract", "hob.testing")
                .flatMap(folder -> Contracts.in(folder).stream())
                .toList();
    }

    @Test
    void everyRoomOnTheClassPathIsFound() {
        assertThat(rooms()).contains(HouseCall.class, Workshop.class);
    }

    @TestFactory
    Stream<DynamicTest> eachRecordArrivesAsItLeft() {
        return rooms().stream().map(room -> {
            var seed = ThreadLocalRandom.current().nextLong();
            return DynamicTest.dynamicTest(room.getSimpleName() + ", seed " + seed, () -> carryAll(room, seed));
        });
    }

    private static void carryAll(Class<?> room, long seed) throws Exception {
        try (var trip = new RoundTrip(room)) {
            var any = new AnyRecord(new Random(seed));
            CallType.in(room).forEach(type -> trip.carry(type, any, VALUES));

            assertThat(trip.carried())
                    .allSatisfy((_, times) -> assertThat(times).isGreaterThanOrEqualTo(VALUES));
            Figures.note(
                    "round-trip.record-types." + room.getSimpleName(),
                    trip.carried().size(),
                    "types");
            Figures.note("round-trip.values-of-each." + room.getSimpleName(), VALUES, "values");
        }
    }

    @TestFactory
    Stream<DynamicTest> aFieldThatIsLeftOutIsNullOrItsDefault() {
        return shapes().stream()
                .filter(shape -> shape.fields().stream().anyMatch(field -> !field.isRequired()))
                .map(shape -> DynamicTest.dynamicTest(
                        shape.name(),
                        () -> shape.fields().stream()
                                .filter(field -> !field.isRequired())
                                .forEach(field -> leaveOut(shape, field))));
    }

    private static void leaveOut(RecordShape shape, RecordShape.Field field) {
        for (int seed = 1; seed <= LEAVING_TRIES; seed++) {
            var whole = new AnyRecord(new Random(seed)).draw(shape.type());
            var frame = without(Wire.bytes(shape, whole, Limits.FRAME_BYTES_MOST), field.name());
            Record read;
            try {
                read = Wire.read(new Frame(frame, 0, frame.length), new Envelope(), false, _ -> shape);
            } catch (Fault byTheRecordsOwnRules) {
                continue; // such as one that wants one of several fields: in another value it can be left out
            }
            assertThat(values(shape, read, field.name())).isEqualTo(values(shape, whole, field.name()));
            assertThat(value(read, shape.fields().indexOf(field)))
                    .as(field.name())
                    .isEqualTo(field.fallback());
            return;
        }
        throw new AssertionError("'" + field.name() + "' of " + shape.name() + " can never be left out");
    }

    /// The same through the socket: the handler is handed what the contract says, not what was left out.
    @Test
    void aHandlerSeesTheDefaultOfWhatItsCallerLeftOut() throws Exception {
        try (var trip = new RoundTrip(Workshop.class)) {
            var carry = new AnyRecord(new Random(2)).drawModest(Workshop.Carry.class);
            trip.answerNext(new Workshop.Carried(carry));
            var shape = RecordShape.of(Workshop.Carry.class);
            var optional =
                    shape.fields().stream().filter(field -> !field.isRequired()).toList();
            var frame = Wire.bytes(shape, carry, Limits.FRAME_BYTES_MOST);
            for (var field : optional) {
                frame = without(frame, field.name());
            }
            try (var raw = RawCaller.at(trip.house().house().door(trip.member()))) {
                raw.send(RawConnection.framed(frame));
                assertThat(raw.answer()).isEqualTo(new Workshop.Carried(carry));
            }
            optional.forEach(
                    field -> assertThat(value(trip.arrived(), shape.fields().indexOf(field)))
                            .as(field.name())
                            .isEqualTo(field.fallback()));
        }
    }

    /// Every call, item and answer, and every record inside them.
    private static Set<RecordShape> shapes() {
        var shapes = new LinkedHashSet<RecordShape>();
        var waiting = new ArrayDeque<RecordShape>();
        rooms().stream().flatMap(room -> CallType.in(room).stream()).forEach(type -> {
            waiting.add(type.call());
            waiting.add(type.answer());
            waiting.addAll(type.items());
        });
        while (!waiting.isEmpty()) {
            var shape = waiting.remove();
            if (shapes.add(shape)) {
                shape.fields().forEach(field -> {
                    var inner = field.inner();
                    if (inner != null) {
                        waiting.add(inner);
                    }
                });
            }
        }
        return shapes;
    }

    private static byte[] without(byte[] frame, String left) {
        var out = new ByteArrayOutputStream();
        try (var parser = Wire.JSON.createParser(ObjectReadContext.empty(), frame);
                var copy = Wire.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            parser.nextToken();
            copy.writeStartObject();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                var value = (Json) new JsonShape().read(parser, false);
                if (!name.equals(left)) {
                    copy.writeName(name);
                    copy.writeRawValue(value.text());
                }
            }
            copy.writeEndObject();
        }
        return out.toByteArray();
    }

    private static List<Object> values(RecordShape shape, @Nullable Record record, String except) {
        var values = new ArrayList<>();
        for (int i = 0; i < shape.fields().size(); i++) {
            if (!shape.fields().get(i).name().equals(except)) {
                values.add(String.valueOf(value(record, i)));
            }
        }
        return values;
    }

    private static @Nullable Object value(@Nullable Record record, int index) {
        try {
            var accessor = Objects.requireNonNull(record)
                    .getClass()
                    .getRecordComponents()[index]
                    .getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
