package hob.ipc;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// `double`: any number that JSON can say.
record FractionShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (!parser.currentToken().isNumeric()) {
            throw Shape.mismatch(parser, "a number");
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
