package hob.ipc;

import hob.testing.Workshop;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A caller that sends any bytes at all. It takes nothing for an answer but a whole frame with a whole record in it.
final class RawCaller implements AutoCloseable {
    private static final int GUARD_MS = 30_000;

    private final SocketChannel channel;

    private RawCaller(SocketChannel channel) {
        this.channel = channel;
    }

    static RawCaller at(Path door) throws IOException {
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(door));
        channel.configureBlocking(false);
        return new RawCaller(channel);
    }

    static byte[] framed(String json) {
        return framed(json.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] framed(byte[] body) {
        return claiming(body.length, body);
    }

    /// A length, and a body that need not be as long.
    static byte[] claiming(long length, byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt((int) length)
                .put(body)
                .array();
    }

    /// False when nobody takes them.
    boolean send(byte... bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                if (channel.write(left) == 0) {
                    await(SelectionKey.OP_WRITE, GUARD_MS);
                }
            }
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /// Sends no more, as `nc -N` does.
    void endSending() throws IOException {
        try {
            channel.shutdownOutput();
        } catch (IOException closed) {
            // then it was closed by the other end already, which is as good
        }
    }

    /// The next answer, whole; null when the connection was closed before its first byte.
    @Nullable
    Record answer() throws IOException {
        var length = read(Integer.BYTES);
        if (length.length == 0) {
            return null;
        }
        var body = read(ByteBuffer.wrap(length).getInt());
        return Objects.requireNonNull(
                Wire.read(new Frame(body, 0, body.length), new Envelope(), true, RawCaller::shape), "no such answer");
    }

    /// The fault that comes next.
    Fault fault() throws IOException {
        if (answer() instanceof FaultFrame.Error error) {
            return FaultFrame.read(error);
        }
        throw new AssertionError("no fault came");
    }

    private static RecordShape shape(String name) {
        return Stream.concat(CallType.in(Workshop.class).stream().map(CallType::answer), Stream.of(FaultFrame.SHAPE))
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("an answer of type " + name));
    }

    /// All of them or, at the end, none.
    private byte[] read(int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            var read = readSome(bytes);
            if (read < 0 && bytes.position() == 0 && count == Integer.BYTES) {
                return new byte[0];
            } else if (read < 0) {
                throw new AssertionError("half an answer: " + bytes.position() + " of " + count + " bytes");
            } else if (read == 0 && !await(SelectionKey.OP_READ, GUARD_MS)) {
                throw new AssertionError("no answer within " + GUARD_MS + " ms");
            }
        }
        return bytes.array();
    }

    private int readSome(ByteBuffer into) {
        try {
            return channel.read(into);
        } catch (IOException reset) { // closed with bytes of ours unread
            return -1;
        }
    }

    /// Whether there is something to read, or the end, within this time.
    boolean hears(int milliseconds) throws IOException {
        return await(SelectionKey.OP_READ, milliseconds);
    }

    private boolean await(int operation, int milliseconds) throws IOException {
        try (var selector = channel.provider().openSelector()) {
            channel.register(selector, operation);
            return selector.select(milliseconds) > 0;
        }
    }

    /// What is left until the other end closes.
    List<Record> rest() throws IOException {
        var rest = new ArrayList<Record>();
        for (var answer = answer(); answer != null; answer = answer()) {
            rest.add(answer);
        }
        return rest;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
