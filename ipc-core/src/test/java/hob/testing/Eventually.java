package hob.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what can only be asked about. Where something can be waited *on*, wait on that.
public final class Eventually {
    /// Long enough for any machine, so that only what never comes is red.
    public static final Duration GUARD = Duration.ofSeconds(30);

    /// Between two looks, so that the one who is waited for gets the processor.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Eventually() {}

    public static void await(String what, BooleanSupplier isSo) {
        var until = System.nanoTime() + GUARD.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("within " + GUARD.toSeconds() + " s it did not come that " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
