package hob.ipc;

import hob.contract.Family;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

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

    /// What a person types to have it run.
    public String startCommand(Family member) {
        return oneUser ? "scripts/up" : "systemctl start " + member.unit();
    }

    @Override
    public String toString() {
        return Objects.toString(folder);
    }
}
