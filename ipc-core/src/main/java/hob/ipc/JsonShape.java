package hob.ipc;

import hob.contract.Json;
import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// JSON that is passed on as it came, once it was seen to be JSON.
record JsonShape() implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        var text = new StringWriter();
        try (var copy = Wire.JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), text)) {
            copy(parser, copy);
        }
        return new Json(text.toString());
    }

    @Override
    public void write(JsonGenerator generator, Object value) {
        try (var parser = Wire.JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), ((Json) value).text())) {
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
