package hob.hand;

import hob.contract.Doc;
import hob.contract.HouseCall.Arrows;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Part;
import hob.install.Course.How;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command itself says under `--json`; what a member says travels through as it is.
final class Told {
    private Told() {}

    record Status(
            @Doc("Where the doors are.") String house,

            @Doc("True when every member that is here is up and well.")
            boolean ok,

            @Doc("Enforced when each member has a user of its own, advisory when all share one.")
            Arrows arrows,

            @Doc("All of the family, in the order of starting.")
            List<Member> members) {}

    record Member(
            @Doc("Its word.") String word,
            @Doc("Whether it answers.") State state,

            @Doc("True when it is up and all its parts are well, or when it is not here and nobody needs it.")
            boolean ok,

            @Doc("Its process.") @Nullable Long pid,
            @Doc("Since when it answers.") @Nullable Instant since,

            @Doc("The memory that its process has resident.") @Nullable
            Long memoryBytes,

            @Doc("Which Hob it is.") @Nullable String version,

            @Doc("Its parts, as it says; what is wrong, and the command that mends it.")
            List<Part> parts) {}

    enum State {
        /// It answers.
        UP,
        /// Nobody answers at its door.
        DOWN,
        /// It is there, and does not answer in time.
        HUNG,
        /// It, or who stands in its place, must not be asked.
        DENIED,
        /// It was never installed in this house.
        NOT_HERE
    }

    record Pings(@Doc("Those who were asked.") List<Answer> members) {}

    record Answer(
            @Doc("Its word.") String word,
            @Doc("Whether it answered.") boolean ok,
            @Doc("After which time.") @Nullable Double answeredMs,
            @Doc("Its process.") @Nullable Long pid,
            @Doc("Which Hob it is.") @Nullable String version,

            @Doc("How long it has been answering.") @Nullable
            Long uptimeMs,

            @Doc("Why it did not.") @Nullable String wrong) {}

    record Metrics(
            @Doc("A page of all members in Prometheus' text format.")
            String text) {}

    record Rehearsed(
            @Doc("Which release; nothing in a checkout.") @Nullable
            String release,

            @Doc("Who opened all it has, in a house that is thrown away.")
            List<Player> members,

            @Doc("How long it took.") long tookMs,

            @Doc("The ahead-of-time cache that was made of it.") @Nullable
            String cache) {}

    record Player(
            @Doc("Its word.") String word,
            @Doc("How many queries it answered.") int queries) {}

    record Logged(
            @Doc("When it was said.") Instant at,

            @Doc("Whom it is about: the word of a member, or 'house' for the house itself.")
            String member,

            @Doc("Who says it: the member, or who starts it: systemd, or 'up' for scripts/up.")
            String by,

            @Doc("How grave it is.") LogLevel level,
            @Doc("What is said.") String text,

            @Doc("The trace of the call in which it was said.") @Nullable
            String underTrace) {}

    record Installed(
            @Doc("The release: its version, and a hash over all that is in it.")
            String release,

            @Doc("True when nothing was done, and only said.")
            boolean dryRun,

            @Doc("What shall hold, in the order in which it is made to.")
            List<Deed> deeds) {}

    record Deed(
            @Doc("What shall hold.") String what,

            @Doc("Whether it was so before, was done now, would be done, or could not be done and is not needed.")
            How how,

            @Doc("How long it took.") long tookMs,
            @Doc("What is to be said beyond.") @Nullable String note) {}

    /// Goes to stderr.
    @SuppressWarnings("AvoidCommonTypeNames") // its name is its `type`, the same as that of the wire
    record Error(
            @Doc("What kind of failure it is.") Exit code,
            @Doc("How the command ends.") int exit,
            @Doc("What is wrong, for people.") String error,

            @Doc("The key of a call that may have been done.") @Nullable
            String callKey) {}
}
