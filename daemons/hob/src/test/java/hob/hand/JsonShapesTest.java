package hob.hand;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import hob.contract.Family;
import hob.hand.Typist.Said;
import hob.ipc.CallType;
import hob.ipc.Description;
import hob.ipc.Spelling;
import hob.testing.Checkout;
import hob.testing.Golden;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// All that is said under `--json` is what its schema in `docs/json` says; another's validator is the judge.
@Tag("hand")
class JsonShapesTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final TempHouse house = new TempHouse();

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void schemasAreWhatTheCodeSays() {
        check("status", Spelling.schema(Told.Status.class));
        check("pings", Spelling.schema(Told.Pings.class));
        check("metrics", Spelling.schema(Told.Metrics.class));
        check("installed", Spelling.schema(Told.Installed.class));
        check("rehearsed", Spelling.schema(Told.Rehearsed.class));
        check("logged", Spelling.schema(Told.Logged.class));
        check("error", Spelling.schema(Told.Error.class));
        check("memory", Description.of(Family.MEMORY, CallType.of(Family.MEMORY)));
    }

    private static void check(String name, String schema) {
        var json = JsonMapper.shared();
        Golden.check(
                file(name), json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(schema)) + "\n");
    }

    private static String file(String name) {
        return "docs/json/" + name + ".json";
    }

    @Test
    void theHouseIsToldByItsSchemas() throws Exception {
        try (var process = Memory.startIn(house)) {
            fits("status", "", said("status"));
            fits("pings", "", said("ping"));
            fits("pings", "", said("ping", "rag"));
            fits("metrics", "", said("metrics"));
            process.kill();
            fits("status", "", said("status"));
            fits("pings", "", said("ping"));
            fits("metrics", "", said("metrics").out());
            fits("error", "", said("metrics").err()); // who is missing, and why
        }
    }

    @Test
    void soAreLines() throws Exception {
        var folder = Files.createDirectory(house.house().folder().resolve("log"));
        Files.writeString(folder.resolve("memory.log"), """
                2026-11-20T05:00:00.5+01:00 answering at /run
                2026-11-20T04:00:01Z warning: denied uid 7 [trace t1]
                """);
        var said = said("logs");
        assertThat(said.out()).isEqualTo("""
                {"type":"logged","at":"2026-11-20T04:00:00.500Z","member":"memory","by":"memory","level":"INFO","text":"answering at /run"}
                {"type":"logged","at":"2026-11-20T04:00:01Z","member":"memory","by":"memory","level":"WARN","text":"denied uid 7","under_trace":"t1"}
                """);
        said.out().lines().forEach(line -> fits("logged", "", line));
    }

    @Test
    void answersAreToldByTheirs() throws Exception {
        try (var _ = Memory.startIn(house)) {
            fits("memory", "block_written", said("memory", "set-block", "name=persona", "text=x"));
            fits("memory", "blocks_read", said("memory", "blocks"));
            fits("memory", "block_history_read", said("memory", "block-history", "name=persona"));
            fits("memory", "pinged", said("memory", "ping"));
            fits("memory", "health_report", said("memory", "health"));
            fits("memory", "described", said("memory", "describe"));
            fits("memory", "log_level_set", said("log-level", "memory", "warn"));
        }
    }

    @Test
    void soAreFailures() {
        for (var words : new String[][] {
            {"memroy"}, {"memory", "blokcs"}, {"rag", "ping"}, {"memory", "block"}, {"status", "--deadline", "x"}
        }) {
            var said = said(words);
            assertThat(said.out()).isEmpty();
            fits("error", "", said.err());
        }
        assertThat(said("memroy").err()).contains("\"exit\":64");
    }

    @Test
    void descriptionsAreSchemas() {
        fitsDialect(said("describe", "memory").out());
        fitsDialect(said("describe", "memory", "set-block").out());
        assertThat(said("describe").out().lines())
                .hasSize(Family.values().length)
                .allSatisfy(JsonShapesTest::fitsDialect);
    }

    private Said said(String... words) {
        var all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        return Typist.in(house).types(all);
    }

    private static void fits(String schema, String definition, Said said) {
        assertThat(said.err()).isEmpty();
        fits(schema, definition, said.out());
    }

    private static void fits(String schema, String definition, String line) {
        var text = Golden.read(Checkout.root().resolve(file(schema)));
        var judge = REGISTRY.getSchema(
                definition.isEmpty()
                        ? text
                        : "{\"$ref\":\"#/$defs/" + definition + "\","
                                + text.strip().substring(1));
        assertThat(line.lines()).hasSize(1);
        assertThat(judge.validate(line, InputFormat.JSON)).as(line).isEmpty();
        assertThat(judge.validate("{\"type\":\"other\"}", InputFormat.JSON)).isNotEmpty();
    }

    private static void fitsDialect(String schema) {
        var dialect = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(dialect.validate(schema, InputFormat.JSON)).isEmpty();
    }
}
