package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.FrameMax;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a claim costs is what came, never what was claimed: measured as all that this process allocates outside of the
/// test's own thread, from the connecting to the end of the connection.
@Tag("wire")
class ClaimTest {
    private static final int WARM_UP = 300;
    private static final int MEASURED = Figures.size(100, 1000);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Service("memory")
    @For(Who.PERSON)
    sealed interface Haul<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        @FrameMax(bytes = Limits.FRAME_BYTES_MOST)
        record Load(String text) implements Haul<Loaded> {}
    }

    record Loaded(int chars) {}

    @Test
    void sixteenMebibytesAndOneByteCostUnder64KiB() throws Exception {
        try (var house = house()) {
            var cost = costOf(
                    house.door(Family.MEMORY), RawConnection.claiming(Limits.FRAME_BYTES_MOST, new byte[] {'{'}), 0);
            Figures.note("claim.16-mib-and-one-byte", cost, "bytes");
            assertThat(cost).isBetween(1L, 64L << 10);
        }
    }

    @Test
    void fourGibibytesCostNothingBeyondTheAnswer() throws Exception {
        try (var house = house()) {
            var door = house.door(Family.MEMORY);
            var nothing = costOf(door, RawConnection.claiming(0, new byte[0]), 1);
            var cost = costOf(door, RawConnection.claiming(0xffff_ffffL, new byte[0]), 1);
            Figures.note("claim.nothing", nothing, "bytes");
            Figures.note("claim.4-gib", cost, "bytes");
            assertThat(cost).isBetween(1L, nothing + 4096);
        }
    }

    /// The measure itself: what really comes is seen in it.
    @Test
    void whatComesIsMeasured() throws Exception {
        try (var house = house()) {
            var frame = RawConnection.claiming(Limits.FRAME_BYTES_MOST, new byte[256 << 10]);
            assertThat(costOf(house.door(Family.MEMORY), frame, 0)).isGreaterThan(256L << 10);
        }
    }

    private static TempHouse house() {
        var house = new TempHouse();
        house.serve(
                Family.MEMORY,
                Handlers.of(Haul.class)
                        .on(Haul.Load.class, load -> new Loaded(load.text().length())));
        return house;
    }

    /// The mean over many connections that each send these bytes, hear so many faults, and see the end.
    private static long costOf(Path door, byte[] bytes, int faults) throws IOException {
        sendOften(door, bytes, faults, WARM_UP);
        var before = allocatedByOthers();
        sendOften(door, bytes, faults, MEASURED);
        return (allocatedByOthers() - before) / MEASURED;
    }

    private static void sendOften(Path door, byte[] bytes, int faults, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (var caller = RawCaller.at(door)) {
                caller.send(bytes);
                caller.endSending();
                assertThat(caller.rest()).hasSize(faults).allMatch(FaultFrame.Error.class::isInstance);
            }
        }
    }

    private static long allocatedByOthers() {
        return THREADS.getTotalThreadAllocatedBytes() - THREADS.getCurrentThreadAllocatedBytes();
    }
}
