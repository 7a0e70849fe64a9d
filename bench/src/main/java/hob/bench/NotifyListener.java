package hob.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Hears what a daemon tells systemd.
final class NotifyListener implements AutoCloseable {
    private final Path path;
    private final AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();

    NotifyListener(Path path) throws IOException {
        this.path = path;
        Files.deleteIfExists(path);
        channel.bind(AFUNIXSocketAddress.of(path));
    }

    Path path() {
        return path;
    }

    /// False where it gave up.
    boolean hearsReady() {
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (true) {
                channel.receive(buffer.clear());
                if (StandardCharsets.UTF_8.decode(buffer.flip()).toString().contains("READY=1")) {
                    return true;
                }
                if (!channel.isOpen()) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false;
        }
    }

    void giveUp() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is closed all the same
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
