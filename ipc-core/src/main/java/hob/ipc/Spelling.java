package hob.ipc;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.ObjectWriteContext;

/// A record as JSON for whoever is no member of the family, such as a person's own script; and the schema of it.
public final class Spelling {
    private Spelling() {}

    /// One line, which says by its `type` what it is.
    public static String of(Record record) {
        var shape = RecordShape.of(record.getClass());
        return new String(Wire.bytes(shape, record, Limits.FRAME_BYTES_MOST), StandardCharsets.UTF_8);
    }

    /// JSON Schema 2020-12.
    public static String schema(Class<? extends Record> type) {
        var text = new StringWriter();
        try (var json = Wire.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", Description.DIALECT);
            RecordShape.of(type).describeFrame(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
