package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class JournalAppenderTest {
    @TempDir
    Path folder;

    @Test
    void anEventIsADatagramOfFields() throws IOException {
        var socket = folder.resolve("socket");
        try (var journal = AFUNIXDatagramChannel.open()) {
            journal.bind(AFUNIXSocketAddress.of(socket));
            var context = new LoggerContext();
            var appender = new JournalAppender(socket, "hob-memory");
            appender.setContext(context);
            appender.start();
            var logger = context.getLogger("test");
            logger.addAppender(appender);

            logger.atWarn()
                    .addKeyValue("HOB_TRACE", "5f0c")
                    .addKeyValue("somewhere", "else")
                    .log("said {}", "a\u001b[31m\nPRIORITY=0");
            assertThat(hear(journal)).isEqualTo("""
                            MESSAGE=said a\\x1b[31m\\x0aPRIORITY=0
                            PRIORITY=4
                            SYSLOG_IDENTIFIER=hob-memory
                            HOB_TRACE=5f0c
                            """);

            logger.atError().setCause(new IOException("broken")).log("it failed");
            var long64 = 8;
            var datagram = hear(journal);
            assertThat(datagram)
                    .startsWith("MESSAGE\n")
                    .contains("it failed\njava.io.IOException: broken\n    at hob.");
            assertThat(datagram.substring("MESSAGE\n".length() + long64)).startsWith("it failed");
            appender.stop();
        }
    }

    private static String hear(AFUNIXDatagramChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(65536);
        channel.receive(buffer);
        return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
    }
}
