package hob.ipc;

import hob.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Frames as they could really travel, the same ones each time: made of the shapes and held against the records' own
/// rules, so that an example in the papers is never one that a server would refuse.
public final class Sample {
    static final String KEY = "cli-8841";

    private static final Instant MOMENT = Instant.parse("2026-11-20T04:00:00Z");

    private Sample() {}

    /// A call as it could really come.
    public static Record question(CallType type) {
        return record(type.call());
    }

    static String call(CallType type) {
        var frame = json(type.call(), type.callBytesMost());
        return type.takesKey() ? withMember(frame, "\"key\":\"" + KEY + "\"") : frame;
    }

    static String item(RecordShape item) {
        return withMember(json(item, Limits.ITEM_BYTES), "\"more\":true");
    }

    static String answer(CallType type) {
        return json(type.answer(), type.answerBytesMost());
    }

    private static String json(RecordShape shape, int most) {
        try {
            return new String(Wire.bytes(shape, record(shape), most), StandardCharsets.UTF_8);
        } catch (Wrong wrong) {
            throw new IllegalArgumentException(
                    "the example of " + shape.name() + " does not pass: " + wrong.sentence()
                            + "; say by @Example what the field may hold",
                    wrong);
        }
    }

    private static String withMember(String object, String member) {
        return object.substring(0, object.length() - 1) + "," + member + "}";
    }

    private static Record record(RecordShape shape) {
        return shape.make(shape.fields().stream().map(Sample::value).toArray());
    }

    /// What may be left out is left out, unless the contract wants it to be seen.
    private static @Nullable Object value(RecordShape.Field field) {
        if (field.example() != null) {
            return field.example();
        }
        return field.isRequired() ? value(field.shape(), field.name()) : field.fallback();
    }

    private static Object value(Shape shape, String name) {
        return switch (shape) {
            case TextShape _ -> name;
            case TruthShape _ -> true;
            case WholeShape _ -> 1;
            case LargeShape _ -> 1L;
            case FractionShape _ -> 0.5;
            case MomentShape _ -> MOMENT;
            case JsonShape _ -> new Json("{}");
            case ChoiceShape choice -> choice.constants().getFirst();
            case ListShape many -> List.of(value(many.item(), name));
            case RecordShape inner -> record(inner);
        };
    }
}
