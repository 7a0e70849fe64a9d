package hob.ipc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

/// A call made of what a person typed: held against the contract and the record's own rules before anything is sent.
public final class Typed {
    private Typed() {}

    /// The record that these texts make.
    ///
    /// @param fields by their names on the wire; those that the call does not have are not looked at
    /// @throws Fault `INVALID`, with the sentence that the daemon would say
    public static Record call(CallType type, Map<String, String> fields) {
        try {
            var values = new @Nullable Object[type.call().fields().size()];
            for (int i = 0; i < values.length; i++) {
                var field = type.call().fields().get(i);
                var text = fields.get(field.name());
                values[i] = text == null ? field.fallback() : value(field, text);
                if (values[i] == null && field.isRequired()) {
                    throw new Wrong("is missing").in(field.name());
                }
            }
            return type.call().make(values);
        } catch (Wrong wrong) {
            throw Fault.invalid(type.name() + ": " + wrong.sentence());
        }
    }

    private static Object value(RecordShape.Field field, String text) {
        try {
            return value(field.shape(), text);
        } catch (Wrong wrong) {
            throw wrong.in(field.name());
        }
    }

    private static Object value(Shape shape, String text) {
        return switch (shape) {
            case TextShape _ -> text;
            case ChoiceShape choice -> choice.read(text);
            case MomentShape _ -> moment(text);
            case TruthShape _ -> truth(text);
            case ListShape many -> text.stripLeading().startsWith("[") ? json(shape, text) : items(many, text);
            case WholeShape _, LargeShape _, FractionShape _, JsonShape _, RecordShape _ -> json(shape, text);
        };
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Wrong("is '" + Suggestion.quoted(text) + "', and no time such as 2026-11-20T04:00:00Z");
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new Wrong("is '" + Suggestion.quoted(text) + "', where true or false belongs");
        };
    }

    /// `a,b,c`; whoever has commas in an item writes JSON.
    private static Object items(ListShape many, String text) {
        var items = new ArrayList<>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            try {
                items.add(value(many.item(), part));
            } catch (Wrong wrong) {
                throw wrong.at(items.size());
            }
        }
        return Collections.unmodifiableList(items);
    }

    private static Object json(Shape shape, String text) {
        try (var parser = Wire.JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw misfit(shape, text);
            }
            if (!(shape instanceof ListShape || shape instanceof RecordShape || shape instanceof JsonShape)
                    && !parser.currentToken().isNumeric()) {
                throw misfit(shape, text);
            }
            var value = shape.read(parser, false);
            if (parser.nextToken() != null) {
                throw misfit(shape, text);
            }
            return value;
        } catch (JacksonException e) {
            throw misfit(shape, text);
        }
    }

    private static Wrong misfit(Shape shape, String text) {
        var belongs = switch (shape) {
            case FractionShape _ -> "a number";
            case ListShape _ -> "a list in JSON";
            case RecordShape _ -> "an object in JSON";
            case JsonShape _ -> "JSON";
            default -> "a whole number";
        };
        return new Wrong("is " + (text.isEmpty() ? "empty" : "'" + Suggestion.quoted(text) + "'") + ", where " + belongs
                + " belongs");
    }
}
