package hob.ipc;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/// How one type of a component looks on the wire: read strictly, written straight, described for people and models.
sealed interface Shape
        permits TextShape,
                TruthShape,
                WholeShape,
                LargeShape,
                FractionShape,
                MomentShape,
                ChoiceShape,
                JsonShape,
                ListShape,
                RecordShape {
    /// The value at which the parser stands. `lenient` is a client: what a newer server says is read as far as it goes.
    Object read(JsonParser parser, boolean lenient);

    void write(JsonGenerator generator, Object value);

    /// Writes the members of this type's JSON Schema into the object that is open.
    void describe(JsonGenerator generator);

    /// In one or two words, for people.
    String words();

    static Wrong mismatch(JsonParser parser, String wanted) {
        return new Wrong("is " + said(parser.currentToken()) + " where " + wanted + " belongs");
    }

    private static String said(@Nullable JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case null, default -> "nothing";
        };
    }

    static SerializedString name(String text) {
        return new SerializedString(text);
    }
}
