package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class DatagramsTest {
    @TempDir
    Path folder;

    private AFUNIXSocketAddress address;

    @BeforeEach
    void address() throws IOException {
        address = AFUNIXSocketAddress.of(folder.resolve("socket"));
    }

    private AFUNIXDatagramChannel listen() throws IOException {
        var channel = AFUNIXDatagramChannel.open();
        channel.bind(address);
        return channel;
    }

    private static String hear(AFUNIXDatagramChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(100);
        channel.receive(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whoIsInterruptedSendsTooAndSoDoOthersAfterwards() throws IOException {
        try (var listener = listen();
                var datagrams = new Datagrams(address)) {
            Thread.currentThread().interrupt();
            datagrams.send(bytes("one"));
            assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
            datagrams.send(bytes("two"));
            assertThat(hear(listener) + " " + hear(listener)).isEqualTo("one two");
        }
    }

    @Test
    void aListenerThatWasStartedAnewIsFound() throws IOException {
        Datagrams datagrams;
        try (var first = listen()) {
            datagrams = new Datagrams(address);
            datagrams.send(bytes("one"));
            assertThat(hear(first)).isEqualTo("one");
        }
        try (datagrams) {
            Files.deleteIfExists(folder.resolve("socket"));
            assertThatThrownBy(() -> datagrams.send(bytes("lost"))).isInstanceOf(IOException.class);
            try (var second = listen()) {
                datagrams.send(bytes("two"));
                assertThat(hear(second)).isEqualTo("two");
            }
        }
    }
}
