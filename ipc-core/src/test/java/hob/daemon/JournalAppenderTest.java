package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;
import hob.ipc.Client.Manner;
import hob.ipc.Handlers;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class JournalAppenderTest {
    @Service("memory")
    @For(Who.PERSON)
    sealed interface Room<R extends Record> extends Call<R> {}

    @Query(deadline = "5s")
    record Look(String at) implements Room<Looked> {}

    record Looked(String at) {}

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

    @Test
    void aLineOfACallStandsUnderItsTrace() throws IOException {
        var socket = folder.resolve("socket");
        try (var journal = AFUNIXDatagramChannel.open();
                var house = new TempHouse()) {
            journal.bind(AFUNIXSocketAddress.of(socket));
            var context = new LoggerContext();
            var appender = new JournalAppender(socket, "hob-memory");
            appender.setContext(context);
            appender.start();
            var logger = context.getLogger("test");
            logger.addAppender(appender);
            house.serve(Family.MEMORY, Handlers.of(Room.class).on(Look.class, look -> {
                logger.info("looking at {}", look.at());
                return new Looked(look.at());
            }));
            house.client(Family.MEMORY).ask(new Look("tea"), Manner.USUAL.traced("5f0c"));
            assertThat(hear(journal)).contains("MESSAGE=looking at tea\n", "HOB_TRACE=5f0c\n");
            appender.stop();
        }
    }

    private static String hear(AFUNIXDatagramChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(65536);
        channel.receive(buffer);
        return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
    }
}
