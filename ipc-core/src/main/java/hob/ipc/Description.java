package hob.ipc;

import hob.contract.Family;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// All that a daemon answers, as JSON Schema 2020-12: one entry under `$defs` for each call, item and answer.
public final class Description {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private Description() {}

    public static String of(Family member, List<CallType> calls) {
        var text = new StringWriter();
        try (var json = Wire.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", DIALECT);
            json.writeStringProperty("title", member.user());
            json.writeObjectPropertyStart("calls");
            calls.forEach(call -> call(json, call));
            json.writeEndObject();
            json.writeObjectPropertyStart("$defs");
            calls.stream()
                    .flatMap(call -> java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(call.call(), call.answer()), call.items().stream()))
                    .distinct()
                    .forEach(shape -> record(json, shape));
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void call(JsonGenerator json, CallType call) {
        json.writeObjectPropertyStart(call.name());
        json.writeStringProperty("description", call.doc());
        json.writeStringProperty("kind", call.isChange() ? "change" : "query");
        json.writeNumberProperty("deadline_ms", call.deadline().toMillis());
        json.writeArrayPropertyStart("for");
        call.who().forEach(who -> json.writeString(who.word()));
        json.writeEndArray();
        reference(json, "call", call.call());
        json.writeArrayPropertyStart("items");
        for (var item : call.items()) {
            json.writeStartObject();
            json.writeStringProperty("$ref", "#/$defs/" + item.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        reference(json, "answer", call.answer());
        json.writeEndObject();
    }

    private static void reference(JsonGenerator json, String name, RecordShape shape) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("$ref", "#/$defs/" + shape.name());
        json.writeEndObject();
    }

    private static void record(JsonGenerator json, RecordShape shape) {
        json.writeObjectPropertyStart(shape.name());
        shape.describeFrame(json);
        json.writeEndObject();
    }
}
