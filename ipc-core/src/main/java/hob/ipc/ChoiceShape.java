package hob.ipc;

import hob.contract.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// An enum: the name of a constant. A reader that is lenient takes an unknown one for the constant marked `@Unknown`.
record ChoiceShape(
        List<Enum<?>> constants,
        Map<String, Enum<?>> byName,
        @Nullable Enum<?> unknown) implements Shape {
    static ChoiceShape of(Class<?> type) {
        var constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
        var unknown =
                constants.stream().filter(ChoiceShape::isUnknown).findFirst().orElse(null);
        return new ChoiceShape(
                constants,
                constants.stream().collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity())),
                unknown);
    }

    private static boolean isUnknown(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name()).isAnnotationPresent(Unknown.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError("an enum constant is a field", e);
        }
    }

    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Shape.mismatch(parser, "one of " + names());
        }
        var text = parser.getString();
        var constant = byName.get(text);
        if (constant != null) {
            return constant;
        }
        if (lenient && unknown != null) {
            return unknown;
        }
        throw new Wrong(
                "is '" + Suggestion.quoted(text) + "', not one of " + names() + Suggestion.of(text, byName.keySet()));
    }

    /// As a person types it: in lower case and with hyphens too.
    Enum<?> read(String typed) {
        var text = typed.toUpperCase(Locale.ROOT).replace('-', '_');
        var constant = byName.get(text);
        if (constant == null) {
            var known = byName.keySet().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            var names = names().toLowerCase(Locale.ROOT).replace('_', '-');
            throw new Wrong("is '" + Suggestion.quoted(typed) + "', not one of " + names
                    + Suggestion.of(typed.toLowerCase(Locale.ROOT), known));
        }
        return constant;
    }

    private String names() {
        return constants.stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    @Override
    public void write(JsonGenerator generator, Object value) {
        generator.writeString(((Enum<?>) value).name());
    }

    @Override
    public void describe(JsonGenerator generator) {
        generator.writeArrayPropertyStart("enum");
        constants.forEach(constant -> generator.writeString(constant.name()));
        generator.writeEndArray();
    }

    @Override
    public String words() {
        return "one of "
                + constants.stream()
                        .map(constant -> "`" + constant.name() + "`")
                        .collect(Collectors.joining(", "));
    }
}
