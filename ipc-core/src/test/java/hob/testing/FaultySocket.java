package hob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// A real socket between a real client and a real server that hurts what passes. It stands as the door of a member in
/// a house of its own, with the real door behind it.
public final class FaultySocket implements AutoCloseable {
    private static final byte NEVER_IN_UTF_8 = (byte) 0xff;

    /// The way of the bytes that are hurt.
    public enum Way {
        CALL,
        ANSWER
    }

    /// What a connection suffers once `after` bytes have gone one way; all before them pass untouched.
    public sealed interface Hurt {
        /// The `after` that is never reached.
        Hurt NONE = new Cut(Way.CALL, Long.MAX_VALUE);

        Way way();

        long after();

        /// Both ends are hung up on. What is left of a call stays unread, as where a process ends.
        record Cut(Way way, long after) implements Hurt {}

        /// Nothing more passes until `release`.
        record Stall(Way way, long after) implements Hurt {}

        /// All further bytes become such as no text has.
        record Garbage(Way way, long after) implements Hurt {}

        /// All further bytes come late.
        record Delay(Way way, long after, Duration by) implements Hurt {}
    }

    private final ServerSocketChannel front;
    private final Path file;
    private final Path behind;
    private final IntFunction<Hurt> hurts;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong callBytes = new AtomicLong();
    private final AtomicLong answerBytes = new AtomicLong();

    /// @param hurts what each connection suffers, the first one being 0
    public FaultySocket(Path front, Path behind, IntFunction<Hurt> hurts) {
        this.file = front;
        this.behind = behind;
        this.hurts = hurts;
        try {
            this.front = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            this.front.bind(UnixDomainSocketAddress.of(front));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("faulty door").start(this::letIn);
    }

    public static IntFunction<Hurt> each(Hurt hurt) {
        return _ -> hurt;
    }

    public static IntFunction<Hurt> firstOnly(Hurt hurt) {
        return number -> number == 0 ? hurt : Hurt.NONE;
    }

    private void letIn() {
        try {
            while (true) {
                var client = front.accept();
                open.add(client);
                carry(client, hurts.apply(connections.getAndIncrement()));
            }
        } catch (IOException e) {
            open.forEach(this::hangUp); // the test closed it, as a rule; and where not, its callers hear it
        }
    }

    private void carry(SocketChannel client, Hurt hurt) {
        try {
            var server = SocketChannel.open(UnixDomainSocketAddress.of(behind));
            open.add(server);
            pump(client, server, Way.CALL, hurt, callBytes);
            pump(server, client, Way.ANSWER, hurt, answerBytes);
        } catch (IOException e) {
            hangUp(client); // nobody is behind
        }
    }

    private void pump(SocketChannel from, SocketChannel to, Way way, Hurt hurt, AtomicLong counted) {
        Thread.ofPlatform().daemon().name("faulty " + way).start(() -> {
            try {
                pump(from, to, hurt.way() == way ? hurt : Hurt.NONE, counted);
                if (way == Way.CALL) {
                    to.shutdownOutput(); // a caller that will say no more may still listen
                    return;
                }
            } catch (IOException | InterruptedException e) {
                // One end is gone, so the other hears it too.
            }
            hangUp(from);
            hangUp(to);
        });
    }

    private void pump(SocketChannel from, SocketChannel to, Hurt hurt, AtomicLong counted)
            throws IOException, InterruptedException {
        var buffer = ByteBuffer.allocate(8192);
        var left = hurt.after();
        while (true) {
            if (left == 0 && hurt instanceof Hurt.Cut) {
                cut(from, to, hurt);
                return;
            }
            // Never a byte more than may pass: what is behind it stays in the kernel's hands.
            buffer.clear().limit((int) Math.min(buffer.capacity(), left > 0 ? left : buffer.capacity()));
            if (from.read(buffer) < 0) {
                return;
            }
            buffer.flip();
            if (left == 0) {
                hurt(hurt, buffer);
            } else {
                left -= buffer.remaining();
            }
            counted.addAndGet(buffer.remaining()); // first, so that whoever has the bytes finds them counted
            while (buffer.hasRemaining()) {
                var _ = to.write(buffer);
            }
        }
    }

    private void cut(SocketChannel from, SocketChannel to, Hurt hurt) throws IOException {
        if (hurt.way() == Way.ANSWER && hurt.after() == 0) {
            var first = ByteBuffer.allocate(1);
            var read = from.read(first); // only then there is an answer to be cut
            if (read < 0) {
                return;
            }
        }
        hangUp(from);
        hangUp(to);
    }

    private void hurt(Hurt hurt, ByteBuffer bytes) throws InterruptedException {
        switch (hurt) {
            case Hurt.Cut _ -> throw new IllegalStateException("was cut before");
            case Hurt.Stall _ -> {
                stalled.countDown();
                released.await();
            }
            case Hurt.Garbage _ -> {
                for (int i = bytes.position(); i < bytes.limit(); i++) {
                    bytes.put(i, NEVER_IN_UTF_8);
                }
            }
            case Hurt.Delay delay -> TimeUnit.NANOSECONDS.sleep(delay.by().toNanos());
        }
    }

    private void hangUp(SocketChannel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until something stands still.
    public void awaitStall() throws InterruptedException {
        if (!stalled.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing came to be stalled");
        }
    }

    /// What stood still goes on.
    public void release() {
        released.countDown();
    }

    public int connections() {
        return connections.get();
    }

    /// How many bytes came through, of all connections together.
    public long forwarded(Way way) {
        return (way == Way.CALL ? callBytes : answerBytes).get();
    }

    @Override
    public void close() {
        release();
        try {
            front.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::hangUp);
    }
}
