package hob.ipc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/// Four bytes of big-endian length, then that many bytes of JSON. One for each end of a connection.
///
/// The buffer grows with the bytes that arrive, never with what a length claims.
final class Frames {
    private static final int START_BYTES = 8192;

    private final AFUNIXSocketChannel channel;
    private final Patience patience;
    private final int lengthMost;
    private final @Nullable Allowance allowance;

    private byte[] bytes = new byte[START_BYTES];
    private int from;
    private int to;
    private int allowed;

    /// `System.nanoTime()` of the first byte of a frame that is not complete; 0 when there is none. Others look at it.
    private volatile long readingSince;

    private volatile long writingSince;

    Frames(AFUNIXSocketChannel channel, Patience patience, int lengthMost, @Nullable Allowance allowance) {
        this.channel = channel;
        this.patience = patience;
        this.lengthMost = lengthMost;
        this.allowance = allowance;
    }

    /// Waits for a whole frame. Null when the peer closed between two frames, the one polite place to do so.
    @Nullable
    Frame read() throws IOException {
        release();
        if (to > from) {
            readingSince = now(); // the next frame's first bytes came along with the last one
        }
        while (to - from < Integer.BYTES) {
            if (!fill()) {
                return ended();
            }
        }
        var length = length();
        if (length < 1 || length > lengthMost) {
            throw Fault.invalid("a frame of " + length + " bytes; from 1 to " + lengthMost + " can be");
        }
        take((int) length);
        var whole = Integer.BYTES + (int) length;
        while (to - from < whole) {
            if (!fill(whole)) {
                throw new EOFException("the peer closed inside a frame");
            }
        }
        var frame = new Frame(bytes, from + Integer.BYTES, from + whole);
        from += whole;
        readingSince = 0;
        return frame;
    }

    void write(Outgoing out) throws IOException {
        writingSince = now();
        try {
            for (var left = out.frame(); left.hasRemaining(); ) {
                if (channel.write(left) == 0) {
                    patience.untilWritable();
                }
            }
        } finally {
            writingSince = 0;
        }
    }

    /// When the frame began that is still incomplete, as `System.nanoTime()`; 0 when none has.
    long readingSince() {
        return readingSince;
    }

    long writingSince() {
        return writingSince;
    }

    /// Gives back what the last frame took, but for the bytes of a next one that came along with it.
    void release() {
        if (allowed > 0 && allowance != null) {
            allowance.giveBack(allowed);
            allowed = 0;
        }
        if (bytes.length > Limits.BUFFER_BYTES_KEPT && to - from <= START_BYTES) {
            var left = new byte[START_BYTES];
            System.arraycopy(bytes, from, left, 0, to - from);
            bytes = left;
            to -= from;
            from = 0;
        } else if (from == to) {
            from = 0;
            to = 0;
        }
    }

    private @Nullable Frame ended() throws EOFException {
        if (to == from) {
            return null;
        }
        throw new EOFException("the peer closed inside a frame");
    }

    private long length() {
        var length = 0L;
        for (int i = 0; i < Integer.BYTES; i++) {
            length = (length << 8) | (bytes[from + i] & 0xff);
        }
        return length;
    }

    private void take(int length) {
        if (length > Limits.SMALL_FRAME_BYTES && allowance != null) {
            allowance.take(length);
            allowed = length;
        }
    }

    private boolean fill() throws IOException {
        return fill(START_BYTES);
    }

    /// Reads what is there; makes room for `whole` bytes of a frame, but at most twice what has come.
    private boolean fill(int whole) throws IOException {
        if (from > 0 && bytes.length - from < whole) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, Math.max(whole, bytes.length + 1)));
        }
        patience.untilReadable();
        var read = channel.read(ByteBuffer.wrap(bytes, to, bytes.length - to));
        if (read < 0) {
            return false;
        }
        to += read;
        if (readingSince == 0) {
            readingSince = now();
        }
        return true;
    }

    private static long now() {
        return System.nanoTime() | 1; // never the 0 that says "nothing"
    }
}
