package hob.ipc;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// `boolean`.
record TruthShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw Shape.mismatch(parser, "true or false");
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
