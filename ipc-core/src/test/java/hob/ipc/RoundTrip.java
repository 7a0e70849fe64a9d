package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.StreamCall;
import hob.testing.AnyRecord;
import hob.testing.SqliteBook;
import hob.testing.TempHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One room whose calls are answered by what was drawn: each record goes through a real socket from a typed client to a
/// typed handler and back, and must arrive as it left.
final class RoundTrip implements AutoCloseable {
    private final TempHouse house = new TempHouse();
    private final Family member;
    private final Client client;
    private final AtomicReference<@Nullable Record> arrived = new AtomicReference<>();
    private final Map<String, Integer> carried = new TreeMap<>();

    // What the handler is to answer next.
    private volatile List<Record> items = List.of();
    private volatile @Nullable Record answer;

    RoundTrip(Class<?> room) {
        var types = CallType.in(room);
        var service = types.getFirst().service();
        member = Arrays.stream(Family.values())
                .filter(one -> one.word().equals(service))
                .findFirst()
                .orElse(Family.MEMORY);
        house.door(member);
        var book = house.keep(new SqliteBook(house.door(member).resolveSibling("book.db")));
        var handlers = Handlers.of(book, room);
        types.forEach(type -> answerBy(handlers, type));
        try {
            house.keep(Server.open(
                    house.house(), member, Door.make(house.house(), member), handlers, Limits.DEFAULT, new Meters()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = house.client(member);
    }

    TempHouse house() {
        return house;
    }

    Family member() {
        return member;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the contract is only known as it runs
    private void answerBy(Handlers<?> handlers, CallType type) {
        var call = (Class) type.call().type();
        if (type.isStream() && type.isChange()) {
            handlers.attemptStream(call, (asked, stream) -> tell((Record) asked, (Stream) stream));
        } else if (type.isStream()) {
            handlers.stream(call, (asked, stream) -> tell((Record) asked, (Stream) stream));
        } else if (type.isChange()) {
            handlers.once(call, (asked, _) -> answer((Record) asked));
        } else {
            handlers.on(call, asked -> answer((Record) asked));
        }
    }

    private Record tell(Record asked, Stream<Record> stream) {
        items.forEach(stream::send);
        return answer(asked);
    }

    private Record answer(Record asked) {
        arrived.set(asked);
        return Objects.requireNonNull(answer);
    }

    /// Sends a call of this type `times` times, each with other values.
    void carry(CallType type, AnyRecord any, int times) {
        for (int i = 0; i < times; i++) {
            var call = any.draw(type.call().type());
            answer = any.draw(type.answer().type());
            items = type.items().stream()
                    .<Record>map(item -> any.draw(item.type()))
                    .toList();

            var toldItems = new ArrayList<Record>();
            var told = ask(type, call, toldItems);

            assertThat(arrived.getAndSet(null)).as("the call").isEqualTo(call);
            assertThat(toldItems).as("the items of %s", type.name()).isEqualTo(items);
            assertThat(told).as("the answer of %s", type.name()).isEqualTo(answer);
            count(type.call());
            count(type.answer());
            type.items().forEach(this::count);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Record ask(CallType type, Record call, List<Record> toldItems) {
        return type.isStream()
                ? client.listen((StreamCall) call, item -> toldItems.add((Record) item))
                : client.ask((Call) call);
    }

    private void count(RecordShape shape) {
        carried.merge(shape.name(), 1, Integer::sum);
    }

    /// How often each type arrived as it had left.
    Map<String, Integer> carried() {
        return carried;
    }

    /// What the handler was asked last.
    Record arrived() {
        return Objects.requireNonNull(arrived.get());
    }

    void answerNext(Record next) {
        answer = next;
    }

    @Override
    public void close() throws IOException {
        house.close();
    }
}
