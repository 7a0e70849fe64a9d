package hob.house;

import hob.testing.RawConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/// At a member's door somebody who hears one call of each who knocks, and says to all the same.
final class PlantedDoor implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final byte[] said;

    private PlantedDoor(Path door, byte[] said, int waiting) throws IOException {
        this.said = said;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(door), waiting);
    }

    static PlantedDoor saying(Path door, byte... said) throws IOException {
        var planted = new PlantedDoor(door, said, 16);
        Thread.ofPlatform().daemon().start(planted::letIn);
        return planted;
    }

    /// At which nobody is let in, and only one can wait to be.
    static PlantedDoor opening(Path door) throws IOException {
        return new PlantedDoor(door, new byte[0], 1);
    }

    private void letIn() {
        try {
            while (true) {
                try (var caller = new RawConnection(listener.accept())) {
                    var _ = caller.hear();
                    caller.send(said);
                    if (said.length == 0) {
                        caller.awaitEnd();
                    }
                }
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
