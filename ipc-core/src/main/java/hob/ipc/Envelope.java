package hob.ipc;

import hob.contract.Key;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What a frame says beside its record. One for each end of a connection, filled anew by each frame.
final class Envelope {
    String type = "";
    boolean more;
    long deadlineMs;

    @Nullable
    String trace;

    @Nullable
    String key;

    void clear() {
        type = "";
        more = false;
        deadlineMs = 0;
        trace = null;
        key = null;
    }

    /// Takes the value at which the parser stands if the name is one of the envelope's.
    boolean take(String name, JsonParser parser) {
        try {
            switch (name) {
                case "type" -> {} // was read first
                case "more" -> more = bool(parser);
                case "deadline_ms" -> deadlineMs = milliseconds(parser);
                case "trace" -> {
                    trace = text(parser);
                    Key.checkTrace(trace);
                }
                case "key" -> {
                    key = text(parser);
                    Key.check(key);
                }
                default -> {
                    return false;
                }
            }
            return true;
        } catch (Wrong wrong) {
            throw wrong.in(name);
        } catch (IllegalArgumentException e) {
            throw new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static boolean bool(JsonParser parser) {
        return (Boolean) new TruthShape().read(parser, false);
    }

    private static String text(JsonParser parser) {
        return (String) new TextShape().read(parser, false);
    }

    private static long milliseconds(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw Shape.mismatch(parser, "a whole number");
        }
        var most = Limits.DEADLINE_MOST.toMillis();
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 1
                || parser.getLongValue() > most) {
            throw new Wrong("is outside 1.." + most);
        }
        return parser.getLongValue();
    }
}
