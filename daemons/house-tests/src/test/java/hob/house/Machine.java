package hob.house;

import hob.testing.Box;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// All files of a machine that outlive a boot, each with what it is: kind, rights, owner, and what is in it.
///
/// @param files by their paths
record Machine(Map<String, String> files) {
    /// What a machine writes by itself, whoever is installed on it.
    private static final String OWN =
            "/(var/log|var/lib/systemd|var/lib/dbus|var/tmp|tmp|root|mnt|box-init)(/.*)?|/var/lib/\\.box|/etc/(\\.pwd\\.lock|.*-|machine-id|\\.updated|resolv\\.conf)|/var/\\.updated";

    /// With what is in each, for those that an installation may have to do with; of the rest, how long it is.
    static Machine of(Box box) {
        return listed(box, """
                find / /run/hob* -xdev -printf '%p\\t%y %m %u:%g %l %Y\\n'
                find / -xdev -type f -printf '%p\\t%y %m %u:%g %s\\n'
                find /etc /usr/local /opt /srv /home /var -xdev -type f -print0 | xargs -0 md5sum | sed -E 's/^(\\S+)  (.*)/\\2\\t\\1/'
                """);
    }

    /// Also when each file was written, and as which one: nobody has touched it where that is the same.
    static Machine untouched(Box box) {
        return listed(box, "find / -xdev -printf '%p\\t%y %m %u:%g %l %s %T@ %i\\n'");
    }

    private static Machine listed(Box box, String find) {
        var files = new TreeMap<String, String>();
        box.sh(find).output().lines().forEach(line -> {
            var tab = line.indexOf('\t');
            if (tab > 0 && !line.substring(0, tab).matches(OWN)) {
                files.merge(line.substring(0, tab), line.substring(tab + 1), (one, two) -> one + " " + two);
            }
        });
        return new Machine(files);
    }

    /// Where the two differ: what is new, what is gone, and what is another.
    Map<String, String> since(Machine before) {
        var changes = new TreeMap<String, String>();
        files.forEach((path, is) -> {
            var was = before.files.get(path);
            if (was == null) {
                changes.put(path, "new: " + is);
            } else if (!was.equals(is)) {
                changes.put(path, "was " + was + ", is " + is);
            }
        });
        before.files.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> changes.put(path, "gone"));
        return changes;
    }

    Machine without(Predicate<String> path) {
        var left = new TreeMap<>(files);
        left.keySet().removeIf(path);
        return new Machine(left);
    }
}
