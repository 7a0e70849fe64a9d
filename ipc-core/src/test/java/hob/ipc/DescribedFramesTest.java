package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import hob.contract.Family;
import hob.contract.HouseCall;
import hob.contract.HouseCall.Describe;
import hob.testing.AnyRecord;
import hob.testing.Bench;
import hob.testing.Figures;
import hob.testing.TempHouse;
import hob.testing.Workshop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `describe` says of a frame and what the wire takes are one and the same; another's validator is the judge.
@Tag("wire")
class DescribedFramesTest {
    /// One of each kind, and some at the edge of theirs.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "5",
            "2147483648",
            "9007199254740992",
            "9007199254740993",
            "-9007199254740993",
            "123456789012345678901",
            "0.5",
            "\"a\"",
            "\"5\"",
            "\"9007199254740993\"",
            "\"+9007199254740993\"",
            "\"0000000000000005\"",
            "[]",
            "[null]",
            "[true]",
            "[[0.5]]",
            "{}");

    private static final TempHouse house = new TempHouse();
    private static final Map<String, Schema> schemas = new LinkedHashMap<>();
    private static JsonNode described = JsonNodeFactory.instance.objectNode();

    @BeforeAll
    static void describe() {
        var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        var text = house.client(Family.MEMORY).ask(new Describe()).schema().text();
        described = JsonMapper.shared().readTree(text);
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        shapes().forEach(shape -> schemas.put(
                shape.name(), registry.getSchema("{\"$ref\":\"#/$defs/" + shape.name() + "\"," + text.substring(1))));
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    private static List<CallType> calls() {
        return Stream.<Class<?>>of(Workshop.class, HouseCall.class)
                .flatMap(room -> CallType.in(room).stream())
                .toList();
    }

    private static List<RecordShape> shapes() {
        return calls().stream()
                .flatMap(call -> Stream.concat(Stream.of(call.call(), call.answer()), call.items().stream()))
                .distinct()
                .toList();
    }

    /// As the papers show them, envelope and all.
    private static Map<RecordShape, String> samples() {
        var samples = new LinkedHashMap<RecordShape, String>();
        for (var call : calls()) {
            samples.put(call.call(), Sample.call(call));
            call.items().forEach(item -> samples.put(item, Sample.item(item)));
            samples.put(call.answer(), Sample.answer(call));
        }
        return samples;
    }

    private static List<String> complaints(RecordShape shape, String frame) {
        return Objects.requireNonNull(schemas.get(shape.name())).validate(frame, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /// Why the wire does not take a frame; null if it does.
    private static @Nullable String refusal(RecordShape shape, String frame) {
        var bytes = frame.getBytes(StandardCharsets.UTF_8);
        try {
            Wire.read(new Frame(bytes, 0, bytes.length), new Envelope(), false, Map.of(shape.name(), shape)::get);
            return null;
        } catch (Fault fault) {
            return fault.getMessage();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 2026})
    void whatIsSentIsAsDescribed(long seed) {
        var any = new AnyRecord(new Random(seed));
        var times = Figures.size(20, 1_000);
        for (var shape : shapes()) {
            for (int i = 0; i < times; i++) {
                var frame = new String(
                        Wire.bytes(shape, any.draw(shape.type()), Limits.FRAME_BYTES_MOST), StandardCharsets.UTF_8);
                assertThat(complaints(shape, frame)).as(frame).isEmpty();
            }
        }
        Figures.note("describe.frames_as_described", times * shapes().size(), "frames");
    }

    /// Each field once with every value, and once without.
    @Test
    void whatIsRefusedIsNotAsDescribedAndWhatIsTakenIs() {
        var valid = 0;
        var invalid = 0;
        for (var sample : samples().entrySet()) {
            var shape = sample.getKey();
            for (var frame : spoilt(shape, sample.getValue())) {
                var refusal = refusal(shape, frame);
                if (refusal != null && refusal.contains(" is no time ")) {
                    continue; // a schema's `format` only notes
                }
                var complaints = complaints(shape, frame);
                assertThat(complaints.isEmpty())
                        .as("%s is taken, or else refused since %s; the schema: %s", frame, refusal, complaints)
                        .isEqualTo(refusal == null);
                if (refusal == null) {
                    valid++;
                } else {
                    invalid++;
                }
            }
        }
        assertThat(valid).isGreaterThan(100);
        assertThat(invalid).isGreaterThan(400);
        Figures.note("describe.spoilt_frames_refused_by_both", invalid, "frames");
    }

    private static List<String> spoilt(RecordShape shape, String sample) {
        var frames = new ArrayList<String>();
        for (var field : shape.fields()) {
            var frame = (ObjectNode) JsonMapper.shared().readTree(sample);
            frame.remove(field.name());
            frames.add(frame.toString());
            for (var value : VALUES) {
                frames.add(frame.set(field.name(), JsonMapper.shared().readTree(value))
                        .toString());
            }
        }
        return frames;
    }

    @Test
    void aFrameOfAnotherTypeOrNoneIsNotAsDescribed() {
        samples().forEach((shape, sample) -> {
            assertThat(complaints(shape, sample)).isEmpty();
            var frame = (ObjectNode) JsonMapper.shared().readTree(sample);
            assertThat(complaints(shape, frame.put("type", "another").toString()))
                    .hasSize(1);
            frame.remove("type");
            assertThat(complaints(shape, frame.toString())).hasSize(1);
        });
    }

    @Test
    void aFrameIsMadeOfTheSchemaAlone() {
        for (var shape : shapes()) {
            var frame = made(described.at("/$defs/" + shape.name())).toString();
            assertThat(refusal(shape, frame)).as(frame).isNull();
        }
    }

    /// The least that a schema asks for, by one who knows JSON Schema and nothing of Hob.
    private static JsonNode made(JsonNode schema) {
        if (schema.has("const")) {
            return schema.get("const");
        } else if (schema.has("enum")) {
            return schema.get("enum").get(0);
        } else if ("date-time".equals(schema.path("format").asString(""))) {
            return JsonNodeFactory.instance.stringNode("2026-11-20T04:00:00Z");
        }
        var type = schema.path("type");
        return switch ((type.isArray() ? type.get(0) : type).asString("any")) {
            case "object" -> madeObject(schema);
            case "array" -> madeArray(schema.get("items"));
            case "string" -> JsonNodeFactory.instance.stringNode("a");
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            case "integer", "number" -> JsonNodeFactory.instance.numberNode(1);
            default -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static ObjectNode madeObject(JsonNode schema) {
        var object = JsonNodeFactory.instance.objectNode();
        schema.get("required")
                .forEach(name -> object.set(
                        name.asString(), made(schema.get("properties").get(name.asString()))));
        return object;
    }

    private static ArrayNode madeArray(JsonNode item) {
        return JsonNodeFactory.instance.arrayNode().add(made(item));
    }
}
