package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What comes of each attempt in a unit of a user's: with the whole sandbox, with none, and with one setting of it
/// alone, so that what it brings can be told from what the others do.
///
/// @param whole with all that the units say
/// @param bare with nothing of it
/// @param unmapped with all but `PrivateUsers=`
/// @param base with `PrivateUsers=` alone
/// @param single by setting, that and `PrivateUsers=`
record UsersSandbox(
        Map<Attempt, String> whole,
        Map<Attempt, String> bare,
        Map<Attempt, String> unmapped,
        Map<Attempt, String> base,
        Map<String, Map<Attempt, String>> single) {
    private static final Path UNITS = UsersHouse.HOME.resolve(".local/share/systemd/user");
    private static final String USERS = "PrivateUsers";

    /// What becomes of all attempts where systemd does not start what would make them.
    static final String NO_START = "no start";

    /// Settings that mean something only beside another.
    private static final Map<String, String> WITH = Map.of(
            "ExecPaths", "NoExecPaths",
            "BindReadOnlyPaths", "TemporaryFileSystem",
            "SystemCallErrorNumber", "SystemCallFilter");

    /// Attempts begin with files of their own, wherever they may write them.
    private static final Pattern HIDES_THE_STATE =
            Pattern.compile("(?m)^(ProtectHome|ProtectSystem|TemporaryFileSystem)=");

    /// What is to be found and hit, as near to the user as it can be.
    private static final String PLANT = """
            session=/run/user/$(id -u ann)
            install -d -m 700 -o ann /home/ann/.local/state/hob/other $session/hob/other
            for file in /home/ann/open $session/open /home/ann/.config/hob/other.secret \
                    /home/ann/.local/state/hob/other/open /home/ann/.local/state/hob/planted.open; do
                echo x >$file
                chown ann $file
            done
            install -d -m 755 /root
            echo x >/root/open
            for file in /tmp /var/tmp /etc /usr/local /usr/lib/x86_64-linux-gnu /opt/hob; do
                echo x >$file/planted.open
                chmod 666 $file/planted.open
            done
            mknod -m 666 /dev/planted c 1 3
            perl -e 'shmget(0x484f42, 64, 01666) // die $!'
            cd /run/systemd/system
            cat >planted.socket <<END
            [Socket]
            ListenStream=127.0.0.1:7777
            ListenDatagram=127.0.0.1:7777
            ListenDatagram=127.0.0.53:53
            ListenStream=@planted
            ListenStream=/run/planted.sock
            ListenStream=$session/hob/other/sock
            END
            printf '[Service]\\nExecStart=/bin/sleep infinity\\n' >planted.service
            systemctl daemon-reload
            systemctl start planted.socket
            install -d -m 777 /tmp/tried
            test -S $session/bus || ln -s systemd/private $session/bus
            """;

    static UsersSandbox triedBy(UsersHouse ann) throws IOException {
        ann.box().said(PLANT);
        var drops = new LinkedHashMap<String, String>();
        var whole = Files.readString(ann.box().outside(UNITS + "/hob-.service.d/10-hardening.conf"));
        drops.put("whole", whole);
        drops.put("bare", "[Service]\n");
        drops.put("unmapped", whole.replace(USERS + "=yes\n", ""));
        drops.put("base", "[Service]\n" + USERS + "=yes\n");
        settings(whole).forEach((key, lines) -> {
            if (!key.equals(USERS)) {
                drops.put(key, "[Service]\n" + USERS + "=yes\n" + String.join("\n", lines) + "\n");
            }
        });
        var outcomes = run(ann, drops);
        var single = new LinkedHashMap<>(outcomes);
        single.keySet().removeAll(List.of("whole", "bare", "unmapped", "base"));
        single.put(USERS, outcome(outcomes, "base"));
        return new UsersSandbox(
                outcome(outcomes, "whole"),
                outcome(outcomes, "bare"),
                outcome(outcomes, "unmapped"),
                outcome(outcomes, "base"),
                single);
    }

    private static Map<Attempt, String> outcome(Map<String, Map<Attempt, String>> all, String name) {
        return all.getOrDefault(name, Map.of());
    }

    /// The lines of each setting, in their order.
    private static Map<String, List<String>> settings(String text) {
        var settings = new LinkedHashMap<String, List<String>>();
        text.lines().filter(line -> line.matches("[A-Z]\\w+=.*")).forEach(line -> {
            var key = line.substring(0, line.indexOf('='));
            settings.computeIfAbsent(WITH.getOrDefault(key, key), _ -> new ArrayList<>())
                    .add(line);
        });
        return settings;
    }

    /// Memory's own unit with a program that tries, once for each drop-in.
    private static Map<String, Map<Attempt, String>> run(UsersHouse ann, Map<String, String> drops) throws IOException {
        var unit = Files.readString(ann.box().outside(UNITS + "/hob-memory.service"))
                .replaceFirst("(?m)^Type=.*", "Type=oneshot")
                .replaceAll("(?m)^(Restart|Watchdog|NoExecPaths|ExecReload|RuntimeDirectory|BindPaths).*\n", "");
        for (var drop : drops.entrySet()) {
            var name = "try-" + drop.getKey() + ".service";
            var program = "ExecStart=/opt/hob/current/runtime/bin/java --enable-native-access=ALL-UNNAMED -cp "
                    + Installed.TESTS + " hob.house.Attempt " + ann.show("MainPID")
                    + "\nStandardOutput=truncate:/tmp/tried/" + drop.getKey();
            ann.put(UNITS.resolve(name), unit.replaceFirst("(?m)^ExecStart=.*", program.replace("$", "\\$")));
            ann.put(UNITS.resolve(name + ".d/10-tried.conf"), drop.getValue() + ofItsState(drop.getValue()));
        }
        ann.systemctl("daemon-reload");
        var outcomes = new LinkedHashMap<String, Map<Attempt, String>>();
        for (var name : drops.keySet()) {
            ann.box()
                    .said("rm -f /dev/shm/left /run/lock/left /tmp/program " + UsersHouse.STATE
                            + "/{setuid,device,program}");
            var started = ann.run("systemctl", "--user", "start", "try-" + name);
            var said = ann.box().said("cat /tmp/tried/" + name + " 2>/dev/null || true");
            outcomes.put(
                    name,
                    started.exit() == 0
                            ? outcomes(name, said)
                            : noStart(ann.systemctl("show --value -p ExecMainStatus try-" + name)));
        }
        return outcomes;
    }

    /// What the unit itself says of its state, where that has a meaning.
    private static String ofItsState(String drop) {
        return (HIDES_THE_STATE.matcher(drop).find() ? "BindPaths=" + UsersHouse.STATE + "\n" : "")
                + (drop.contains("\nProtectSystem=") && !drop.contains("\nPrivateTmp=") ? "BindPaths=/tmp\n" : "")
                + (drop.contains("\nNoExecPaths=") ? "NoExecPaths=" + UsersHouse.STATE + "\n" : "");
    }

    private static Map<Attempt, String> noStart(String status) {
        var outcomes = new EnumMap<Attempt, String>(Attempt.class);
        for (var attempt : Attempt.values()) {
            outcomes.put(attempt, NO_START + " (" + status + ")");
        }
        return outcomes;
    }

    private static Map<Attempt, String> outcomes(String name, String said) {
        var outcomes = new EnumMap<Attempt, String>(Attempt.class);
        for (var line : said.lines().toList()) {
            var words = line.split(" ", 2);
            Arrays.stream(Attempt.values())
                    .filter(attempt -> attempt.name().equals(words[0]))
                    .forEach(attempt -> outcomes.put(attempt, words[1]));
        }
        assertThat(outcomes.keySet())
                .as("attempts of which was told with %s\n%s", name, said)
                .hasSize(Attempt.values().length);
        return outcomes;
    }

    /// What ends otherwise by one setting, each with how.
    Map<Attempt, String> changedBy(String setting) {
        var before = setting.equals(USERS) ? bare : base;
        var changed = new EnumMap<Attempt, String>(Attempt.class);
        outcome(single, setting).forEach((attempt, answer) -> {
            var was = before.getOrDefault(attempt, "");
            if (!answer.equals(was)) {
                changed.put(attempt, "%s instead of %s".formatted(answer, was));
            }
        });
        return changed;
    }

    List<String> heldTo() {
        return single.keySet().stream()
                .filter(setting -> !changedBy(setting).isEmpty())
                .toList();
    }
}
