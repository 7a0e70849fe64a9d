package hob.ipc;

import hob.contract.Default;
import hob.contract.Doc;
import hob.contract.Example;
import hob.contract.Json;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.SerializedString;

/// How a record looks on the wire: read from its components once, then bytes go straight into it and out of it.
public final class RecordShape implements Shape {
    /// The envelope's own; names that begin with `_` are kept free as well.
    private static final Set<String> RESERVED = Set.of("type", "more", "deadline_ms", "trace", "key");

    /// Those whose components are being read right now: a record that contains itself would be read without end.
    private static final ThreadLocal<Set<Class<?>>> BEGUN = ThreadLocal.withInitial(HashSet::new);

    private static final ClassValue<RecordShape> KNOWN = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            if (!BEGUN.get().add(type)) {
                throw new IllegalArgumentException(
                        type.getName() + " contains itself, which a contract has no words for");
            }
            try {
                return new RecordShape(type.asSubclass(Record.class));
            } finally {
                BEGUN.get().remove(type);
            }
        }
    };

    /// A component: its name on the wire, its shape, and what it is when it is left out.
    public static final class Field {
        private final String name;
        private final SerializedString written;
        private final Shape shape;
        private final Binding.Getter getter;
        private final boolean nullable;
        private final @Nullable Object fallback;
        private final @Nullable Object example;
        private final String doc;

        private Field(RecordComponent component, Binding binding) {
            this.name = snakeCase(component.getName());
            if (RESERVED.contains(name) || name.startsWith("_")) {
                throw new IllegalArgumentException(
                        component.getDeclaringRecord().getName() + " has a component '" + name
                                + "', which belongs to the envelope");
            }
            this.written = Shape.name(name);
            this.shape = shapeOf(component.getGenericType());
            this.getter = binding.getter(component);
            this.nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            this.doc = docOf(component);
            var fallback = component.getAnnotation(Default.class);
            this.fallback = fallback == null ? null : parse(shape, fallback.value());
            var example = component.getAnnotation(Example.class);
            this.example = example == null ? null : parse(shape, example.value());
        }

        public String name() {
            return name;
        }

        /// In one or two words, for people.
        public String type() {
            return shape.words();
        }

        public boolean isRequired() {
            return !nullable && fallback == null;
        }

        /// What it is when it is left out.
        public @Nullable Object fallback() {
            return fallback;
        }

        public String doc() {
            return doc;
        }

        /// What may be chosen from, where the type is an enum; else nothing.
        public List<String> choices() {
            return shape instanceof ChoiceShape choice
                    ? choice.constants().stream().map(Enum::name).toList()
                    : List.of();
        }

        /// What it is in this record.
        public @Nullable Object of(Record record) {
            return get(this, record);
        }

        /// What the contract wants to be seen in an example, if it says so.
        @Nullable
        Object example() {
            return example;
        }

        Shape shape() {
            return shape;
        }

        /// Where null may stand for what is left out, the schema has to say so: none of its types admits it.
        private void describe(JsonGenerator generator) {
            if (!nullable || shape instanceof JsonShape) {
                shape.describe(generator);
                return;
            }
            generator.writeArrayPropertyStart("anyOf");
            generator.writeStartObject();
            shape.describe(generator);
            generator.writeEndObject();
            generator.writeStartObject();
            generator.writeStringProperty("type", "null");
            generator.writeEndObject();
            generator.writeEndArray();
        }

        /// The records that this component is made of, if it is.
        public @Nullable RecordShape inner() {
            var inner = shape;
            while (inner instanceof ListShape many) {
                inner = many.item();
            }
            return inner instanceof RecordShape record ? record : null;
        }
    }

    private final Class<? extends Record> type;
    private final String name;
    private final List<Field> fields;
    private final Map<String, Integer> byName = new HashMap<>();
    private final Binding binding;

    private RecordShape(Class<? extends Record> type) {
        this.type = type;
        this.name = snakeCase(type.getSimpleName());
        this.binding = new Binding(type);
        var components = type.getRecordComponents();
        var fields = new Field[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new Field(components[i], binding);
            byName.put(fields[i].name, i);
        }
        this.fields = List.of(fields);
    }

    public static RecordShape of(Class<?> type) {
        return KNOWN.get(type);
    }

    public Class<? extends Record> type() {
        return type;
    }

    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /// `RecallMany` -> `recall_many`, `limitMax` -> `limit_max`.
    static String snakeCase(String camelCase) {
        var snake = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            var letter = camelCase.charAt(i);
            if (Character.isUpperCase(letter) && i > 0) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(letter));
        }
        return snake.toString();
    }

    public static String docOf(AnnotatedElement element) {
        var doc = element.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    private static Shape shapeOf(Type type) {
        if (type == String.class) {
            return new TextShape();
        } else if (type == boolean.class || type == Boolean.class) {
            return new TruthShape();
        } else if (type == int.class || type == Integer.class) {
            return new WholeShape();
        } else if (type == long.class || type == Long.class) {
            return new LargeShape();
        } else if (type == double.class || type == Double.class) {
            return new FractionShape();
        } else if (type == Instant.class) {
            return new MomentShape();
        } else if (type == Json.class) {
            return new JsonShape();
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return new ListShape(shapeOf(list.getActualTypeArguments()[0]));
        } else if (type instanceof Class<?> c && c.isEnum()) {
            return ChoiceShape.of(c);
        } else if (type instanceof Class<?> c && c.isRecord()) {
            return of(c);
        }
        throw new IllegalArgumentException("a contract has no words for " + type);
    }

    private static Object parse(Shape shape, String fallback) {
        if (shape instanceof TextShape) {
            return fallback;
        }
        var json = shape instanceof ChoiceShape || shape instanceof MomentShape ? "\"" + fallback + "\"" : fallback;
        try (var parser = Wire.JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return shape.read(parser, false);
        } catch (Wrong wrong) {
            throw new IllegalArgumentException("\"" + fallback + "\" of the contract " + wrong.sentence(), wrong);
        }
    }

    @Override
    public Object read(JsonParser parser, boolean lenient) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Shape.mismatch(parser, "an object");
        }
        return readMembers(parser, lenient, null);
    }

    /// What is left of the object in which the parser stands. With an envelope, its names are taken out on the way.
    Record readMembers(JsonParser parser, boolean lenient, @Nullable Envelope envelope) {
        var values = new @Nullable Object[fields.size()];
        var expected = 0; // fields mostly come in their own order
        String key;
        while ((key = parser.nextName()) != null) {
            parser.nextToken();
            var index = expected < values.length && fields.get(expected).name.equals(key)
                    ? Integer.valueOf(expected)
                    : byName.get(key);
            if (index == null) {
                if (envelope == null || !envelope.take(key, parser)) {
                    parser.skipChildren();
                }
                continue;
            }
            expected = index + 1;
            values[index] = readField(fields.get(index), parser, lenient);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                var field = fields.get(i);
                values[i] = field.fallback;
                if (field.isRequired()) {
                    throw new Wrong("is missing").in(field.name);
                }
            }
        }
        return make(values);
    }

    private static @Nullable Object readField(Field field, JsonParser parser, boolean lenient) {
        try {
            if (parser.currentToken() == JsonToken.VALUE_NULL && field.nullable) {
                return null;
            }
            return field.shape.read(parser, lenient);
        } catch (Wrong wrong) {
            throw wrong.in(field.name);
        }
    }

    /// @throws Wrong where the record's own rules refuse these values
    Record make(@Nullable Object[] values) {
        try {
            return (Record) (Object) binding.maker().invokeExact(values);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) { // the record's own rules
            throw new Wrong(e.getMessage() == null ? "is not a " + name : e.getMessage());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
        }
    }

    @Override
    public void write(JsonGenerator generator, Object value) {
        generator.writeStartObject();
        writeFields(generator, value);
        generator.writeEndObject();
    }

    void writeFields(JsonGenerator generator, Object value) {
        writeFields(generator, value, false);
    }

    /// Without what is as it would be if it were left out: such a field may have come with a newer contract.
    void writeWhatDiffers(JsonGenerator generator, Object value) {
        writeFields(generator, value, true);
    }

    private void writeFields(JsonGenerator generator, Object value, boolean onlyWhatDiffers) {
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var part = get(field, value);
            if (onlyWhatDiffers && Objects.equals(part, field.fallback)) {
                continue;
            }
            if (part != null) {
                generator.writeName(field.written);
                try {
                    field.shape.write(generator, part);
                } catch (Wrong wrong) {
                    throw wrong.in(field.name);
                }
            } else if (!field.nullable) {
                throw new Wrong("is missing").in(field.name);
            }
        }
    }

    private static @Nullable Object get(Field field, Object value) {
        try {
            return (Object) field.getter.bound().invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read '" + field.name + "' of " + value.getClass(), e);
        }
    }

    @Override
    public void describe(JsonGenerator generator) {
        describe(generator, false);
    }

    /// As a frame of its own, which says by its `type` what it is.
    void describeFrame(JsonGenerator generator) {
        describe(generator, true);
    }

    private void describe(JsonGenerator generator, boolean isFrame) {
        generator.writeStringProperty("type", "object");
        generator.writeObjectPropertyStart("properties");
        if (isFrame) {
            generator.writeObjectPropertyStart("type");
            generator.writeStringProperty("const", name);
            generator.writeEndObject();
        }
        for (var field : fields) {
            generator.writeObjectPropertyStart(field.name);
            field.describe(generator);
            if (!field.doc.isEmpty()) {
                generator.writeStringProperty("description", field.doc);
            }
            if (field.fallback != null) {
                generator.writeName("default");
                field.shape.write(generator, field.fallback);
            }
            generator.writeEndObject();
        }
        generator.writeEndObject();
        generator.writeArrayPropertyStart("required");
        if (isFrame) {
            generator.writeString("type");
        }
        fields.stream().filter(Field::isRequired).forEach(field -> generator.writeString(field.name));
        generator.writeEndArray();
    }

    @Override
    public String words() {
        return "`" + name + "`";
    }
}
