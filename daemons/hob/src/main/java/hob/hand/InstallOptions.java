package hob.hand;

import java.util.ArrayList;
import java.util.List;
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

    /// Those that stand on the line.
    List<String> given() {
        var given = new ArrayList<String>();
        if (dryRun) {
            given.add("--dry-run");
        }
        if (purge) {
            given.add("--purge");
        }
        if (user) {
            given.add("--user");
        }
        if (prefix != null) {
            given.add("--prefix");
        }
        return given;
    }
}
