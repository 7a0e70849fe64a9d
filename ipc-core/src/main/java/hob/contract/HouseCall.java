package hob.contract;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.CHORE;
import static hob.contract.Who.LLM_PROXY;
import static hob.contract.Who.MATRIX;
import static hob.contract.Who.MEMORY;
import static hob.contract.Who.PERSON;
import static hob.contract.Who.RAG;
import static hob.contract.Who.RUNNER;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every daemon can be asked. It is answered in one place, for all of them.
@For({LLM_PROXY, MEMORY, RUNNER, RAG, AGENT, MATRIX, PERSON, CHORE})
public sealed interface HouseCall<R extends Record> extends Call<R> {

    @Doc("Is anyone there?")
    @Query(deadline = "5s")
    record Ping() implements HouseCall<Pinged> {}

    record Pinged(
            @Doc("The word of the daemon.") @Example("memory")
            String name,

            @Doc("Which Hob it is.") @Example("0.1.0") String version,
            @Doc("Its process.") @Example("4711") long pid,

            @Doc("How long it has been answering.") @Example("86400000")
            long uptimeMs) {}

    @Doc("What is well, what is wrong, and what mends it.")
    @Query(deadline = "10s")
    record Health() implements HouseCall<HealthReport> {}

    record HealthReport(
            @Doc("True when every part is.") boolean ok,

            @Doc("Enforced when each member has a user of its own, advisory when all share one.")
            Arrows arrows,

            @Doc("The parts it stands on.") List<Part> parts) {}

    record Part(
            @Doc("Which part.") @Example("store") String name,
            @Doc("Whether it does its work.") boolean ok,
            @Doc("What is wrong with it.") @Nullable String wrong,
            @Doc("The command that mends it.") @Nullable String mend,

            @Doc("What could be better, although it does its work.") @Nullable
            String note) {
        public static Part well(String name) {
            return new Part(name, true, null, null, null);
        }

        public static Part wellBut(String name, String note, String mend) {
            return new Part(name, true, null, mend, note);
        }

        public static Part ill(String name, String wrong, String mend) {
            return new Part(name, false, wrong, mend, null);
        }
    }

    /// Whether the door-keeper can tell the members of the family apart.
    enum Arrows {
        ENFORCED,
        ADVISORY,
        @Unknown
        UNKNOWN
    }

    @Doc("All that this daemon answers, as JSON Schema.")
    @Query(deadline = "10s")
    record Describe() implements HouseCall<Described> {}

    @FrameMax(bytes = 4 << 20)
    record Described(
            @Doc("A JSON Schema 2020-12 of each call, its items and its answer.")
            @Example("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}")
            Json schema) {}

    @Doc("What was counted and timed since the start.")
    @Query(deadline = "10s")
    record Metrics() implements HouseCall<MetricsRead> {}

    record MetricsRead(
            @Doc("A page in Prometheus' text format.") @Example("hob_connections 3\n")
            String text) {}

    @Doc("Log more, or less, until the next start.")
    @Query(deadline = "5s")
    @For(PERSON)
    record SetLogLevel(
            @Doc("How much to log.") @Example("DEBUG") LogLevel level) implements HouseCall<LogLevelSet> {}

    record LogLevelSet(
            @Doc("How much is logged now.") @Example("DEBUG")
            LogLevel level) {}

    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /// The one query that carries a key: it asks about the call that did.
    @Doc("What became of the call that carried this key?")
    @Query(deadline = "5s")
    record Outcome() implements HouseCall<OutcomeTold> {}

    @FrameMax(bytes = 16 << 20)
    record OutcomeTold(
            @Doc("What is known of it.") @Example("DONE") State state,

            @Doc("The answer that was given, when it is done.")
            @Example("{\"type\":\"heard\",\"turn\":\"t01\"}")
            @Nullable
            Json answer) {}

    enum State {
        NEVER_BEGUN,
        RUNNING,
        DONE,
        /// It was begun, and nobody can say whether it came to its end. It will not be done again.
        UNKNOWN
    }

    @Doc("These keys will not be asked with again, so that they need not be kept.")
    @Query(deadline = "5s")
    record Settled(
            @Doc("At most 1000 keys.") @Example("[\"cli-8841\"]")
            List<String> keys) implements HouseCall<KeysLetGo> {
        public Settled {
            if (keys.size() > 1000) {
                throw new IllegalArgumentException("'keys' has more than 1000 entries");
            }
            keys.forEach(Key::check);
        }
    }

    record KeysLetGo(@Doc("How many of them were known.") int known) {}
}
