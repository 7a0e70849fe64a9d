package hob.ipc;

import hob.contract.HouseCall.Ping;
import hob.ipc.Client.Asking;
import hob.ipc.Client.NotBegun;
import hob.ipc.Client.PerhapsBegun;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketPair;

/// A daemon's question to itself whether it still answers. Its connection did not come by the queue before the door, so
/// that it has its place however many wait there, after a start too.
public final class Pulse implements AutoCloseable {
    private final Server server;
    private @Nullable Link link;

    Pulse(Server server) {
        this.server = server;
    }

    /// Asks, and says what came instead of the answer; null where it came in time.
    public synchronized @Nullable String wrong(Duration within) {
        var asking = new Asking(
                CallType.of(Ping.class),
                new Ping(),
                System.nanoTime() + within.toNanos(),
                Asked.newTrace(),
                null,
                null,
                null,
                new AtomicBoolean());
        try {
            var asked = open();
            asked.carry(asking);
            return asked.isSound() ? null : "it hung up on itself";
        } catch (NotBegun | PerhapsBegun | Fault e) {
            close(); // a connection of which something is still to come is no good for the next question
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Link open() throws IOException {
        var open = link;
        if (open == null) {
            var pair = AFUNIXSocketPair.open();
            open = Link.over(pair.getSocket1());
            server.welcomeItself(pair.getSocket2());
            link = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }
}
