package hob.up;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Asks a house that is up to start one member anew, and waits for how that went.
final class Again {
    private Again() {}

    /// Says how it went.
    ///
    /// @return how the process ends: 0 if the member answers now
    static int ask(Path house, String word) throws IOException {
        var own = house.resolve("up/again-" + ProcessHandle.current().pid());
        try (var channel = AFUNIXDatagramChannel.open()) {
            channel.bind(AFUNIXSocketAddress.of(own));
            channel.connect(AFUNIXSocketAddress.of(Control.at(house)));
            channel.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
            var buffer = ByteBuffer.allocate(8192);
            channel.receive(buffer);
            var sentence = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
            System.out.println(sentence);
            return sentence.startsWith(word + " answers") ? 0 : 1;
        } finally {
            Files.deleteIfExists(own);
        }
    }
}
