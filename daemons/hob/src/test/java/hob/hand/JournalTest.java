package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hob.contract.HouseCall.LogLevel;
import hob.hand.Told.Logged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Entries as `journalctl -o export` prints them.
class JournalTest {
    private static List<Logged> read(byte[] printed) throws IOException {
        var entries = new JournalExport(new ByteArrayInputStream(printed));
        var lines = new ArrayList<Logged>();
        for (var entry = entries.next(); entry != null; entry = entries.next()) {
            lines.add(Journal.logged(entry));
        }
        return lines;
    }

    private static byte[] withStack(String message) {
        var text = message.getBytes(StandardCharsets.UTF_8);
        var printed = new ByteArrayOutputStream();
        printed.writeBytes("__REALTIME_TIMESTAMP=1763611200250000\nMESSAGE\n".getBytes(StandardCharsets.UTF_8));
        printed.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        printed.writeBytes(text);
        printed.writeBytes(
                "\nPRIORITY=3\nHOB_TRACE=t1\n_SYSTEMD_UNIT=hob-memory.service\nSYSLOG_IDENTIFIER=hob-memory\n\n"
                        .getBytes(StandardCharsets.UTF_8));
        return printed.toByteArray();
    }

    @Test
    void unitsOfAUserAreMembersToo() throws IOException {
        assertThat(read("""
                __REALTIME_TIMESTAMP=1763611200000000
                MESSAGE=Started hob-memory.service - Hob: memory.
                USER_UNIT=hob-memory.service
                _SYSTEMD_UNIT=user@1000.service
                _SYSTEMD_USER_UNIT=init.scope
                SYSLOG_IDENTIFIER=systemd
                PRIORITY=6

                __REALTIME_TIMESTAMP=1763611200000001
                MESSAGE=answering
                _SYSTEMD_UNIT=user@1000.service
                _SYSTEMD_USER_UNIT=hob-memory.service
                SYSLOG_IDENTIFIER=hob-memory
                PRIORITY=6

                """.getBytes(StandardCharsets.UTF_8)))
                .extracting(Logged::member, Logged::by, Logged::text)
                .containsExactly(
                        tuple("memory", "systemd", "Started hob-memory.service - Hob: memory."),
                        tuple("memory", "memory", "answering"));
    }

    @Test
    void membersAreToldFromThoseWhoStartThem() throws IOException {
        assertThat(read("""
                -- No entries --
                __CURSOR=s=1
                __REALTIME_TIMESTAMP=1763611200000000
                MESSAGE=Started hob-llm-proxy.service - Hob: llm-proxy.
                UNIT=hob-llm-proxy.service
                _SYSTEMD_UNIT=init.scope
                SYSLOG_IDENTIFIER=systemd
                PRIORITY=6

                __REALTIME_TIMESTAMP=1763611200000001
                MESSAGE=warm
                UNIT=hob-rag.service
                _SYSTEMD_UNIT=hob-memory.service
                PRIORITY=4

                __REALTIME_TIMESTAMP=1763611200000002
                MESSAGE=cut off
                """.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        new Logged(
                                Instant.parse("2025-11-20T04:00:00Z"),
                                "llm-proxy",
                                "systemd",
                                LogLevel.INFO,
                                "Started hob-llm-proxy.service - Hob: llm-proxy.",
                                null),
                        new Logged(
                                Instant.parse("2025-11-20T04:00:00.000001Z"),
                                "memory", // whatever it says of itself
                                "memory",
                                LogLevel.WARN,
                                "warm",
                                null));
    }

    @Test
    void aStackOfCallsIsOneEntry() throws IOException {
        var message = "it failed\n    at hob.memory.Store\n\n_SYSTEMD_UNIT=forged";
        assertThat(read(withStack(message)))
                .containsExactly(new Logged(
                        Instant.parse("2025-11-20T04:00:00.250Z"), "memory", "memory", LogLevel.ERROR, message, "t1"));
    }
}
