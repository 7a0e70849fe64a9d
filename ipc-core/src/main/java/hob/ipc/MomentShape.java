package hob.ipc;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// `Instant`: as ISO 8601 has it, in UTC.
record MomentShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Shape.mismatch(parser, "a time such as \"2026-11-20T04:00:00Z\"");
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
