package hob.ipc;

import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/// How one type of a component looks on the wire: read strictly, written straight, described for people and models.
sealed interface Shape permits Shape.Leaf, RecordShape {
    /// The value at which the parser stands. `lenient` is a client: what a newer server says is read as far as it goes.
    Object read(JsonParser parser, boolean lenient);

    void write(JsonGenerator generator, Object value);

    /// Writes the members of this type's JSON Schema into the object that is open.
    void describe(JsonGenerator generator);

    /// In one or two words, for people.
    String words();

    sealed interface Leaf extends Shape {}

    static Wrong mismatch(JsonParser parser, String wanted) {
        return new Wrong("is " + said(parser.currentToken()) + " where " + wanted + " belongs");
    }

    private static String said(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case null, default -> "nothing";
        };
    }

    record Text() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw mismatch(parser, "a string");
            }
            return parser.getString();
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeString((String) value);
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "string");
        }

        @Override
        public String words() {
            return "text";
        }
    }

    record Truth() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw mismatch(parser, "true or false");
            };
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeBoolean((Boolean) value);
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "boolean");
        }

        @Override
        public String words() {
            return "true or false";
        }
    }

    /// `int`: always a number.
    record Whole() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw mismatch(parser, "a whole number");
            }
            if (parser.getNumberType() != JsonParser.NumberType.INT) {
                throw new Wrong("is outside " + Integer.MIN_VALUE + ".." + Integer.MAX_VALUE);
            }
            return parser.getIntValue();
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeNumber((Integer) value);
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "integer");
            generator.writeNumberProperty("minimum", Integer.MIN_VALUE);
            generator.writeNumberProperty("maximum", Integer.MAX_VALUE);
        }

        @Override
        public String words() {
            return "whole number";
        }
    }

    /// `long`: a number as far as every JSON reader can hold it, beyond that a string.
    record Large() implements Leaf {
        private static final long EXACT_IN_ANY_READER = 1L << 53;

        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return beyond(parser.getString());
            }
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw mismatch(parser, "a whole number");
            }
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || !isExact(parser.getLongValue())) {
                throw new Wrong("is beyond 2^53: such numbers travel as strings");
            }
            return parser.getLongValue();
        }

        private static long beyond(String text) {
            try {
                var value = Long.parseLong(text);
                if (!isExact(value) && text.equals(Long.toString(value))) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, as for every other string
            }
            throw new Wrong("is a string where a whole number belongs (only those beyond 2^53 travel as strings)");
        }

        private static boolean isExact(long value) {
            return value >= -EXACT_IN_ANY_READER && value <= EXACT_IN_ANY_READER;
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            var number = (long) value;
            if (isExact(number)) {
                generator.writeNumber(number);
            } else {
                generator.writeString(Long.toString(number));
            }
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeArrayPropertyStart("type");
            generator.writeString("integer");
            generator.writeString("string");
            generator.writeEndArray();
            generator.writeStringProperty("pattern", "^-?[0-9]{16,19}$");
        }

        @Override
        public String words() {
            return "whole number (a string beyond 2^53)";
        }
    }

    record Fraction() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (!parser.currentToken().isNumeric()) {
                throw mismatch(parser, "a number");
            }
            var value = parser.getDoubleValue();
            if (!Double.isFinite(value)) {
                throw new Wrong("is larger than a number can be");
            }
            return value;
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            if (!Double.isFinite((Double) value)) {
                throw new Wrong("is " + value + ", which JSON cannot say");
            }
            generator.writeNumber((Double) value);
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "number");
        }

        @Override
        public String words() {
            return "number";
        }
    }

    record Moment() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw mismatch(parser, "a time such as \"2026-11-20T04:00:00Z\"");
            }
            try {
                return Instant.parse(parser.getString());
            } catch (DateTimeException e) {
                throw new Wrong("is no time such as \"2026-11-20T04:00:00Z\"");
            }
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeString(value.toString());
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "string");
            generator.writeStringProperty("format", "date-time");
        }

        @Override
        public String words() {
            return "time";
        }
    }

    /// JSON that is passed on as it came, once it was seen to be JSON.
    record Raw() implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            var text = new StringWriter();
            try (var copy = Wire.JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), text)) {
                copy(parser, copy);
            }
            return new hob.contract.Json(text.toString());
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            try (var parser = Wire.JSON.createParser(
                    tools.jackson.core.ObjectReadContext.empty(), ((hob.contract.Json) value).text())) {
                parser.nextToken();
                copy(parser, generator);
                if (parser.nextToken() != null) {
                    throw new Wrong("is more than one piece of JSON");
                }
            } catch (JacksonException e) {
                throw new Wrong("is not JSON: " + e.getOriginalMessage());
            }
        }

        /// Digit for digit: a number of another's may be larger or finer than any of ours.
        private static void copy(JsonParser from, JsonGenerator to) {
            var depth = 0;
            do {
                var token = from.currentToken();
                if (token != null && token.isNumeric()) {
                    to.writeNumber(from.getString());
                } else {
                    to.copyCurrentEvent(from);
                }
                depth += token == null ? 0 : token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0 && from.nextToken() != null);
        }

        @Override
        public void describe(JsonGenerator generator) {
            // anything at all
        }

        @Override
        public String words() {
            return "any JSON";
        }
    }

    record Choice(
            List<Enum<?>> constants,
            Map<String, Enum<?>> byName,
            @Nullable Enum<?> unknown) implements Leaf {
        static Choice of(Class<?> type) {
            var constants = Arrays.stream(type.getEnumConstants())
                    .<Enum<?>>map(constant -> (Enum<?>) constant)
                    .toList();
            var unknown =
                    constants.stream().filter(Choice::isUnknown).findFirst().orElse(null);
            return new Choice(
                    constants,
                    constants.stream().collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity())),
                    unknown);
        }

        private static boolean isUnknown(Enum<?> constant) {
            try {
                return constant.getDeclaringClass()
                        .getField(constant.name())
                        .isAnnotationPresent(hob.contract.Unknown.class);
            } catch (NoSuchFieldException e) {
                throw new AssertionError("an enum constant is a field", e);
            }
        }

        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw mismatch(parser, "one of " + names());
            }
            var text = parser.getString();
            var constant = byName.get(text);
            if (constant != null) {
                return constant;
            }
            if (lenient && unknown != null) {
                return unknown;
            }
            throw new Wrong("is '" + Suggestion.quoted(text) + "', not one of " + names()
                    + Suggestion.of(text, byName.keySet()));
        }

        private String names() {
            return constants.stream().map(Enum::name).collect(Collectors.joining(", "));
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeString(((Enum<?>) value).name());
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeArrayPropertyStart("enum");
            constants.forEach(constant -> generator.writeString(constant.name()));
            generator.writeEndArray();
        }

        @Override
        public String words() {
            return "one of "
                    + constants.stream()
                            .map(constant -> "`" + constant.name() + "`")
                            .collect(Collectors.joining(", "));
        }
    }

    record Many(Shape item) implements Leaf {
        @Override
        public Object read(JsonParser parser, boolean lenient) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw mismatch(parser, "a list");
            }
            var items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                try {
                    items.add(item.read(parser, lenient));
                } catch (Wrong wrong) {
                    throw wrong.at(items.size());
                }
            }
            return Collections.unmodifiableList(items);
        }

        @Override
        public void write(JsonGenerator generator, Object value) {
            generator.writeStartArray();
            var index = 0;
            for (var one : (List<?>) value) {
                try {
                    if (one == null) {
                        throw new Wrong("is missing");
                    }
                    item.write(generator, one);
                } catch (Wrong wrong) {
                    throw wrong.at(index);
                }
                index++;
            }
            generator.writeEndArray();
        }

        @Override
        public void describe(JsonGenerator generator) {
            generator.writeStringProperty("type", "array");
            generator.writeObjectPropertyStart("items");
            item.describe(generator);
            generator.writeEndObject();
        }

        @Override
        public String words() {
            return "list of " + item.words();
        }
    }

    static SerializedString name(String text) {
        return new SerializedString(text);
    }
}
