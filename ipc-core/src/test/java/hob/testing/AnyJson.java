package hob.testing;

import java.util.LinkedHashSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Draws any JSON, in the one form in which Hob writes it: no spaces, and only those escapes that must be.
final class AnyJson {
    private static final int DEPTH_MOST = 6;
    private static final int MEMBERS_MOST = 3;

    /// The parser takes no longer names than a thousand chars.
    private static final int NAME_CHARS_MOST = 100;

    private static final String[] NUMBERS = {
        "0",
        "-1",
        "0.10",
        "-0.0",
        "1e400",
        "1E-7",
        "9007199254740993",
        "123456789012345678901234567890",
        "3.14159265358979323846264338"
    };

    private final RandomGenerator random;
    private final Supplier<String> texts;

    AnyJson(RandomGenerator random, Supplier<String> texts) {
        this.random = random;
        this.texts = texts;
    }

    String draw() {
        return value(0);
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < DEPTH_MOST ? 7 : 5)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 3, 4 -> quoted(texts.get());
            case 5 ->
                random.ints(random.nextInt(MEMBERS_MOST + 1))
                        .mapToObj(_ -> value(depth + 1))
                        .collect(Collectors.joining(",", "[", "]"));
            default -> members(depth);
        };
    }

    private String members(int depth) {
        var names = new LinkedHashSet<String>();
        for (var i = random.nextInt(MEMBERS_MOST + 1); i > 0; i--) {
            var name = texts.get();
            names.add(name.length() > NAME_CHARS_MOST ? "longer" : name);
        }
        return names.stream()
                .map(name -> quoted(name) + ":" + value(depth + 1))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            switch (unit) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(unit < ' ' ? String.format("\\u%04X", (int) unit) : Character.toString(unit));
            }
        }
        return quoted.append('"').toString();
    }
}
