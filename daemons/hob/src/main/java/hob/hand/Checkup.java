package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Part;
import hob.contract.HouseCall.Ping;
import hob.contract.HouseCall.Pinged;
import hob.hand.Told.Member;
import hob.hand.Told.State;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.Doorstep;
import hob.ipc.Fault;
import hob.ipc.House;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The truth about one member, within three seconds whatever state it is in.
final class Checkup {
    /// For all of them together: a person waits no longer.
    static final long MILLIS_MOST = 2800;

    /// For both questions. A member that is alive answers within milliseconds, unless the whole machine is at its
    /// limit.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

    /// A door that is being made is there by then.
    private static final Duration KNOCKING = Duration.ofMillis(300);

    /// A daemon looks after its door so often.
    private static final Duration DOOR_MADE_WITHIN = Duration.ofSeconds(10);

    private final Errand errand;
    private final House house;
    private final Remedy remedy;

    Checkup(Errand errand, House house) {
        this.errand = errand;
        this.house = house;
        this.remedy = new Remedy(house);
    }

    Member of(Family member) {
        if (!Errand.isHere(house, member)) {
            return absent(member);
        }
        var until = System.nanoTime() + ANSWER_TIME.toNanos();
        try (var client = new Client(house, member, KNOCKING)) {
            var pinged = client.ask(new Ping(), until(until));
            return answering(member, pinged, health(client, until));
        } catch (Fault fault) {
            return switch (fault.code()) {
                case UNAVAILABLE -> down(member);
                case DENIED ->
                    without(member, State.DENIED, Part.ill("door", fault.getMessage(), house.startCommand(member)));
                case UNKNOWN -> silent(member);
                case INVALID, NOT_FOUND, CONFLICT, BUSY, INTERNAL ->
                    without(
                            member,
                            State.UP,
                            Part.ill(
                                    "answers",
                                    fault.getMessage(),
                                    remedy.restart(member, Doorstep.pid(house, member))));
            };
        }
    }

    /// One who was never looked at to the end.
    Member late(Family member) {
        return hung(member);
    }

    private Manner until(long nanos) {
        return errand.options().manner().within(Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime())));
    }

    private List<Part> health(Client client, long until) {
        try {
            return client.ask(new Health(), until(until)).parts();
        } catch (Fault fault) {
            return List.of(Part.ill("health", fault.getMessage(), "hob status"));
        }
    }

    private Member answering(Family member, Pinged pinged, List<Part> parts) {
        var since = errand.surroundings().clock().instant().minusMillis(pinged.uptimeMs());
        return new Member(
                member.word(),
                State.UP,
                parts.stream().allMatch(Part::ok),
                pinged.pid(),
                since,
                Processes.residentBytes(pinged.pid()),
                pinged.version(),
                parts);
    }

    /// Nobody misses who was never here, unless someone who is here asks them.
    private Member absent(Family member) {
        if (DoorFolders.isGone(house, member)) {
            return without(
                    member,
                    State.DOWN,
                    Part.ill(
                            "door",
                            house.door(member).getParent() + " is gone, and its door with it; it cannot start without",
                            DoorFolders.make(member)));
        }
        var whoAsks = Arrays.stream(Family.values())
                .filter(other -> other.asks().contains(member) && Errand.isHere(house, other))
                .map(Family::word)
                .toList();
        if (whoAsks.isEmpty()) {
            return new Member(member.word(), State.NOT_HERE, true, null, null, null, null, List.of());
        }
        return without(
                member,
                State.DOWN,
                Part.ill(
                        "door",
                        "it is not here, and " + String.join(" and ", whoAsks) + " asks it",
                        house.startCommand(member)));
    }

    private String whyBySystemd(Family member) {
        return house.keeper().isSystemd() ? Units.why(house, member) : "";
    }

    private Member down(Family member) {
        return down(member, whyBySystemd(member));
    }

    /// @param bySystemd what systemd knows of it; empty where it knows nothing
    private Member down(Family member, String bySystemd) {
        var doorless = Doorstep.pidBesideDoor(house, member);
        if (doorless.isPresent()) {
            return doorless(member, doorless);
        }
        var words = LastWords.of(house, member);
        var mistakes = LastWords.ofWrongConfig(house, member);
        if (!mistakes.isEmpty() && !Files.exists(house.door(member))) { // who had a door told them at a reload
            return without(
                    member,
                    State.DOWN,
                    Part.ill(
                            "config",
                            "it is wrong, so that it did not start; mend it, then start it again\n"
                                    + String.join("\n", mistakes),
                            house.startCommand(member)));
        }
        var hindrance = LastWords.hindrance(words);
        if (!hindrance.isEmpty()) {
            return without(
                    member,
                    State.DOWN,
                    Part.ill(
                            "start",
                            "it cannot start, and not before this is mended: " + hindrance,
                            LastWords.command(hindrance).orElse(house.startCommand(member))));
        }
        var why = bySystemd.isEmpty() ? whyDown(member) : bySystemd;
        return without(
                member,
                State.DOWN,
                Part.ill(
                        "process",
                        why + (words.isEmpty() ? "" : "; its last words: " + words),
                        why.contains(Units.NO_START_HELPS)
                                ? LastWords.command(why).orElse(house.startCommand(member))
                                : house.startCommand(member)));
    }

    /// Its process answers behind the name that its door has beside the one at which callers knock.
    private Member doorless(Family member, OptionalLong pid) {
        return of(
                member,
                State.DOWN,
                pid,
                Processes.isStopped(pid.getAsLong())
                        ? stopped(pid.getAsLong())
                        : Part.ill(
                                "door",
                                "its process is there, and its door " + house.door(member) + " is gone: it makes"
                                        + " another within " + DOOR_MADE_WITHIN.toSeconds() + " s, or when it is"
                                        + " started anew",
                                remedy.restart(member, pid)));
    }

    private String whyDown(Family member) {
        return (Files.exists(house.door(member))
                        ? "nobody is behind its door any more: it was killed, or broke down"
                        : "it is not running")
                + (remedy.comesBackByItself(member) ? "; 'scripts/up' is about to start it again" : "");
    }

    /// systemd keeps the door of one who is not there, and callers wait at it.
    private Member silent(Family member) {
        var why = whyBySystemd(member);
        return why.isEmpty() ? hung(member) : down(member, why);
    }

    private Member hung(Family member) {
        var pid = house.keeper().isSystemd() ? Units.pid(house, member) : Doorstep.pid(house, member);
        return of(
                member,
                State.HUNG,
                pid,
                pid.isPresent() && Processes.isStopped(pid.getAsLong())
                        ? stopped(pid.getAsLong())
                        : Part.ill(
                                "process",
                                "it is there, and did not answer within " + ANSWER_TIME.toMillis() + " ms",
                                remedy.restart(member, pid)));
    }

    private static Part stopped(long pid) {
        return Part.ill("process", "it is stopped, by SIGSTOP or a debugger, and answers nothing", "kill -CONT " + pid);
    }

    private static Member without(Family member, State state, Part part) {
        return of(member, state, OptionalLong.empty(), part);
    }

    private static Member of(Family member, State state, OptionalLong pid, Part part) {
        var known = pid.isPresent() ? (Long) pid.getAsLong() : null;
        return new Member(
                member.word(),
                state,
                false,
                known,
                null,
                known == null ? null : Processes.residentBytes(known),
                null,
                List.of(part));
    }
}
