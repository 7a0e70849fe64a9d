package hob.ipc;

import hob.contract.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Where the doors of a family are, and as whom its members run.
///
/// @param oneUser all members share one uid, so that arrows are advisory
public record House(Path folder, boolean oneUser) {
    /// Each member runs as a user of its own, `hob-<word>`.
    public static House ofMembers(Path folder) {
        return new House(folder, false);
    }

    /// All run as the user who started them, such as in a checkout or under a user's own systemd.
    public static House ofOneUser(Path folder) {
        return new House(folder, true);
    }

    public Path door(Family member) {
        return folder.resolve(member.word()).resolve("sock");
    }

    /// Whom the kernel must name when one knocks at this member's door; empty where there is no such user.
    OptionalInt uidOf(Family member) {
        return oneUser ? OptionalInt.of(Users.ownUid()) : Users.uid(member.user());
    }

    /// Root is let in at everybody's private house, and finds its owner there: whose the folder is, whose doors they
    /// are.
    boolean isKeptBy(long uid) {
        try {
            return oneUser
                    && Users.ownUid() == 0
                    && Integer.toUnsignedLong((Integer) Files.getAttribute(folder, "unix:uid")) == uid;
        } catch (IOException e) {
            return false; // whose it is cannot be seen
        }
    }

    /// What a person types to have it run, where it does not. `scripts/up` starts all of a private house, and is
    /// refused where that is up already: then it is the member alone that is missing.
    public String startCommand(Family member) {
        if (!oneUser) {
            return "systemctl start " + member.unit();
        }
        return isUp() ? restartCommand(member) : "scripts/up";
    }

    /// What a person types to have it start anew, while the others go on.
    public String restartCommand(Family member) {
        return oneUser ? "scripts/dev again " + member.word() : "systemctl restart " + member.unit();
    }

    /// Whether `scripts/up` looks after it, so that `scripts/dev again` finds someone: the kernel says so, whatever
    /// files
    /// were left behind.
    public boolean isUp() {
        try (var channel = AFUNIXDatagramChannel.open()) {
            channel.connect(AFUNIXSocketAddress.of(folder.resolve("up/control")));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return Objects.toString(folder);
    }
}
