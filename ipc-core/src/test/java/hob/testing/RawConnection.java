package hob.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One end of a connection, spoken by hand with none of our own code: any bytes at all, and frames. Nothing here waits
/// longer than the guard.
public final class RawConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /// Either end: what was opened here, or was let in.
    public RawConnection(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    public static RawConnection to(Path door) throws IOException {
        return new RawConnection(SocketChannel.open(UnixDomainSocketAddress.of(door)));
    }

    public static byte[] framed(String json) {
        return framed(json.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] framed(byte[] body) {
        return claiming(body.length, body);
    }

    /// A length, and a body that need not be as long.
    public static byte[] claiming(long length, byte[] body) {
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt((int) length)
                .put(body)
                .array();
    }

    public void send(byte... bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            if (channel.write(left) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /// A frame, or several in one write.
    public RawConnection say(String... frames) throws IOException {
        var bodies = Arrays.stream(frames).map(RawConnection::framed).toList();
        var bytes = ByteBuffer.allocate(
                bodies.stream().mapToInt(body -> body.length).sum());
        bodies.forEach(bytes::put);
        send(bytes.array());
        return this;
    }

    /// The beginning of a frame that never ends.
    public RawConnection sayHalf(String json) throws IOException {
        var frame = framed(json);
        send(Arrays.copyOf(frame, frame.length - (frame.length - Integer.BYTES) / 2));
        return this;
    }

    /// As `nc -N` does: it will say no more, and still listens.
    public RawConnection sayNoMore() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /// One call, and the frame that comes next.
    public String ask(String json) throws IOException {
        var answer = say(json).hear();
        if (answer == null) {
            throw new EOFException("the other end has closed");
        }
        return answer;
    }

    /// The next frame, or null at the end.
    public @Nullable String hear() throws IOException {
        var body = hearBytes();
        return body == null ? null : new String(body, StandardCharsets.UTF_8);
    }

    /// The next frame as it came, or null at the end.
    public byte @Nullable [] hearBytes() throws IOException {
        var length = ByteBuffer.allocate(Integer.BYTES);
        if (!fill(length, false)) {
            return null;
        }
        var body = ByteBuffer.allocate(length.getInt(0));
        fill(body, true);
        return body.array();
    }

    /// False when the end was before the first byte, and could be there.
    private boolean fill(ByteBuffer bytes, boolean isAmidFrame) throws IOException {
        while (bytes.hasRemaining()) {
            var isAmid = isAmidFrame || bytes.position() > 0;
            int read;
            try {
                read = channel.read(bytes);
            } catch (IOException reset) {
                throw isAmid ? half(bytes) : reset;
            }
            if (read < 0 && isAmid) {
                throw half(bytes);
            } else if (read < 0) {
                return false;
            } else if (read == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return true;
    }

    private static EOFException half(ByteBuffer bytes) {
        return new EOFException("half a frame: " + bytes.position() + " of " + bytes.capacity() + " bytes");
    }

    /// Whether there is something to hear, or the end, within this time.
    public boolean hears(int milliseconds) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        selector.selectedKeys().clear();
        return selector.select(milliseconds) > 0;
    }

    /// Waits until the other end has closed; what still came is thrown away.
    public void awaitEnd() throws IOException {
        var bytes = ByteBuffer.allocate(1 << 16);
        try {
            for (var read = 0; read >= 0; read = channel.read(bytes.clear())) {
                if (read == 0) {
                    await(SelectionKey.OP_READ);
                }
            }
        } catch (IOException reset) {
            // closed with bytes of ours unread: an end as well
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        selector.selectedKeys().clear();
        if (selector.select(Eventually.GUARD.toMillis()) == 0) {
            throw new AssertionError("nothing came, or was taken, within " + Eventually.GUARD.toSeconds() + " s");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
