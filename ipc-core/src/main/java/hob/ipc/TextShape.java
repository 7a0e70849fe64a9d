package hob.ipc;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// `String`.
record TextShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Shape.mismatch(parser, "a string");
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
