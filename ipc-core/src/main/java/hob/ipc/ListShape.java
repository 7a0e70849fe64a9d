package hob.ipc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// `List` of anything that has a shape; without nulls.
record ListShape(Shape item) implements Shape {
    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Shape.mismatch(parser, "a list");
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
