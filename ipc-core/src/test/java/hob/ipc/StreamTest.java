package hob.ipc;

import static hob.contract.Who.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;
import hob.contract.Unknown;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Long answers: never more of them in the world than the socket holds, and an end as soon as nobody listens.
@Tag("wire")
class StreamTest {
    @Service("memory")
    @For(PERSON)
    sealed interface Well<R extends Record> extends Call<R> {
        /// Draws so many buckets, and then ends, or goes on without an item and without an end.
        @Query(deadline = "10m")
        record Draw(int buckets, int litres, boolean thenSilent) implements Well<Dry>, StreamCall<Drawn, Dry> {}

        @Query(deadline = "5s")
        record Taste(Quality like) implements Well<Dry> {}
    }

    sealed interface Drawn {
        record Bucket(int number, String water, Quality quality) implements Drawn {}
    }

    record Dry(int buckets) {}

    enum Quality {
        CLEAR,
        @Unknown
        STRANGE
    }

    /// What the kernel holds of a stream at most, and the reader's own buffer.
    private static final int BYTES_ON_THE_WAY = socketBytes() + 2 * 8192;

    private final TempHouse house = new TempHouse();
    private final AtomicInteger drawn = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> drawer = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private void serve(Limits limits) {
        house.serve(
                Family.MEMORY,
                Handlers.of(Well.class).stream(Well.Draw.class, this::draw).on(Well.Taste.class, _ -> new Dry(1)),
                limits,
                new Meters());
    }

    private Dry draw(Well.Draw call, Stream<Drawn> listener) throws Exception {
        drawer.set(Thread.currentThread());
        try {
            var water = "~".repeat(call.litres());
            for (int number = 1; number <= call.buckets(); number++) {
                listener.send(new Drawn.Bucket(number, water, Quality.CLEAR));
                drawn.set(number);
            }
            if (call.thenSilent()) {
                new CountDownLatch(1).await();
            }
            return new Dry(call.buckets());
        } catch (Exception e) {
            end.set(e);
            throw e;
        } finally {
            ended.countDown();
        }
    }

    @Test
    void aSlowReaderHoldsTheProducerBackAndNothingPilesUp() throws Exception {
        serve(Limits.DEFAULT);
        var buckets = Figures.size(50_000, 1_000_000);
        var litres = 100;
        var ahead = new AtomicInteger();
        var heapAtFirst = new AtomicLong();
        var heapMost = new AtomicLong();
        var read = new AtomicInteger();
        var last = house.client(Family.MEMORY).listen(new Well.Draw(buckets, litres, false), (Drawn item) -> {
            var number = ((Drawn.Bucket) item).number();
            assertThat(number).isEqualTo(read.incrementAndGet());
            if (number % (buckets / 10) == 5) {
                awaitProducerAsleep();
                heapAtFirst.compareAndSet(0, usedHeap());
                heapMost.accumulateAndGet(usedHeap(), Math::max);
            }
            ahead.accumulateAndGet(drawn.get() - number, Math::max);
        });
        assertThat(last).isEqualTo(new Dry(buckets));
        assertThat(read).hasValue(buckets);
        var most = BYTES_ON_THE_WAY / litres; // an item is a little longer than its litres
        assertThat(ahead.get()).isBetween(1, most);
        var grown = Math.max(0, heapMost.get() - heapAtFirst.get());
        assertThat(grown).as("bytes that stay, however many items went").isLessThan(4 << 20);
        Figures.note("stream.items", buckets, "items");
        Figures.note("stream.producer_ahead_most", ahead.get(), "items");
        Figures.note("stream.heap_grown", grown / 1024, "KiB");
    }

