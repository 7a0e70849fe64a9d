package hob.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A connection spoken by hand, by a peer that knows nothing of Hob but its frames.
public final class RawConnection implements AutoCloseable {
    private final SocketChannel channel;

    public RawConnection(Path door) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(door));
    }

    /// One call, one frame.
    public String ask(String json) throws IOException {
        send(json);
        return readFrame(channel);
    }

    public void send(String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        write(ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body));
    }

    /// The beginning of a frame that never ends.
    public void sendHalf(String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        write(ByteBuffer.allocate(Integer.BYTES + body.length / 2)
                .putInt(body.length)
                .put(body, 0, body.length / 2));
    }

    private void write(ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    public String read() throws IOException {
        return readFrame(channel);
    }

    /// Waits until the other end has closed; what still came is thrown away.
    public void awaitEnd() throws IOException {
        try {
            var bytes = ByteBuffer.allocate(1 << 16);
            while (channel.read(bytes.clear()) >= 0) {
                // thrown away
            }
        } catch (IOException reset) {
            // closed with bytes of ours unread: an end as well
        }
    }

    public static String readFrame(SocketChannel channel) throws IOException {
        var length = read(channel, Integer.BYTES).getInt();
        return StandardCharsets.UTF_8.decode(read(channel, length)).toString();
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other end has closed");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
