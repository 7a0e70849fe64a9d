package hob.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what can only be asked about. Where something can be waited *on*, wait on that.
public final class Eventually {
    /// Long enough for any machine, so that only what never comes is red.
    public static final Duration GUARD = Duration.ofSeconds(30);

    /// Between two looks, so that the one who is waited for gets the processor.
    private static final Duration LOOK = Duration.ofMillis(1);

    private Eventually() {}

    public static void await(String what, BooleanSupplier isSo) {
        await(() -> what, isSo);
    }

    /// For what can only be told in the end, such as what came instead.
    public static void await(Supplier<String> what, BooleanSupplier isSo) {
        var until = System.nanoTime() + GUARD.toNanos();
        var never = new CountDownLatch(1);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - until > 0 || opensWithin(LOOK, never)) {
                throw notSo(what.get());
            }
        }
    }

    public static void await(String what, CountDownLatch latch) {
        if (!opensWithin(GUARD, latch)) {
            throw notSo(what);
        }
    }

    private static boolean opensWithin(Duration time, CountDownLatch latch) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the waiting was interrupted", e);
        }
    }

    private static AssertionError notSo(String what) {
        return new AssertionError("within " + GUARD.toSeconds() + " s it did not come that " + what);
    }
}
