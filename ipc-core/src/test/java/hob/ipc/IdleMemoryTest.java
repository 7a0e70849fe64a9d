package hob.ipc;

import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.FrameMax;
import hob.contract.Query;
import hob.contract.Service;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.TempHouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What one large frame has blown up does not stay with a connection that lies idle, at neither of its ends.
@Tag("wire")
class IdleMemoryTest {
    private static final int CONNECTIONS = 20;
    private static final int LARGE = 1 << 20;

    /// A quarter of what one buffer at one of the ends would come to.
    private static final long MOST = (long) CONNECTIONS * LARGE / 4;

    @Service("memory")
    @For(PERSON)
    sealed interface Room<R extends Record> extends Call<R> {
        @Query(deadline = "30s")
        record Fetch(int chars) implements Room<Text> {}

        @Query(deadline = "30s")
        @FrameMax(bytes = 2 << 20)
        record Bring(String text) implements Room<Length> {}
    }

    @FrameMax(bytes = 2 << 20)
    record Text(String text) {}

    record Length(int chars) {}

    private final TempHouse house = new TempHouse();
    private final List<Client> clients = new ArrayList<>();
    private final Server server = house.serve(
            Family.MEMORY,
            Handlers.of(Room.class)
                    .on(Room.Fetch.class, call -> new Text("x".repeat(call.chars())))
                    .on(Room.Bring.class, call -> new Length(call.text().length())));

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void aLargeAnswerDoesNotStay() {
        assertThatLittleStays("answers", client -> client.ask(new Room.Fetch(LARGE)));
    }

    @Test
    void aLargeCallDoesNotStay() {
        assertThatLittleStays("calls", client -> client.ask(new Room.Bring("x".repeat(LARGE))));
    }

    /// The measure itself: what does stay is seen.
    @Test
    void whatStaysIsSeen() {
        var before = used();
        var kept = new ArrayList<byte[]>();
        for (int i = 0; i < CONNECTIONS; i++) {
            kept.add(new byte[LARGE]);
        }
        assertThat(used() - before).isGreaterThan(MOST);
        assertThat(kept).hasSize(CONNECTIONS);
    }

    private void assertThatLittleStays(String what, Consumer<Client> ask) {
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(house.client(Family.MEMORY));
        }
        clients.forEach(client -> client.ask(new Room.Fetch(1)));
        assertThat(server.open()).isEqualTo(CONNECTIONS);
        var before = used();
        clients.forEach(ask);
        // The server's ends come to rest a moment after their answers.
        Eventually.await("little stays after large " + what, () -> used() - before < MOST);
        assertThat(server.open()).isEqualTo(CONNECTIONS);
        Figures.note(
                "idle.kept_after_large_" + what, (used() - before) / 1024 / CONNECTIONS, "KiB for both ends together");
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
