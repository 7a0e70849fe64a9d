package hob.ipc;

import hob.contract.Family;
import hob.contract.Who;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Tells callers apart by what the kernel says of them, and knows who may ask what.
final class DoorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DoorKeeper.class);

    private static final String PEOPLE = "hob";
    private static final String HOUSEHOLD = "hob-";
    private static final String CHORES = HOUSEHOLD + "chore";

    /// Who has no number where this daemon is: under a user's own systemd that is everybody but the user.
    private static final int NOBODY = 65534;

    private static final String AMONG_STRANGERS =
            ", and whoever else knocks is seen as nobody, root too: ask as that user";

    private final House house;
    private final Family member;
    private final int ownUid = Users.ownUid();
    private final Damper damper = new Damper();

    DoorKeeper(House house, Family member) {
        this.house = house;
        this.member = member;
    }

    /// @throws Fault `DENIED`, with what is missing
    Caller whoIs(AFUNIXSocketChannel channel) throws IOException {
        var peer = channel.getPeerCredentials();
        var uid = (int) peer.getUid();
        var pid = peer.getPid();
        if (house.oneUser()) {
            if (uid == ownUid) {
                return new Caller.Housemate(uid, pid);
            }
            if (uid == 0) {
                return new Caller.Person(uid);
            }
            throw denied(uid, pid, "this house is uid " + ownUid + "'s alone" + (uid == NOBODY ? AMONG_STRANGERS : ""));
        }
        if (uid == ownUid) {
            return new Caller.Member(member);
        }
        // One question for the name of the caller, and not one for the uid of everybody: a few microseconds, so that
        // nothing need be kept that could be out of date.
        var user = Users.user(uid).orElse("");
        for (var other : Family.values()) {
            if (user.equals(other.user())) {
                if (!other.asks().contains(member)) {
                    throw denied(uid, pid, "there is no arrow from " + other.word() + " to " + member.word());
                }
                return new Caller.Member(other);
            }
        }
        if (user.equals(CHORES)) {
            return new Caller.Chore();
        }
        if (uid == 0 || isPerson(uid, user)) {
            return new Caller.Person(uid);
        }
        throw denied(uid, pid, "it is no member of the family, and not in the group " + PEOPLE);
    }

    /// @param trace the call's own, or null
    /// @throws Fault `DENIED`, where neither the call nor its room names the caller
    void mayAsk(Caller caller, AFUNIXSocketCredentials peer, CallType call, @Nullable String trace) {
        if (caller.isAmong(call.who().toArray(Who[]::new))) {
            return;
        }
        var named = call.who().stream().map(Who::word).collect(Collectors.joining(", "));
        var missing = member.word() + "'s '" + call.name() + "' is for " + named + ", and not for " + caller.name();
        var _ = damper.say(
                caller.name() + " " + call.name(),
                CallLog.FAILURES_A_MINUTE,
                more -> CallLog.under(trace, warning((int) peer.getUid(), peer.getPid(), missing + more))
                        .log());
        throw new Fault(Fault.Code.DENIED, missing);
    }

    private Fault denied(int uid, long pid, String missing) {
        damper.say("uid " + uid, more -> warning(uid, pid, missing + more).log());
        return new Fault(Fault.Code.DENIED, "uid " + uid + " may not ask " + member.word() + ": " + missing);
    }

    private static LoggingEventBuilder warning(int uid, long pid, String missing) {
        return LOG.atWarn()
                .setMessage("denied uid {} pid {}: {}")
                .addArgument(uid)
                .addArgument(pid)
                .addArgument(missing);
    }

    /// Members and chores are in the group too, to come as far as the doors. Whom nobody can name is no person.
    private static boolean isPerson(int uid, String user) {
        if (user.isEmpty() || user.startsWith(HOUSEHOLD)) {
            return false;
        }
        OptionalInt people = Users.gid(PEOPLE);
        return people.isPresent() && Users.groups(uid).anyMatch(group -> group == people.getAsInt());
    }
}
