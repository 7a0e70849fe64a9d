package hob.house;

import hob.testing.Box;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What holds for a unit in the end, after all drop-ins, by `systemctl show`; and of that only what its files make
/// other
/// than it would be in a unit that says nothing. So a setting that nobody named here is to be seen as soon as it is
/// changed.
final class Effective {
    /// What tells of the unit and its life, and is no setting.
    private static final Pattern NO_SETTING =
            Pattern.compile(".*(Timestamp|TimestampMonotonic|PID)|Id|Names|FragmentPath"
                    + "|DropInPaths|SourcePath|UnitFile(State|Preset)|Can\\w+|(Active|Sub|Load|Freezer)State|InvocationID"
                    + "|.*(Current|Peak|Available|Bytes|Packets|Operations|NSec)|ControlGroup(Id)?|NeedDaemonReload|Exec(Start|Stop|Reload|Condition)(Pre|Post)?"
                    + "|Result|UID|GID|NRestarts|NFileDescriptorStore|StatusText|StatusErrno|(Condition|Assert)Result|ActivationDetails"
                    + "|Effective\\w+|Followers?|JobId|WatchdogTimestamp\\w*|DebugInvocation");

    /// How 257 says what has more than yes and no, beside saying it the old way.
    private static final Set<String> SAID_TWICE =
            Set.of("PrivateTmpEx", "PrivateUsersEx", "ProtectHostnameEx", "ProtectControlGroupsEx", "PrivatePIDsEx");

    private static final Pattern PROGRAM = Pattern.compile("argv\\[]=(.*?) ; (?:ignore_errors=\\S+|flags=(\\S*)) ;");

    private static final Pattern MEMORY = Pattern.compile("Memory\\w+");
    private static final BigInteger MIB = BigInteger.TWO.pow(20);

    private Effective() {}

    /// All units of the house. They run: how often a watchdog must be told is only known then.
    static SortedMap<String, SortedMap<String, String>> in(Box box) {
        plantSilent(box);
        var all = new TreeMap<String, SortedMap<String, String>>();
        for (var unit : units(box)) {
            all.put(unit, of(box, unit));
        }
        return all;
    }

    static List<String> units(Box box) {
        return box.said(
                        "cd /usr/local/lib/systemd/system && ls -d hob*.{service,target,slice,timer} 2>/dev/null || true")
                .lines()
                .toList();
    }

    static List<String> services(Box box) {
        return units(box).stream().filter(unit -> unit.endsWith(".service")).toList();
    }

    private static void plantSilent(Box box) {
        box.said("""
                cd /run/systemd/system
                printf '[Service]\\nExecStart=/bin/true\\n' >silent.service
                printf '[Unit]\\n' | tee silent.target >silent.slice
                printf '[Timer]\\nOnBootSec=1d\\n' >silent.timer
                systemctl daemon-reload
                """);
    }

    private static SortedMap<String, String> of(Box box, String unit) {
        var silent = settings(box, "silent" + unit.substring(unit.lastIndexOf('.')));
        var settings = settings(box, unit);
        silent.keySet().stream()
                .filter(key -> !settings.containsKey(key))
                .toList()
                .forEach(key -> settings.put(key, ""));
        settings.entrySet().removeIf(setting -> setting.getValue().equals(silent.getOrDefault(setting.getKey(), "")));
        return settings;
    }

    /// Everything that is a setting, in one form.
    static SortedMap<String, String> settings(Box box, String unit) {
        return parse(box.said("systemctl show -- " + unit));
    }

    static SortedMap<String, String> parse(String shown) {
        var settings = new TreeMap<String, String>();
        for (var line : shown.lines().toList()) {
            var equals = line.indexOf('=');
            var key = line.substring(0, Math.max(equals, 0));
            if (!key.isEmpty() && !NO_SETTING.matcher(key).matches() && !SAID_TWICE.contains(key)) {
                settings.merge(
                        key.replaceFirst("^(Exec\\w+)Ex$", "$1"),
                        tidy(key, line.substring(equals + 1)),
                        (one, other) -> one + " " + other);
            }
        }
        return settings;
    }

    /// systemd tells lists in an order of its own.
    private static String tidy(String key, String value) {
        if (key.startsWith("Exec") && value.startsWith("{")) {
            return PROGRAM.matcher(value)
                    .results()
                    .map(program -> program.group(1)
                            + (program.group(2) == null || program.group(2).isEmpty()
                                    ? ""
                                    : " (" + program.group(2) + ")"))
                    .collect(Collectors.joining(" ; "));
        }
        if (MEMORY.matcher(key).matches() && value.matches("\\d+")) {
            var bytes = new BigInteger(value);
            return bytes.mod(MIB).signum() == 0 ? bytes.divide(MIB) + "M" : value;
        }
        return Set.of(
                                "After",
                                "Before",
                                "Wants",
                                "Requires",
                                "RequiresMountsFor",
                                "WantsMountsFor",
                                "SystemCallFilter",
                                "IPAddressDeny",
                                "IPAddressAllow")
                        .contains(key)
                ? Arrays.stream(value.split(" ", -1)).sorted().collect(Collectors.joining(" "))
                : value;
    }
}
