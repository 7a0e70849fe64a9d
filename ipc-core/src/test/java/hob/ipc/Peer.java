package hob.ipc;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Somebody else's program at one end of a socket: frames by hand, with none of our own code.
final class Peer implements AutoCloseable {
    private final SocketChannel channel;

    private Peer(SocketChannel channel) {
        this.channel = channel;
    }

    static Peer at(Path door) throws IOException {
        return new Peer(SocketChannel.open(UnixDomainSocketAddress.of(door)));
    }

    static ServerSocketChannel door(Path path) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }

    static Peer of(ServerSocketChannel door) throws IOException {
        return new Peer(door.accept());
    }

    /// A frame, or several in one write.
    Peer say(String... frames) throws IOException {
        var size = 0;
        for (var frame : frames) {
            size += 4 + frame.getBytes(StandardCharsets.UTF_8).length;
        }
        var bytes = ByteBuffer.allocate(size);
        for (var frame : frames) {
            var body = frame.getBytes(StandardCharsets.UTF_8);
            bytes.putInt(body.length).put(body);
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    /// The next frame, or null at the end.
    @Nullable
    String hear() throws IOException {
        var length = read(4);
        return length == null ? null : new String(whole(length.getInt()).array(), StandardCharsets.UTF_8);
    }

    private ByteBuffer whole(int bytes) throws IOException {
        var body = read(bytes);
        if (body == null) {
            throw new EOFException("amid a frame");
        }
        return body;
    }

    private @Nullable ByteBuffer read(int bytes) throws IOException {
        var buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new EOFException("amid a frame");
                }
                return null;
            }
        }
        return buffer.flip();
    }

    /// As `nc -N` does: it will say no more, and still listens.
    Peer saysNoMore() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
