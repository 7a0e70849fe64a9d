package hob.ipc;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// `long`: a number as far as every JSON reader can hold it, beyond that a string.
record LargeShape() implements Shape {
    private static final long EXACT_IN_ANY_READER = 1L << 53;

    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return beyond(parser.getString());
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw Shape.mismatch(parser, "a whole number");
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
        generator.writeNumberProperty("minimum", -EXACT_IN_ANY_READER);
        generator.writeNumberProperty("maximum", EXACT_IN_ANY_READER);
        generator.writeStringProperty("pattern", "^-?[1-9][0-9]{15,18}$");
    }

    @Override
    public String words() {
        return "whole number (a string beyond 2^53)";
    }
}
