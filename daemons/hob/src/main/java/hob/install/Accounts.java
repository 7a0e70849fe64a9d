package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The users and groups that `sysusers.d` of a release asks for: one for each member, so that a stolen one has nothing
/// of
/// the others'.
record Accounts(List<String> users, List<String> groups) {
    /// Up to here systemd and Debian give numbers to services, from there on to people.
    private static final int SERVICE_MOST = 999;

    static Accounts of(Release release) throws IOException {
        var users = new ArrayList<String>();
        var groups = new ArrayList<String>();
        for (var line : Files.readAllLines(release.units().resolve("sysusers.d/hob.conf"))) {
            var words = line.split("\\s+", -1);
            switch (words[0]) {
                case "u" -> users.add(words[1]);
                case "g" -> groups.add(words[1]);
                default -> {
                    // a comment, or a user's group, which needs both
                }
            }
        }
        return new Accounts(users, groups);
    }

    boolean areThere() throws IOException {
        for (var user : users) {
            if (number("passwd", user).isEmpty()) {
                return false;
            }
        }
        for (var group : groups) {
            if (number("group", group).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Those with a name that a person has already: files that members keep would be theirs.
    List<String> ofPeople() throws IOException {
        var people = new ArrayList<String>();
        for (var user : users) {
            number("passwd", user).filter(uid -> uid > SERVICE_MOST).ifPresent(_ -> people.add("user " + user));
        }
        for (var group : groups) {
            number("group", group).filter(gid -> gid > SERVICE_MOST).ifPresent(_ -> people.add("group " + group));
        }
        return people;
    }

    static void make(Release release) throws IOException {
        Program.run(
                        "systemd-sysusers",
                        release.units().resolve("sysusers.d/hob.conf").toString())
                .orFail();
    }

    void remove() throws IOException {
        for (var user : users) {
            if (isOurs("passwd", user)) {
                Program.run("userdel", user).orFail();
            }
        }
        for (var group : Stream.concat(users.stream(), groups.stream()).toList()) {
            if (isOurs("group", group)) { // a user's own went with the user, on most machines
                Program.run("groupdel", group).orFail();
            }
        }
    }

    boolean areGone() throws IOException {
        for (var user : users) {
            if (isOurs("passwd", user)) {
                return false;
            }
        }
        for (var group : groups) {
            if (isOurs("group", group)) {
                return false;
            }
        }
        return true;
    }

    /// And not a person's, whom nobody may take away for having such a name.
    private static boolean isOurs(String database, String name) throws IOException {
        return number(database, name).filter(number -> number <= SERVICE_MOST).isPresent();
    }

    private static Optional<Integer> number(String database, String name) throws IOException {
        var found = Program.run("getent", database, name);
        return found.isGood() ? Optional.of(Integer.parseInt(found.output().split(":", -1)[2])) : Optional.empty();
    }
}
