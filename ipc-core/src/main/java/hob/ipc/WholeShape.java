package hob.ipc;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// `int`: always a number.
record WholeShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw Shape.mismatch(parser, "a whole number");
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
