package hob.hand;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What only `hob install-systemd` and `hob uninstall` listen to.
///
/// @param prefix null is where it is by default
record InstallOptions(
        boolean dryRun,
        boolean purge,
        boolean user,
        @Nullable String prefix) {
    /// Where there are none.
    static final InstallOptions NONE = new InstallOptions(false, false, false, null);

    private static final Set<String> NAMES = Set.of("--dry-run", "--purge", "--user", "--prefix");

    /// @param typed those that stand on the line, and their values
    static InstallOptions of(Map<String, String> typed) {
        return typed.keySet().stream().noneMatch(NAMES::contains)
                ? NONE
                : new InstallOptions(
                        typed.containsKey("--dry-run"),
                        typed.containsKey("--purge"),
                        typed.containsKey("--user"),
                        typed.get("--prefix"));
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /// One of those that were given.
    String first() {
        return dryRun ? "--dry-run" : purge ? "--purge" : user ? "--user" : "--prefix";
    }
}
