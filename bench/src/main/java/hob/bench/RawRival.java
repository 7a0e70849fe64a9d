package hob.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/// Frames alone, with nothing in them: what each kind of socket and thread costs before a byte is understood.
record RawRival(Kind kind, boolean isVirtual) implements Rival {
    private static final int BUFFER_BYTES = 1 << 17;

    enum Kind {
        CHANNEL,
        STREAMS,
        JDK
    }

    /// Both ends of one connection have one.
    private interface Pipe {
        int read(byte[] into, int from) throws IOException;

        void write(byte[] bytes, int length) throws IOException;
    }

    /// `raw-channel-platform`, `raw-streams-virtual`, ...
    static RawRival named(String name) {
        var words = name.split("-", 3);
        if (words.length != 3 || !words[0].equals("raw")) {
            throw new IllegalArgumentException("nobody is named '" + name + "'");
        }
        var kind = Arrays.stream(Kind.values())
                .filter(known -> known.name().equalsIgnoreCase(words[1]))
                .findFirst()
                .orElseThrow();
        return new RawRival(kind, words[2].equals("virtual"));
    }

    @Override
    public Thread.Builder threads() {
        return isVirtual ? Thread.ofVirtual() : Thread.ofPlatform();
    }

    @Override
    public void serve(Path door) throws IOException {
        var callers = listen(door);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    var pipe = callers.call();
                    threads().start(() -> answer(pipe));
                }
            } catch (Exception e) {
                throw new IllegalStateException("nobody is let in any more", e);
            }
        });
    }

    private static void answer(Pipe pipe) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            while (true) {
                pipe.write(buffer, Integer.BYTES + readFrame(pipe, buffer));
            }
        } catch (EOFException e) {
            // the caller has had enough
        } catch (IOException e) {
            throw new IllegalStateException("a connection broke", e);
        }
    }

    @Override
    public Asker connect(Path door) throws IOException {
        var pipe = open(door);
        var out = new byte[BUFFER_BYTES];
        var in = new byte[BUFFER_BYTES];
        return bytes -> {
            ByteBuffer.wrap(out).putInt(bytes);
            pipe.write(out, Integer.BYTES + bytes);
            Rival.check(bytes, readFrame(pipe, in));
        };
    }

    private static int readFrame(Pipe pipe, byte[] buffer) throws IOException {
        var have = 0;
        while (true) {
            var read = pipe.read(buffer, have);
            if (read < 0) {
                throw new EOFException();
            }
            have += read;
            if (have >= Integer.BYTES) {
                var length = ByteBuffer.wrap(buffer).getInt();
                if (have >= Integer.BYTES + length) {
                    return length;
                }
            }
        }
    }

    private Callable<Pipe> listen(Path door) throws IOException {
        return switch (kind) {
            case CHANNEL -> {
                var listener = AFUNIXServerSocketChannel.open();
                listener.bind(AFUNIXSocketAddress.of(door));
                yield () -> pipe(listener.accept());
            }
            case STREAMS -> {
                var listener = AFUNIXServerSocket.bindOn(AFUNIXSocketAddress.of(door));
                yield () -> pipe(listener.accept());
            }
            case JDK -> {
                var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                listener.bind(UnixDomainSocketAddress.of(door));
                yield () -> pipe(listener.accept());
            }
        };
    }

    private Pipe open(Path door) throws IOException {
        return switch (kind) {
            case CHANNEL -> pipe(AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(door)));
            case STREAMS -> pipe(AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(door)));
            case JDK -> pipe(SocketChannel.open(UnixDomainSocketAddress.of(door)));
        };
    }

    private static Pipe pipe(ByteChannel channel) {
        return new Pipe() {
            @Override
            public int read(byte[] into, int from) throws IOException {
                return channel.read(ByteBuffer.wrap(into, from, into.length - from));
            }

            @Override
            public void write(byte[] bytes, int length) throws IOException {
                for (var left = ByteBuffer.wrap(bytes, 0, length); left.hasRemaining(); ) {
                    channel.write(left);
                }
            }
        };
    }

    private static Pipe pipe(AFUNIXSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        return new Pipe() {
            @Override
            public int read(byte[] into, int from) throws IOException {
                return in.read(into, from, into.length - from);
            }

            @Override
            public void write(byte[] bytes, int length) throws IOException {
                out.write(bytes, 0, length);
            }
        };
    }
}
