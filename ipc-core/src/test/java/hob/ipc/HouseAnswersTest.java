package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.HouseCall;
import hob.contract.HouseCall.Arrows;
import hob.contract.HouseCall.Describe;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Metrics;
import hob.contract.HouseCall.Outcome;
import hob.contract.HouseCall.Part;
import hob.contract.HouseCall.Ping;
import hob.contract.HouseCall.SetLogLevel;
import hob.testing.Bench;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// What every daemon can be asked is answered, once for all of them.
@Tag("wire")
class HouseAnswersTest {
    private final TempHouse house = new TempHouse();
    private final Client memory = house.client(Family.MEMORY);

    @BeforeEach
    void serve() {
        var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
        house.serve(Family.MEMORY, bench.handlers());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void pingSaysWhoIsThere() {
        var pinged = memory.ask(new Ping());
        assertThat(pinged.name()).isEqualTo("memory");
        assertThat(pinged.version()).isEqualTo("0.0.0-test");
        assertThat(pinged.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(pinged.uptimeMs()).isNotNegative();
        assertThat(memory.ask(new Ping()).uptimeMs()).isGreaterThanOrEqualTo(pinged.uptimeMs());
    }

    @Test
    void healthNamesWhatIsIllAndWhatMendsIt() {
        assertThat(memory.ask(new Health()).ok()).isTrue();
        var parts = List.of(Part.well("store"), Part.ill("disk", "it is full", "hob memory prune"));
        house.parts.set(parts);
        var report = memory.ask(new Health());
        assertThat(report.ok()).isFalse();
        assertThat(report.parts()).isEqualTo(parts);
        assertThat(report.arrows()).as("all here share one uid").isEqualTo(Arrows.ADVISORY);
    }

    @Test
    void theLevelOfTheLogIsSet() {
        assertThat(memory.ask(new SetLogLevel(LogLevel.DEBUG)).level()).isEqualTo(LogLevel.DEBUG);
        assertThat(house.logLevel).hasValue(LogLevel.DEBUG);
    }

    @Test
    void anOutcomeIsAskedForByAKey() {
        assertThatThrownBy(() -> memory.ask(new Outcome())).hasMessageContaining("'key' is missing");
        assertThat(memory.ask(new Outcome(), Client.Manner.USUAL.keyed("never")).state())
                .isEqualTo(HouseCall.State.NEVER_BEGUN);
    }

    @Test
    void allThatIsAnsweredIsDescribed() {
        var schema = leaves(memory.ask(new Describe()).schema().text());
        assertThat(schema).containsEntry("/$schema", "https://json-schema.org/draft/2020-12/schema");
        for (var room : List.<Class<?>>of(Workshop.class, HouseCall.class)) {
            for (var call : CallType.in(room)) {
                var at = "/calls/" + call.name();
                assertThat(schema.get(at + "/description"))
                        .as(at)
                        .isEqualTo(call.doc())
                        .isNotBlank();
                assertThat(schema).containsEntry(at + "/kind", call.isChange() ? "change" : "query");
                assertIsDescribed(schema, at + "/call", call.call());
                assertIsDescribed(schema, at + "/answer", call.answer());
                for (int i = 0; i < call.items().size(); i++) {
                    assertIsDescribed(schema, at + "/items/" + i, call.items().get(i));
                }
            }
        }
        for (var call : CallType.in(HouseCall.class)) {
            assertThat(call.call().fields())
                    .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
            assertThat(call.answer().fields())
                    .allSatisfy(field -> assertThat(field.doc()).isNotBlank());
        }
    }

    private static void assertIsDescribed(NavigableMap<String, String> schema, String from, RecordShape shape) {
        assertThat(schema).containsEntry(from + "/$ref", "#/$defs/" + shape.name());
        var at = "/$defs/" + shape.name();
        assertThat(schema).containsEntry(at + "/type", "object");
        var required = schema.entrySet().stream()
                .filter(leaf -> leaf.getKey().matches("\\Q" + at + "/required/\\E\\d+"))
                .map(leaf -> leaf.getValue())
                .toList();
        for (var field : shape.fields()) {
            var properties = at + "/properties/" + field.name();
            if (!field.type().equals("any JSON")) { // of which nothing can be said
                assertThat(schema.ceilingKey(properties + "/")).as(properties).startsWith(properties + "/");
            }
            assertThat(required.contains(field.name())).as(properties).isEqualTo(field.isRequired());
            if (!field.doc().isEmpty()) {
                assertThat(schema).containsEntry(properties + "/description", field.doc());
            }
        }
    }

    /// Every value of a piece of JSON, by the path to it.
    private static NavigableMap<String, String> leaves(String json) {
        var leaves = new TreeMap<String, String>();
        try (var parser = Wire.JSON.createParser(ObjectReadContext.empty(), json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    leaves.put(parser.streamReadContext().pathAsPointer().toString(), parser.getString());
                } else if (token == JsonToken.START_OBJECT) {
                    leaves.putIfAbsent(
                            parser.streamReadContext().pathAsPointer().toString(), "");
                }
            }
        }
        return leaves;
    }

    @Test
    void strangersWordsMakeNoNewSeries() throws Exception {
        memory.ask(new Ping());
        try (var caller = RawConnection.to(house.door(Family.MEMORY))) {
            assertThat(caller.say("{\"type\":\"stranger\"}").hear()).contains("INVALID");
            memory.ask(new Metrics());
            var before = series();
            var strangers = Figures.size(1_000, 100_000);
            for (int i = 0; i < strangers; i++) {
                caller.say("{\"type\":\"stranger_" + i + "\"}").hear();
            }
            assertThat(series()).isEqualTo(before).isPositive();
            assertThat(memory.ask(new Metrics()).text())
                    .contains("hob_refused_total{code=\"INVALID\"} " + (strangers + 1.0))
                    .contains("hob_calls_total{call=\"ping\",code=\"OK\"} 1.0")
                    .doesNotContain("stranger");
            Figures.note("metrics.series_after_unknown_calls", before, "series");
        }
    }

    private long series() {
        return memory.ask(new Metrics())
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
    }
}
