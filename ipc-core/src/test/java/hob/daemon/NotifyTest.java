package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.testing.Eventually;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// The listening side is what systemd's is: a datagram socket, by a path or by an abstract name.
class NotifyTest {
    @TempDir
    Path folder;

    private static AFUNIXDatagramChannel listen(AFUNIXSocketAddress address) throws IOException {
        var channel = AFUNIXDatagramChannel.open();
        channel.bind(address);
        channel.configureBlocking(false);
        channel.setAncillaryReceiveBufferSize(1024);
        return channel;
    }

    /// What was sent is there already. Were it not, a receiver that blocks would wait for ever.
    private static String hear(AFUNIXDatagramChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(4096);
        Eventually.await("systemd is told", () -> isTold(channel, buffer));
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static boolean isTold(AFUNIXDatagramChannel channel, ByteBuffer buffer) {
        try {
            return channel.receive(buffer) != null || buffer.position() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tellsBothFormsOfTheSocket() throws IOException {
        var path = folder.resolve("notify");
        var name = "hob-test-" + UUID.randomUUID();
        try (var atPath = listen(AFUNIXSocketAddress.of(path));
                var atName = listen(AFUNIXSocketAddress.inAbstractNamespace(name));
                var toPath = Notify.to(path.toString());
                var toName = Notify.to("@" + name)) {
            for (var end : List.of(List.of(toPath, atPath), List.of(toName, atName))) {
                var notify = (Notify) end.get(0);
                var systemd = (AFUNIXDatagramChannel) end.get(1);
                notify.ready("answering at\nits door");
                assertThat(hear(systemd)).isEqualTo("READY=1\nSTATUS=answering at its door");
                notify.reloading();
                assertThat(hear(systemd)).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
                notify.alive();
                assertThat(hear(systemd)).isEqualTo("WATCHDOG=1");
                notify.stopping();
                assertThat(hear(systemd)).isEqualTo("STOPPING=1");
            }
        }
    }

    /// A longer datagram would be thrown away whole.
    @Test
    void statusIsCutToWhatSystemdTakes() throws IOException {
        var path = folder.resolve("notify");
        try (var systemd = listen(AFUNIXSocketAddress.of(path));
                var notify = Notify.to(path.toString())) {
            notify.ready("\u6c34".repeat(5000));
            assertThat(hear(systemd)).matches("READY=1\nSTATUS=\u6c34{1000}");
        }
    }

    @Test
    void handsOverADescriptorToKeep() throws Exception {
        var path = folder.resolve("notify");
        var treasure = Files.writeString(folder.resolve("treasure"), "gold");
        try (var systemd = listen(AFUNIXSocketAddress.of(path));
                var notify = Notify.to(path.toString());
                var file = new FileInputStream(treasure.toFile())) {
            notify.keep(file.getFD(), "door");
            assertThat(hear(systemd)).isEqualTo("FDSTORE=1\nFDNAME=door\nFDPOLL=0");
            var received = systemd.getReceivedFileDescriptors();
            assertThat(received).hasSize(1);
            try (var kept = new FileInputStream(received[0])) {
                assertThat(new String(kept.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("gold");
            }
        }
    }

    @Test
    void saysNothingWhereNobodyAsked() throws IOException {
        try (var notify = Notify.to(null)) {
            notify.ready("well");
            notify.stopping();
        }
    }

    @Test
    void aSocketThatIsNotThereIsAClearError() {
        var nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> Notify.to(nowhere.toString())).hasMessageContaining("NOTIFY_SOCKET=" + nowhere);
    }
}
