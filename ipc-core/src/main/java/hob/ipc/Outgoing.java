package hob.ipc;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A frame on its way out: the body grows behind four bytes that are kept for its length.
final class Outgoing extends OutputStream {
    private static final int START_BYTES = 4096;

    private byte[] bytes = new byte[START_BYTES];
    private int end = Integer.BYTES;

    /// A buffer that one large frame has blown up is not kept for all the small ones after it.
    void begin() {
        if (bytes.length > Limits.BUFFER_BYTES_KEPT) {
            bytes = new byte[START_BYTES];
        }
        end = Integer.BYTES;
    }

    void end() {
        var length = length();
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (length >>> (24 - 8 * i));
        }
    }

    int length() {
        return end - Integer.BYTES;
    }

    @Nullable
    String problem() {
        return Wire.problem(bytes, Integer.BYTES, end);
    }

    /// The body as bytes of its own.
    byte[] body() {
        return Arrays.copyOfRange(bytes, Integer.BYTES, end);
    }

    ByteBuffer frame() {
        return ByteBuffer.wrap(bytes, 0, end);
    }

    /// A body that was written before.
    void fill(byte[] body) {
        begin();
        write(body, 0, body.length);
        end();
    }

    @Override
    public void write(int b) {
        need(1);
        bytes[end++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        need(length);
        System.arraycopy(source, from, bytes, end, length);
        end += length;
    }

    private void need(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
        }
    }
}
