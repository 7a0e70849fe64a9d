package hob.daemon;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.ipc.Door;
import hob.ipc.House;
import hob.ipc.Server;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's door and systemd's copy of it, by which callers wait in the kernel's queue while the daemon is not
/// there, and nobody is refused.
final class Doorway {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);

    /// What the copy is called in systemd's store.
    static final String NAME = "door";

    private final House house;
    private final Family member;
    private final Notify notify;
    private volatile @Nullable Door door;

    Doorway(House house, Family member, Notify notify) {
        this.house = house;
        this.member = member;
        this.notify = notify;
    }

    /// Takes the door back that was kept, if callers still find it; otherwise makes one.
    Door open(OptionalInt kept) throws IOException {
        var back = kept.isPresent() ? Door.takeBack(house, member, kept.getAsInt()) : null;
        if (back != null) {
            back.stayStanding();
            door = back;
            return back;
        }
        return make(kept.isPresent());
    }

    private Door make(boolean anotherWasKept) throws IOException {
        var made = Door.make(house, member);
        if (anotherWasKept) {
            notify.letGo(NAME);
        }
        if (notify.isHeard()) {
            notify.keep(made.descriptor(), NAME);
            made.stayStanding();
        }
        door = made;
        return made;
    }

    /// A door whose file is gone, or another's, is made anew: nobody would find it any more.
    void mend(Server server) {
        if (door().isInPlace()) {
            return;
        }
        try {
            server.goOverTo(make(notify.isHeard()));
            LOG.warn("the door {} was gone or another's; it is made anew", door().path());
        } catch (IOException e) {
            LOG.debug("no new door yet: {}", e.getMessage()); // health says so as long as it lasts
        }
    }

    Part health() {
        return door().isInPlace()
                ? Part.well(NAME)
                : Part.ill(
                        NAME,
                        door().path() + " is gone or another's, so that nobody new finds it",
                        house.restartCommand(member));
    }

    private Door door() {
        return Objects.requireNonNull(door, "not open yet");
    }
}
