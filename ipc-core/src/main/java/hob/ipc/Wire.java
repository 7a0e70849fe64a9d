package hob.ipc;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Bytes of a frame into a record and back, with nothing between. As strict as the parser and `StrictText` together.
final class Wire {
    static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool()) // a connection has a thread; the usual pool is shared
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.NESTING)
                    .maxStringLength(Limits.FRAME_BYTES_MOST)
                    .maxNameLength(1000)
                    .maxNumberLength(100) // a double needs 24 digits at most
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Limits.NESTING)
                    .build())
            .build();

    private static final SerializedString TYPE = Shape.name("type");
    private static final SerializedString MORE = Shape.name("more");
    private static final SerializedString DEADLINE_MS = Shape.name("deadline_ms");
    private static final SerializedString TRACE = Shape.name("trace");
    private static final SerializedString KEY = Shape.name("key");

    private Wire() {}

    /// Reads a frame whose `type` tells which record it is. Null where `shapes` knows none: the rest is then only
    /// checked to be JSON. `lenient` is a client, which reads past what only a newer server says.
    static @Nullable Record read(
            Frame frame, Envelope envelope, boolean lenient, Function<String, @Nullable RecordShape> shapes) {
        envelope.clear();
        var start = start(frame);
        try (var parser = parser(frame, start)) {
            var typeComesFirst = "type".equals(parser.nextName());
            envelope.type = typeComesFirst ? type(parser) : findType(frame, start);
            if (!typeComesFirst) {
                return readFromTheStart(frame, start, envelope, lenient, shapes);
            }
            return readMembers(parser, envelope, lenient, shapes);
        } catch (Wrong wrong) {
            throw Fault.invalid(Suggestion.quoted(envelope.type) + ": " + wrong.sentence());
        } catch (JacksonException e) {
            throw Fault.invalid("the frame is not one JSON object" + where(frame.bytes(), start, frame.to(), frame.to())
                    + ": " + e.getOriginalMessage());
        }
    }

    private static @Nullable Record readFromTheStart(
            Frame frame,
            int start,
            Envelope envelope,
            boolean lenient,
            Function<String, @Nullable RecordShape> shapes) {
        try (var parser = parser(frame, start)) {
            return readMembers(parser, envelope, lenient, shapes);
        }
    }

    private static @Nullable Record readMembers(
            JsonParser parser, Envelope envelope, boolean lenient, Function<String, @Nullable RecordShape> shapes) {
        var shape = shapes.apply(envelope.type);
        Record record = null;
        if (shape == null) {
            skipMembers(parser, envelope);
        } else {
            record = shape.readMembers(parser, lenient, envelope);
        }
        if (parser.nextToken() != null) {
            throw Fault.invalid("the frame has trailing bytes behind its object");
        }
        return record;
    }

    /// Where the object begins. The parser would guess at other encodings; there is but one here.
    private static int start(Frame frame) {
        var bytes = frame.bytes();
        var at = frame.from();
        while (at < frame.to() && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        if (at == frame.to() || bytes[at] != '{' || (at + 1 < frame.to() && bytes[at + 1] == 0)) {
            throw Fault.invalid("the frame is not one JSON object");
        }
        var problem = problem(bytes, at, frame.to());
        if (problem != null) {
            throw Fault.invalid("the frame " + problem);
        }
        return at;
    }

    /// What no parser would find, or null.
    static @Nullable String problem(byte[] bytes, int from, int to) {
        var problem = StrictText.problem(bytes, from, to);
        return problem == null ? null : problem.what() + where(bytes, from, to, problem.at());
    }

    /// The field at which an object is damaged, for the sentence that says so: read once more, as far as that goes.
    private static String where(byte[] bytes, int from, int to, int damage) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            try {
                parser.nextToken();
                while (parser.nextName() != null) {
                    parser.nextToken();
                    parser.skipChildren();
                    parser.finishToken();
                    if (from + parser.currentLocation().getByteOffset() > damage) {
                        return at(parser);
                    }
                }
                return ""; // behind the object
            } catch (JacksonException e) {
                return at(parser);
            }
        }
    }

    /// The outermost name under which the parser stands, or the last before one that cannot be read.
    private static String at(JsonParser parser) {
        String field = null;
        for (var inside = parser.streamReadContext(); inside != null; inside = inside.getParent()) {
            field = inside.currentName() == null ? field : inside.currentName();
        }
        return field == null ? "" : ", at '" + Suggestion.quoted(field) + "'";
    }

    private static JsonParser parser(Frame frame, int start) {
        var parser = JSON.createParser(ObjectReadContext.empty(), frame.bytes(), start, frame.to() - start);
        parser.nextToken();
        return parser;
    }

    private static String type(JsonParser parser) {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw Fault.invalid("'type' is not a string");
        }
        return parser.getString();
    }

    /// Few callers put it elsewhere than first: for them the frame is read twice.
    private static String findType(Frame frame, int start) {
        try (var parser = parser(frame, start)) {
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                if (name.equals("type")) {
                    return type(parser);
                }
                parser.nextToken();
                parser.skipChildren();
            }
        }
        throw Fault.invalid("'type' is missing");
    }

    private static void skipMembers(JsonParser parser, Envelope envelope) {
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (!envelope.take(name, parser)) {
                parser.skipChildren();
            }
        }
    }

    /// A call as it leaves a client.
    static void writeCall(
            Outgoing out, RecordShape shape, Record call, long leftMs, String trace, @Nullable String key, int max) {
        write(out, shape, call, max, generator -> {
            generator.writeName(DEADLINE_MS);
            generator.writeNumber(leftMs);
            generator.writeName(TRACE);
            generator.writeString(trace);
            if (key != null) {
                generator.writeName(KEY);
                generator.writeString(key);
            }
        });
    }

    /// An answer, or with `more` an item of a stream.
    static void writeAnswer(Outgoing out, RecordShape shape, Record answer, boolean more, int max) {
        try {
            write(out, shape, answer, max, generator -> {
                if (more) {
                    generator.writeName(MORE);
                    generator.writeBoolean(true);
                }
            });
        } catch (Fault wrong) {
            throw unwritable(wrong);
        }
    }

    /// The record alone, as it is kept for a repeat.
    static byte[] bytes(RecordShape shape, Record record, int max) {
        var out = new Outgoing();
        try {
            write(out, shape, record, max, _ -> {});
        } catch (Fault wrong) {
            throw unwritable(wrong);
        }
        return out.body();
    }

    /// A call as it is compared: the same for every version of its contract, as long as it says the same.
    static byte[] canonical(RecordShape shape, Record call) {
        var out = new ByteArrayOutputStream();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            generator.writeStartObject();
            shape.writeWhatDiffers(generator, call);
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    /// Whatever is wrong with an answer, the call was not: its caller hears of a bug, and a deed that was done for it
    /// does not count as refused.
    private static IllegalStateException unwritable(Fault wrong) {
        return new IllegalStateException("cannot be sent: " + wrong.getMessage(), wrong);
    }

    private static void write(
            Outgoing out, RecordShape shape, Record record, int max, Consumer<JsonGenerator> envelope) {
        out.begin();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            generator.writeStartObject();
            generator.writeName(TYPE);
            generator.writeString(shape.name());
            shape.writeFields(generator, record);
            envelope.accept(generator);
            generator.writeEndObject();
        } catch (Wrong wrong) {
            throw Fault.invalid(shape.name() + ": " + wrong.sentence());
        } catch (JacksonException e) {
            throw Fault.invalid(shape.name() + " cannot be written: " + e.getOriginalMessage());
        }
        if (out.length() > max) {
            throw Fault.invalid(shape.name() + " is " + out.length() + " bytes long, and " + max + " is the most");
        }
        var problem = out.problem();
        if (problem != null) {
            throw Fault.invalid(shape.name() + " " + problem);
        }
        out.end();
    }
}
