package hob.ipc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Waits for what others do, in so far as nothing else tells when they have.
final class Until {
    static final int GUARD_SECONDS = 30;

    private Until() {}

    static void holds(String what, BooleanSupplier condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GUARD_SECONDS);
        var never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || never.await(2, TimeUnit.MILLISECONDS)) {
                throw new TimeoutException("it did not come true that " + what);
            }
        }
    }

    static void opens(String what, CountDownLatch latch) throws Exception {
        if (!latch.await(GUARD_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("it did not come to it that " + what);
        }
    }
}
