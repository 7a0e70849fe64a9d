package hob.house;

import java.util.concurrent.CountDownLatch;

/// A daemon that does nothing, to be looked at from outside.
final class Idle {
    private Idle() {}

    static void main() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
