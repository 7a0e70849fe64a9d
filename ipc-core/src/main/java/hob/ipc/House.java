package hob.ipc;

import hob.contract.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Where the doors of a family are, and as whom its members run.
///
/// @param keeper who starts its members, and starts them again
public record House(Path folder, Keeper keeper) {
    /// What systemd makes for each user who is there, and a user's own systemd makes doors in.
    private static final Pattern OF_A_USERS_SYSTEMD = Pattern.compile(".*/run/user/\\d+/hob");

    /// Who starts the members of a house, and knows why one of them is not there.
    public enum Keeper {
        /// Each member runs as a user of its own, `hob-<word>`.
        SYSTEMD,
        /// All run as the user whose systemd it is.
        SYSTEMD_OF_A_USER,
        /// `scripts/up` of a checkout, or whoever started them by hand. All run as that user.
        UP;

        public boolean isSystemd() {
            return this != UP;
        }
    }

    /// Each member runs as a user of its own, `hob-<word>`.
    public static House ofMembers(Path folder) {
        return new House(folder, Keeper.SYSTEMD);
    }

    /// All run as the user who started them: in a checkout, or under a user's own systemd, which has one place alone.
    public static House ofOneUser(Path folder) {
        var isOfSystemd = OF_A_USERS_SYSTEMD.matcher(folder.toString()).matches();
        return new House(folder, isOfSystemd ? Keeper.SYSTEMD_OF_A_USER : Keeper.UP);
    }

    /// All members share one uid, so that arrows are advisory.
    public boolean oneUser() {
        return keeper != Keeper.SYSTEMD;
    }

    public Path door(Family member) {
        return folder.resolve(member.word()).resolve("sock");
    }

    /// Whom the kernel must name when one knocks at this member's door; empty where there is no such user.
    OptionalInt uidOf(Family member) {
        return oneUser() ? OptionalInt.of(Users.ownUid()) : Users.uid(member.user());
    }

    /// Root is let in at everybody's private house, and finds its owner there: whose the folder is, whose doors they
    /// are.
    boolean isKeptBy(long uid) {
        try {
            return oneUser()
                    && Users.ownUid() == 0
                    && Integer.toUnsignedLong((Integer) Files.getAttribute(folder, "unix:uid")) == uid;
        } catch (IOException e) {
            return false; // whose it is cannot be seen
        }
    }

    /// What a person types to have it run, where it does not. `scripts/up` starts all of a private house, and is
    /// refused where that is up already: then it is the member alone that is missing.
    public String startCommand(Family member) {
        if (keeper.isSystemd()) {
            return systemctl("start", member);
        }
        return isUp() ? restartCommand(member) : "scripts/up";
    }

    /// What a person types to have it start anew, while the others go on.
    public String restartCommand(Family member) {
        return keeper.isSystemd() ? systemctl("restart", member) : "scripts/dev again " + member.word();
    }

    private String systemctl(String verb, Family member) {
        return "systemctl " + forUser("--user ") + verb + " " + member.unit();
    }

    /// What a person types to read what it said; `options` of `journalctl`, each with a blank before it.
    public String journalCommand(Family member, String options) {
        return "journalctl " + forUser("--user ") + "-u " + member.unit() + options;
    }

    private String forUser(String words) {
        return keeper == Keeper.SYSTEMD_OF_A_USER ? words : "";
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