    /// Its thread sleeps in the kernel, in the middle of writing.
    private void awaitProducerAsleep() {
        try {
            Eventually.await("the producer waits for the reader", () -> {
                var thread = Objects.requireNonNull(drawer.get());
                var writes = Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(Frames.class.getName())
                                && frame.getMethodName().equals("write"));
                return writes && isAsleep(thread.getName());
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isAsleep(String threadName) {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.anyMatch(task -> {
                try {
                    var status = Files.readString(task.resolve("status"));
                    return status.startsWith("Name:\t" + threadName + "\n") && status.contains("State:\tS");
                } catch (IOException e) {
                    return false; // it ended meanwhile
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int socketBytes() {
        try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return socket.getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aProducerWhoseReaderHangsUpIsEnded() throws Exception {
        serve(Limits.DEFAULT);
        try (var reader = RawConnection.to(house.door(Family.MEMORY))) {
            reader.say("{\"type\":\"draw\",\"buckets\":1000000000,\"litres\":100,\"then_silent\":false}");
            assertThat(reader.hear()).contains("\"number\":1");
        }
        Eventually.await("the producer ends", ended);
        assertThat(end.get()).isInstanceOf(CallerGone.class);
    }

    @Test
    void aSilentProducerWhoseReaderHangsUpIsInterruptedSoon() throws Exception {
        serve(Limits.DEFAULT);
        long hungUp;
        try (var reader = RawConnection.to(house.door(Family.MEMORY))) {
            reader.say("{\"type\":\"draw\",\"buckets\":1,\"litres\":1,\"then_silent\":true}");
            assertThat(reader.hear()).contains("\"number\":1");
            hungUp = System.nanoTime();
        }
        Eventually.await("the producer ends", ended);
        var took = Duration.ofNanos(System.nanoTime() - hungUp);
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(took).as("2 s are promised, the rest is for a busy machine").isLessThan(Duration.ofSeconds(5));
        Figures.note("stream.silent_producer_ended_after", took.toMillis(), "ms");
    }

    @Test
    void aReaderThatStopsInTheMiddleOfAnItemIsNoLongerWrittenTo() throws Exception {
        serve(Limits.DEFAULT.withTimes(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMinutes(5)));
        try (var reader = RawConnection.to(house.door(Family.MEMORY))) {
            reader.say("{\"type\":\"draw\",\"buckets\":1000000000,\"litres\":100,\"then_silent\":false}");
            Eventually.await("the producer ends", ended);
            assertThat(end.get()).isInstanceOf(CallerGone.class);
            assertThat(drawn.get()).isBetween(1, BYTES_ON_THE_WAY / 100);
        }
    }

    @Test
    void anItemOverItsSizeIsAFaultAndTheConversationGoesOn() throws Exception {
        serve(Limits.DEFAULT);
        var memory = house.client(Family.MEMORY);
        var items = new ArrayList<Object>();
        var fault = catchThrowableOfType(
                Fault.class, () -> memory.listen(new Well.Draw(1, Limits.ITEM_BYTES, false), items::add));
        assertThat(fault.code()).as("our bug; the journal has the sentence").isEqualTo(Fault.Code.INTERNAL);
        assertThat(items).isEmpty();
        assertThat(memory.listen(new Well.Draw(2, Limits.ITEM_BYTES - 100, false), items::add))
                .isEqualTo(new Dry(2));
        assertThat(items).hasSize(2);
    }

    @Test
    void aClientSkipsWhatOnlyANewerServerKnows() throws Exception {
        var heard = new ArrayList<Drawn>();
        var answer = fromForeignServer(
                heard,
                "{\"type\":\"fish\",\"name\":\"Ida\",\"scales\":{\"many\":[1,2]},\"more\":true}",
                "{\"type\":\"bucket\",\"number\":1,\"water\":\"~\",\"quality\":\"SALTY\",\"depth\":9,\"more\":true}",
                "{\"more\":true,\"quality\":\"CLEAR\",\"water\":\"~\",\"number\":2,\"type\":\"bucket\"}",
                "{\"type\":\"dry\",\"buckets\":2,\"until\":\"spring\"}");
        assertThat(answer).isEqualTo(new Dry(2));
        assertThat(heard)
                .containsExactly(new Drawn.Bucket(1, "~", Quality.STRANGE), new Drawn.Bucket(2, "~", Quality.CLEAR));
    }

    @Test
    void aServerRefusesWhatAClientReadsPast() throws Exception {
        serve(Limits.DEFAULT);
        try (var caller = RawConnection.to(house.door(Family.MEMORY))) {
            assertThat(caller.say("{\"type\":\"taste\",\"like\":\"SALTY\"}").hear())
                    .contains("INVALID", "'like' is 'SALTY', not one of CLEAR, STRANGE");
            assertThat(caller.say("{\"type\":\"taste\",\"like\":\"CLEAR\",\"salt\":1}")
                            .hear())
                    .isEqualTo("{\"type\":\"dry\",\"buckets\":1}");
        }
    }

    @Test
    void whatBreaksOffIsAskedAgainOnlyWhileNothingWasHandedOver() throws Exception {
        var heard = new ArrayList<Drawn>();
        var bucket = "{\"type\":\"bucket\",\"number\":1,\"water\":\"~\",\"quality\":\"CLEAR\",\"more\":true}";
        assertThatThrownBy(() -> fromForeignServer(heard, bucket))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNKNOWN));
        assertThat(heard).hasSize(1);
        heard.clear();
        var busy = "{\"type\":\"error\",\"code\":\"BUSY\",\"error\":\"later\",\"retry_after_ms\":1}";
        assertThatThrownBy(() -> fromForeignServer(heard, bucket, busy))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.BUSY));
        assertThat(heard).hasSize(1);
    }

    /// Listens to a program that is none of ours: it says these frames to each of its callers, and hangs up.
    private Dry fromForeignServer(List<Drawn> heard, String... frames) throws Exception {
        var path = house.door(Family.MEMORY);
        try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        try (var peer = new RawConnection(door.accept())) {
                            peer.hear();
                            peer.say(frames);
                        }
                    }
                } catch (IOException e) {
                    // its door was closed
                }
            });
            return house.client(Family.MEMORY).listen(new Well.Draw(2, 1, false), heard::add);
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
