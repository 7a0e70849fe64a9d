package hob.ipc;

import hob.contract.Call;
import hob.contract.StreamCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table that says who answers which call. A handler of the wrong shape does not compile; a call that nobody
/// answers does not start.
///
/// @param <T> the transaction that deeds are handed
public final class Handlers<T> {
    /// Answers a query.
    @FunctionalInterface
    public interface Answer<Q, R> {
        R answer(Q call) throws Exception;
    }

    /// Changes something within the transaction in which that is written down.
    @FunctionalInterface
    public interface Deed<Q, R, T> {
        R answer(Q call, T transaction) throws Exception;
    }

    /// Answers by many items, and at the end by one record.
    @FunctionalInterface
    public interface Telling<Q, I, R> {
        R answer(Q call, hob.ipc.Stream<I> stream) throws Exception;
    }

    /// How an answer leaves: a record, or bytes that were an answer before.
    interface Reply {
        void item(Record item);

        void last(Record answer);

        void last(byte[] answer);
    }

    /// A call, and who answers it.
    interface Handler {
        void handle(Asked asked, Record call, Reply reply) throws Exception;
    }

    private final @Nullable Once<T> once;
    private final Map<String, CallType> calls = new LinkedHashMap<>();
    private final Map<String, RecordShape> shapes = new HashMap<>();
    private final Map<String, Handler> answered = new HashMap<>();

    private Handlers(@Nullable Once<T> once, Class<?>... rooms) {
        this.once = once;
        Stream.of(rooms).flatMap(room -> CallType.in(room).stream()).forEach(this::add);
    }

    /// Answers queries alone.
    public static Handlers<?> of(Class<?>... rooms) {
        return new Handlers<Void>(null, rooms);
    }

    /// Answers changes too, and keeps their keys in this book.
    public static <T> Handlers<T> of(DoneBook<T> book, Class<?>... rooms) {
        return new Handlers<>(new Once<>(book), rooms);
    }

    private void add(CallType call) {
        if (calls.put(call.name(), call) != null) {
            throw new IllegalStateException("two calls are named '" + call.name() + "'");
        }
        Stream.concat(Stream.of(call.call(), call.answer()), call.items().stream())
                .forEach(this::add);
    }

    /// They are told apart by their names alone, on the wire and in its description.
    private void add(RecordShape shape) {
        var other = shapes.put(shape.name(), shape);
        if (other != null && !other.equals(shape)) {
            throw new IllegalStateException("two records are named '" + shape.name() + "': "
                    + other.type().getName() + " and " + shape.type().getName());
        }
    }

    public <R extends Record, Q extends Record & Call<R>> Handlers<T> on(Class<Q> call, Answer<Q, R> answer) {
        return put(query(call), (_, asked, reply) -> reply.last(answer.answer(call.cast(asked))));
    }

    public <I, R extends Record, Q extends Record & StreamCall<I, R>> Handlers<T> stream(
            Class<Q> call, Telling<Q, I, R> telling) {
        return put(
                query(call),
                (_, asked, reply) -> reply.last(telling.answer(call.cast(asked), item -> reply.item((Record) item))));
    }

    /// The deed and the note of its key are one transaction; the answer leaves after the commit.
    public <R extends Record, Q extends Record & Call<R>> Handlers<T> once(Class<Q> call, Deed<Q, R, T> deed) {
        var type = change(call);
        var once = book(call);
        return put(
                type,
                (asked, question, reply) -> reply.last(once.inTransaction(
                        asked,
                        type,
                        question,
                        transaction -> bytes(type, deed.answer(call.cast(question), transaction)))));
    }

    /// For a deed that no database holds: noted as begun before, as done after. A fault says that nothing happened.
    public <R extends Record, Q extends Record & Call<R>> Handlers<T> attempt(Class<Q> call, Answer<Q, R> deed) {
        var type = change(call);
        var once = book(call);
        return put(
                type,
                (asked, question, reply) -> reply.last(
                        once.notedTwice(asked, type, question, () -> bytes(type, deed.answer(call.cast(question))))));
    }

    /// The same, telling how it goes. A repeat is answered by the last frame alone.
    public <I, R extends Record, Q extends Record & StreamCall<I, R>> Handlers<T> attemptStream(
            Class<Q> call, Telling<Q, I, R> deed) {
        var type = change(call);
        var once = book(call);
        return put(
                type,
                (asked, question, reply) -> reply.last(once.notedTwice(
                        asked,
                        type,
                        question,
                        () -> bytes(type, deed.answer(call.cast(question), item -> reply.item((Record) item))))));
    }

    private static byte[] bytes(CallType type, Record answer) {
        return Wire.bytes(type.answer(), answer, type.answerBytesMost());
    }

    private static CallType query(Class<?> call) {
        var type = CallType.of(call);
        if (type.isChange()) {
            throw new IllegalStateException(
                    "'" + type.name() + "' changes something: answer it by once or attempt, so that its key holds");
        }
        return type;
    }

    private static CallType change(Class<?> call) {
        var type = CallType.of(call);
        if (!type.isChange()) {
            throw new IllegalStateException("'" + type.name() + "' is a query: answer it by on or stream");
        }
        return type;
    }

    private Once<T> book(Class<?> call) {
        if (once == null) {
            throw new IllegalStateException(call.getSimpleName() + " needs a book: Handlers.of(book, ...)");
        }
        return once;
    }

    private Handlers<T> put(CallType type, Handler handler) {
        if (!type.equals(calls.get(type.name()))) {
            throw new IllegalStateException("'" + type.name() + "' stands in none of these rooms");
        }
        if (answered.put(type.name(), handler) != null) {
            throw new IllegalStateException("'" + type.name() + "' is answered twice");
        }
        return this;
    }

    /// This table and more rooms, such as those that every house has.
    Handlers<T> with(Class<?> room, Consumer<Handlers<T>> more) {
        var both = new Handlers<>(once);
        calls.values().forEach(both::add);
        both.answered.putAll(answered);
        CallType.in(room).forEach(both::add);
        more.accept(both);
        return both;
    }

    /// @throws IllegalStateException naming every call that nobody answers
    Handlers<T> complete() {
        var missing = calls.keySet().stream()
                .filter(call -> !answered.containsKey(call))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("nobody answers: " + missing);
        }
        return this;
    }

    @Nullable
    Once<T> once() {
        return once;
    }

    public List<CallType> calls() {
        return List.copyOf(calls.values());
    }

    Set<String> names() {
        return calls.keySet();
    }

    @Nullable
    CallType call(String name) {
        return calls.get(name);
    }

    void answer(CallType type, Asked asked, Record call, Reply reply) throws Exception {
        var handler = answered.get(type.name());
        if (handler == null) {
            throw new IllegalStateException("nobody answers: " + type.name());
        }
        handler.handle(asked, call, reply);
    }
}
