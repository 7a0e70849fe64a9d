package hob.ipc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Refuses what the JSON parser lets through: bytes that are not UTF-8 to the letter (overlong forms, numbers beyond
/// Unicode) and lone surrogates written as escapes. Plain text without escapes is passed over eight bytes at a time.
final class StrictText {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private StrictText() {}

    /// What is wrong, and at which byte.
    record Problem(String what, int at) {}

    /// What is wrong with these bytes as the text of a frame, or null.
    static @Nullable Problem problem(byte[] bytes, int from, int to) {
        var at = plainUntil(bytes, from, to);
        if (at == to) {
            return null;
        }
        var end = utf8Until(bytes, at, to);
        if (end < to) {
            return new Problem("is not UTF-8", end);
        }
        var lone = loneSurrogate(bytes, at, to);
        return lone < to ? new Problem("has a lone surrogate", lone) : null;
    }

    /// The first byte that is not ASCII, or is a backslash; roughly: the start of the eight in which it lies.
    private static int plainUntil(byte[] bytes, int from, int to) {
        var at = from;
        for (; at + 8 <= to; at += 8) {
            var eight = (long) EIGHT.get(bytes, at);
            var backslash = eight ^ (ONES * '\\');
            var found = ((backslash - ONES) & ~backslash) | eight;
            if ((found & HIGH_BITS) != 0) {
                return at;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] < 0 || bytes[at] == '\\') {
                return at;
            }
        }
        return at;
    }

    private static int utf8Until(byte[] bytes, int from, int to) {
        var decoder = StandardCharsets.UTF_8.newDecoder(); // it reports what it cannot read, and replaces nothing
        var left = ByteBuffer.wrap(bytes, from, to - from);
        var chars = CharBuffer.allocate(Math.min(left.remaining(), 4096));
        while (true) {
            var result = decoder.decode(left, chars, true);
            if (!result.isOverflow()) {
                return left.position();
            }
            chars.clear();
        }
    }

    /// Raw ones were refused as UTF-8; here those that are written as escapes.
    private static int loneSurrogate(byte[] bytes, int from, int to) {
        var expectLow = false;
        for (int at = from; at < to; at++) {
            var start = at;
            var unit = -1;
            if (bytes[at] == '\\' && at + 1 < to) {
                unit = bytes[at + 1] == 'u' && at + 5 < to ? hex(bytes, at + 2) : -1;
                at += unit >= 0 ? 5 : 1;
            }
            var isHigh = unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
            var isLow = unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
            if (expectLow != isLow) {
                return start;
            }
            expectLow = isHigh;
        }
        return expectLow ? to - 1 : to;
    }

    /// Four hexadecimal digits, or -1: the parser will complain of them.
    private static int hex(byte[] bytes, int at) {
        var value = 0;
        for (int i = at; i < at + 4; i++) {
            var digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /// For messages that are made of strangers' words: what could not be sent is replaced, what is too long is cut.
    static String mended(String text, int charsMost) {
        var bytes = text.substring(0, Math.min(text.length(), charsMost)).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
