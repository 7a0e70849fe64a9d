package hob.daemon;

import java.util.concurrent.Semaphore;
import sun.misc.Signal;

/// SIGHUP, by which systemd asks for a reload. Several that come while one is at work are one more.
final class Hangups {
    private final Semaphore heard = new Semaphore(0);

    private Hangups() {}

    /// From now on a SIGHUP does not end the process.
    static Hangups listen() {
        var hangups = new Hangups();
        Signal.handle(new Signal("HUP"), _ -> hangups.heard.release());
        return hangups;
    }

    void await() throws InterruptedException {
        heard.acquire();
        heard.drainPermits();
    }
}
