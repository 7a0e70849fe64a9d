package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import hob.contract.Family;
import hob.testing.Bench;
import hob.testing.Eventually;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What calls leave in the journal, and under which trace.
class CallLogTest {
    private final TempHouse house = new TempHouse();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CallLog.class);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> journal = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var pairs = event.getKeyValuePairs();
            lines.add(event.getLevel() + " " + event.getFormattedMessage() + (pairs == null ? "" : " " + pairs));
        }
    };

    @BeforeEach
    void open() {
        journal.start();
        logger.addAppender(journal);
        var bench = house.keep(new Bench(house.house().folder().resolve("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() throws IOException {
        logger.detachAppender(journal);
        logger.setLevel(null);
        house.close();
    }

    private static String strike(String trace) {
        return "{\"type\":\"strike\",\"purpose\":\"none\",\"trace\":\"" + trace + "\"}";
    }

    @Test
    void whoFailsLeavesALineUnderItsTrace() throws Exception {
        try (var raw = RawConnection.to(house.door(Family.MEMORY))) {
            raw.ask("{\"type\":\"echo\",\"text\":\"tea\",\"trace\":\"t1\"}");
            raw.ask(strike("t2"));
            raw.ask("{\"type\":\"add\",\"amount\":-1,\"trace\":\"t3\"}");
            raw.ask("{\"type\":\"brew\",\"trace\":\"t4\"}");
        }
        var uid = "uid:" + Users.ownUid();
        assertThat(lines)
                .containsExactly(
                        "INFO 'strike' of " + uid + " failed, NOT_FOUND: there is no purpose 'none' [HOB_TRACE=\"t2\"]",
                        "INFO 'add' of " + uid + " failed, INVALID: add: 'amount' is below 0 [HOB_TRACE=\"t3\"]",
                        "INFO 'a frame' of " + uid + " failed, INVALID: memory has no call 'brew' [HOB_TRACE=\"t4\"]");
    }

    @Test
    void whoFailsAllTheTimeDoesNotFillTheJournal() throws Exception {
        try (var raw = RawConnection.to(house.door(Family.MEMORY))) {
            for (int i = 0; i < 3 * CallLog.FAILURES_A_MINUTE; i++) {
                raw.ask(strike("t" + i));
            }
        }
        assertThat(lines).hasSize(CallLog.FAILURES_A_MINUTE);
    }

    @Test
    void theCuriousGetALineForEachCall() throws Exception {
        logger.setLevel(Level.DEBUG);
        var asked = 2 * CallLog.FAILURES_A_MINUTE;
        try (var raw = RawConnection.to(house.door(Family.MEMORY))) {
            for (int i = 0; i < asked; i++) {
                raw.ask(strike("t" + i));
            }
            raw.ask("{\"type\":\"echo\",\"text\":\"tea\",\"trace\":\"t\"}");
        }
        Eventually.await("each has its line", () -> lines.size() > asked); // it comes behind the answer
        assertThat(lines).hasSize(asked + 1);
        assertThat(lines.getLast()).matches("DEBUG 'echo' of uid:\\d+ was answered, in \\d+ .s \\[HOB_TRACE=\"t\"]");
    }
}
