package hob.ipc;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.FrameMax;
import hob.contract.HouseCall.Outcome;
import hob.contract.Query;
import hob.contract.Rooms;
import hob.contract.Service;
import hob.contract.StreamCall;
import hob.contract.Who;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a contract says about one call: who may ask it, how long it may take, what comes back. Server, client, docs and
/// the command read it here and nowhere else.
///
/// @param room the sealed interface in which it stands
/// @param service the word of the daemon, or null for a call of every house
/// @param items what comes before the answer, for a stream
public record CallType(
        Class<?> room,
        @Nullable String service,
        RecordShape call,
        List<RecordShape> items,
        RecordShape answer,
        boolean isChange,
        Duration deadline,
        List<Who> who,
        String doc) {
    private static final Pattern DEADLINE = Pattern.compile("(\\d{1,6})(ms|s|m)");

    private static final ClassValue<CallType> KNOWN = new ClassValue<>() {
        @Override
        protected CallType computeValue(Class<?> type) {
            return read(type);
        }
    };

    public static CallType of(Class<?> call) {
        return KNOWN.get(call);
    }

    /// All calls of a room, in the order in which they stand there.
    public static List<CallType> in(Class<?> room) {
        if (!room.isSealed()) {
            throw new IllegalArgumentException(room.getName() + " is not a sealed interface of calls");
        }
        return Arrays.stream(room.getPermittedSubclasses()).map(CallType::of).toList();
    }

    /// One call of a room, without reading the others; null where it has none of this name.
    public static @Nullable CallType named(Class<?> room, String name) {
        for (var call : room.getPermittedSubclasses()) {
            if (RecordShape.snakeCase(call.getSimpleName()).equals(name)) {
                return of(call);
            }
        }
        return null;
    }

    /// All that a member answers.
    public static List<CallType> of(Family member) {
        return Rooms.of(member).stream().flatMap(room -> in(room).stream()).toList();
    }

    public String name() {
        return call.name();
    }

    public boolean isStream() {
        return !items.isEmpty();
    }

    /// A change carries one to be done once; `outcome` asks about one.
    public boolean takesKey() {
        return isChange || call.type() == Outcome.class;
    }

    int callBytesMost() {
        return bytesMost(call);
    }

    int answerBytesMost() {
        return bytesMost(answer);
    }

    private static int bytesMost(RecordShape shape) {
        var most = shape.type().getAnnotation(FrameMax.class);
        if (most == null) {
            return Limits.FRAME_BYTES;
        }
        if (most.bytes() > Limits.FRAME_BYTES_MOST) {
            throw new IllegalArgumentException(shape.type().getName() + " wants frames over " + Limits.FRAME_BYTES_MOST
                    + " bytes; what is so large does not travel in frames");
        }
        return most.bytes();
    }

    private static CallType read(Class<?> call) {
        Class<?> room = null;
        Type answer = null;
        Type item = null;
        for (var type : call.getGenericInterfaces()) {
            if (!(type instanceof ParameterizedType generic) || !(generic.getRawType() instanceof Class<?> raw)) {
                continue;
            }
            if (raw == StreamCall.class) {
                item = generic.getActualTypeArguments()[0];
            } else if (Call.class.isAssignableFrom(raw)) {
                room = raw;
                answer = generic.getActualTypeArguments()[0];
            }
        }
        if (room == null || !(answer instanceof Class<?> answerClass)) {
            throw new IllegalArgumentException(call.getName() + " is not a call: it stands in no room");
        }
        var query = call.getAnnotation(Query.class);
        var change = call.getAnnotation(Change.class);
        if ((query == null) == (change == null)) {
            throw new IllegalArgumentException(call.getName() + " is either a @Query or a @Change");
        }
        var service = room.getAnnotation(Service.class);
        refuseSameNames(call, item == null ? List.of() : items(item), RecordShape.of(answerClass));
        return new CallType(
                room,
                service == null ? null : service.value(),
                RecordShape.of(call),
                item == null ? List.of() : items(item),
                RecordShape.of(answerClass),
                change != null,
                deadline(change == null ? query.deadline() : change.deadline()),
                who(call, room),
                RecordShape.docOf(call));
    }

    /// Frames are told apart by their names alone.
    private static void refuseSameNames(Class<?> call, List<RecordShape> items, RecordShape answer) {
        var byName = new HashMap<String, RecordShape>();
        byName.put(FaultFrame.SHAPE.name(), FaultFrame.SHAPE);
        Stream.concat(items.stream(), Stream.of(answer)).forEach(shape -> {
            var other = byName.put(shape.name(), shape);
            if (other != null && !other.equals(shape)) {
                throw new IllegalArgumentException(
                        call.getName() + " is answered by two records named '" + shape.name() + "'");
            }
        });
    }

    private static List<RecordShape> items(Type item) {
        if (!(item instanceof Class<?> type)) {
            throw new IllegalArgumentException(item + " is neither a record nor a sealed interface of records");
        }
        return type.isRecord()
                ? List.of(RecordShape.of(type))
                : Arrays.stream(Objects.requireNonNull(
                                type.getPermittedSubclasses(), () -> item + " is neither a record nor sealed"))
                        .map(RecordShape::of)
                        .toList();
    }

    private static List<Who> who(AnnotatedElement call, Class<?> room) {
        var named = call.getAnnotation(For.class);
        if (named == null) {
            named = room.getAnnotation(For.class);
        }
        if (named == null) {
            throw new IllegalArgumentException(room.getName() + " does not say by @For who may ask");
        }
        return List.of(named.value());
    }

    private static Duration deadline(String text) {
        var matched = DEADLINE.matcher(text);
        if (!matched.matches()) {
            throw new IllegalArgumentException("the deadline '" + text + "' is not a number with ms, s or m");
        }
        var number = Long.parseLong(matched.group(1));
        return switch (matched.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
