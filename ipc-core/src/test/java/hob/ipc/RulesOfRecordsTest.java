package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A record's constructor has the last word on what its fields may hold. What it refuses is the caller's mistake; where
/// it breaks is ours. Either way the conversation goes on.
@Tag("wire")
class RulesOfRecordsTest {
    @Service("memory")
    @For(Who.PERSON)
    sealed interface Calendar<R extends Record> extends Call<R> {
        @Query(deadline = "5s")
        record OnDay(int year, int month, int day) implements Calendar<Told> {
            public OnDay {
                var _ = LocalDate.of(year, month, day);
            }
        }

        @Query(deadline = "5s")
        record InYears(int years) implements Calendar<Told> {
            public InYears {
                var _ = Math.multiplyExact(years, 366);
            }
        }

        @Query(deadline = "5s")
        record Broken(boolean badly) implements Calendar<Told> {
            public Broken {
                if (badly) {
                    throw new IllegalStateException("a rule that breaks");
                }
            }
        }
    }

    record Told(String text) {}

    private final TempHouse house = new TempHouse();
    private final ListAppender<ILoggingEvent> journal = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);

    @BeforeEach
    void open() {
        journal.start();
        logger.addAppender(journal);
        house.serve(
                Family.MEMORY,
                Handlers.of(Calendar.class)
                        .on(Calendar.OnDay.class, _ -> new Told("a day"))
                        .on(Calendar.InYears.class, _ -> new Told("a time"))
                        .on(Calendar.Broken.class, _ -> new Told("whole")));
    }

    @AfterEach
    void close() throws Exception {
        logger.detachAppender(journal);
        house.close();
    }

    @Test
    void whatTimeRefusesIsTheCallersMistake() throws Exception {
        try (var raw = RawConnection.to(house.door(Family.MEMORY))) {
            assertThat(raw.ask("{\"type\":\"on_day\",\"year\":2026,\"month\":13,\"day\":1}"))
                    .contains("\"code\":\"INVALID\"")
                    .contains("on_day: Invalid value for MonthOfYear (valid values 1 - 12): 13");
            assertThat(raw.ask("{\"type\":\"in_years\",\"years\":2147483647}"))
                    .contains("\"code\":\"INVALID\"")
                    .contains("in_years: integer overflow");
            assertThat(raw.ask("{\"type\":\"on_day\",\"year\":2026,\"month\":12,\"day\":1}"))
                    .isEqualTo("{\"type\":\"told\",\"text\":\"a day\"}");
        }
        assertThat(journal.list).noneMatch(event -> event.getLevel() == Level.ERROR);
    }

    @Test
    void aRuleThatBreaksIsABugThatIsLoggedAndTheConversationGoesOn() throws Exception {
        try (var raw = RawConnection.to(house.door(Family.MEMORY))) {
            assertThat(raw.ask("{\"type\":\"broken\",\"badly\":true}"))
                    .contains("\"code\":\"INTERNAL\"")
                    .contains("a bug: see 'journalctl -u hob-memory.service");
            assertThat(raw.ask("{\"type\":\"broken\",\"badly\":false}"))
                    .isEqualTo("{\"type\":\"told\",\"text\":\"whole\"}");
        }
        assertThat(journal.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a rule that breaks"));
    }
}
