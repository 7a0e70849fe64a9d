package hob.ipc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who asks, under which trace and key, and until when: what a handler may want to know beside the call itself. A
/// client that is used inside a handler passes it on, so that a deadline only ever shrinks on the way down.
public final class Asked {
    private static final ScopedValue<Asked> CURRENT = ScopedValue.newInstance();

    /// Room for a few hops more in the 200 characters that a key can have.
    private static final int STEM_CHARS_MOST = 160;

    private final Caller caller;
    private final String trace;
    private final @Nullable String key;
    private final long deadline;
    private final AtomicInteger keysGiven = new AtomicInteger();

    /// @param deadline by `System.nanoTime()`
    Asked(Caller caller, @Nullable String trace, @Nullable String key, long deadline) {
        this.caller = caller;
        this.trace = trace == null ? newTrace() : trace;
        this.key = key;
        this.deadline = deadline;
    }

    /// The call that this thread is answering, or null.
    public static @Nullable Asked current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    <T, X extends Throwable> T answering(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /// For work that goes on in another thread on behalf of this call.
    public <T> T carry(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    public Caller caller() {
        return caller;
    }

    public String trace() {
        return trace;
    }

    public @Nullable String key() {
        return key;
    }

    public Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    long deadline() {
        return deadline;
    }

    /// Calls made on behalf of key K are keyed K/1, K/2, ... in the order in which they are made.
    @Nullable
    String nextKey() {
        return key == null ? null : stem(key) + "/" + keysGiven.incrementAndGet();
    }

    /// A key grows at each hop; one that has grown long goes on under a name that is made of it.
    private static String stem(String key) {
        return key.length() <= STEM_CHARS_MOST
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static String newTrace() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }
}
