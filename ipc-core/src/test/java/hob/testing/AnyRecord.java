package hob.testing;

import hob.contract.Default;
import hob.contract.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws values of any record that a contract can carry: the plain and the extreme, within the record's own rules.
public final class AnyRecord {
    /// What a drawn record takes of a frame at most, escapes and all: under an item of a stream, which is the smallest.
    private static final int WIRE_BYTES_MOST = 200 << 10;

    /// The longest way to write a char: `\u001f`.
    private static final int WIRE_BYTES_A_CHAR = 6;

    private static final int TRIES = 1000;
    private static final int DEPTH_MOST = 5;
    private static final int WORD_CHARS_MOST = 12;
    private static final int LIST_MOST = 3;

    /// Where a careless reader or writer stumbles: ends of ranges, noncharacters, marks of other encodings.
    private static final int[] ODD_POINTS = {
        0, 1, 0x1f, ' ', '"', '\\', '/', 0x7f, 0x80, 0x9f, 0x7ff, 0x800, 0x2028, 0x2029, 0xd7ff, 0xe000, 0xfdd0, 0xfeff,
        0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f642, 0x1fffe, 0xfffff, 0x10ffff
    };

    private final RandomGenerator random;
    private int bytesLeft;

    /// The last tries for a record with strict rules: short words and small numbers, as people choose them.
    private boolean modest;

    public AnyRecord(RandomGenerator random) {
        this.random = random;
    }

    public <R extends Record> R draw(Class<R> type) {
        bytesLeft = WIRE_BYTES_MOST;
        modest = false;
        return type.cast(record(type, 0));
    }

    /// The same, easy to read, as in an example.
    public <R extends Record> R drawModest(Class<R> type) {
        bytesLeft = WIRE_BYTES_MOST;
        modest = true;
        return type.cast(record(type, 0));
    }

    private Object record(Class<?> type, int depth) {
        if (type == Json.class) {
            return new Json(new AnyJson(random, this::text).draw());
        }
        var wasModest = modest;
        var left = bytesLeft;
        var components = type.getRecordComponents();
        try {
            for (int i = 0; i < TRIES; i++) {
                bytesLeft = left;
                modest = wasModest || i % 2 == 1;
                var values = new @Nullable Object[components.length];
                for (int at = 0; at < values.length; at++) {
                    values[at] = component(components[at], depth);
                }
                try {
                    return constructor(type).newInstance(values);
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof IllegalArgumentException)) {
                        throw new IllegalStateException("the constructor of " + type + " failed", e.getCause());
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        } finally {
            modest = wasModest;
        }
        throw new IllegalStateException("of " + TRIES + " drawn values none obeys the rules of " + type);
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private @Nullable Object component(RecordComponent component, int depth) {
        var fallback = component.getAnnotation(Default.class);
        if (fallback != null && oneIn(4)) {
            return parse(component.getType(), fallback.value());
        }
        var nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (nullable && (depth >= DEPTH_MOST || oneIn(3))) {
            return null;
        }
        var value = value(component.getGenericType(), depth);
        return nullable && value.equals(new Json("null")) ? null : value; // as it is read back
    }

    private static Object parse(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.valueOf(text);
        } else if (type == long.class) {
            return Long.valueOf(text);
        } else if (type == double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class) {
            return Boolean.valueOf(text);
        } else if (type == Instant.class) {
            return Instant.parse(text);
        } else if (type == Json.class) {
            return new Json(text);
        } else if (type == List.class) {
            return List.of(); // no other list stands in a @Default so far
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
        return text;
    }

    private Object value(Type type, int depth) {
        if (type == String.class) {
            return text();
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == int.class || type == Integer.class) {
            return (int)
                    (modest
                            ? random.nextInt(1, 10)
                            : oneOf(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt()));
        } else if (type == long.class || type == Long.class) {
            return large();
        } else if (type == double.class || type == Double.class) {
            return fraction();
        } else if (type == Instant.class) {
            return moment();
        } else if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], depth);
        } else if (type instanceof Class<?> known && known.isEnum()) {
            return oneOf(Objects.requireNonNull(known.getEnumConstants()));
        } else if (type instanceof Class<?> known && known.isRecord()) {
            return record(known, depth + 1);
        }
        throw new IllegalArgumentException("a contract has no words for " + type);
    }

    private Object large() {
        return modest
                ? random.nextLong(1, 1000)
                : oneOf(
                        0L,
                        -1L,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        1L << 53,
                        (1L << 53) + 1,
                        -(1L << 53),
                        -(1L << 53) - 1,
                        random.nextLong(),
                        (long) random.nextInt());
    }

    private Object fraction() {
        return modest
                ? random.nextInt(100) / 4.0
                : oneOf(
                        0.0,
                        -0.0,
                        0.1,
                        1e21,
                        Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        random.nextDouble(),
                        random.nextGaussian() * 1e100);
    }

    private Object moment() {
        var seconds = random.nextLong(4_000_000_000L);
        return modest
                ? Instant.ofEpochSecond(seconds)
                : oneOf(
                        Instant.EPOCH,
                        Instant.MIN,
                        Instant.MAX,
                        Instant.parse("9999-12-31T23:59:59.999999999Z"),
                        Instant.ofEpochSecond(-62_167_219_201L), // the year before 0
                        Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000)));
    }

    private List<Object> list(Type item, int depth) {
        var size = depth >= DEPTH_MOST ? 0 : random.nextInt(LIST_MOST + 1);
        if (!modest && depth == 0 && oneIn(20)) {
            size = random.nextInt(20, 60);
        }
        var items = new ArrayList<>();
        for (int i = 0; i < size && bytesLeft > 0; i++) {
            items.add(value(item, depth + 1));
        }
        bytesLeft -= 8 * size;
        return List.copyOf(items);
    }

    private String text() {
        var charsLeft = Math.max(0, bytesLeft) / WIRE_BYTES_A_CHAR;
        int chars;
        if (modest) {
            chars = random.nextInt(1, WORD_CHARS_MOST);
        } else if (oneIn(8)) {
            chars = 0;
        } else if (oneIn(25)) {
            chars = charsLeft; // the longest that there is room for
        } else {
            chars = Math.min(random.nextInt(2 * WORD_CHARS_MOST), charsLeft);
        }
        var isWord = modest || oneIn(4);
        var text = new StringBuilder();
        while (text.length() < chars) {
            text.appendCodePoint(isWord ? 'a' + random.nextInt(26) : point(chars - text.length()));
        }
        bytesLeft -= chars * WIRE_BYTES_A_CHAR;
        return text.toString();
    }

    private int point(int room) {
        while (true) {
            var point = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x80);
                case 1 -> ODD_POINTS[random.nextInt(ODD_POINTS.length)];
                case 2 -> random.nextInt(0x10000);
                default -> random.nextInt(Character.MAX_CODE_POINT + 1);
            };
            var isSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (!isSurrogate && Character.charCount(point) <= room) {
                return point;
            }
        }
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private Object oneOf(Object... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
