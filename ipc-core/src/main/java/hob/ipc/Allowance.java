package hob.ipc;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What all large frames of a daemon may take of its memory together.
final class Allowance {
    private final Semaphore bytes;

    Allowance(int bytes) {
        this.bytes = new Semaphore(bytes, true);
    }

    void take(int wanted) {
        try {
            if (!bytes.tryAcquire(wanted, Limits.ALLOWANCE_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Fault.busy(
                        "too many large frames at once; this one is " + wanted + " bytes long", Limits.ALLOWANCE_TIME);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.unavailable("stopped while a frame waited for room", Limits.ALLOWANCE_TIME);
        }
    }

    void giveBack(int taken) {
        bytes.release(taken);
    }
}
