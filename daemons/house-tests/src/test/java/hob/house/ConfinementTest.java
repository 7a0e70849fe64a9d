package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who takes a daemon over has its doors and its state, and nothing else: each attempt fails, for its own reason, and
/// most
/// would not without the sandbox.
@Tag("slow")
@Tag("systemd")
class ConfinementTest {
    private static final String DONE = "done";

    /// Fewer would mean that it is not the sandbox that the attempts run into.
    private static final int DONE_WITHOUT_SANDBOX = 35;

    @ParameterizedTest
    @EnumSource
    void everyAttemptFails(Box.Tree tree) {
        try (var installed = planted(tree)) {
            var box = installed.box();
            assertThat(otherwise(asUnit(box, "hob-probe"), Attempt::answer))
                    .as("attempts in a unit with memory's files that did not end as they must")
                    .isEmpty();
            assertThat(otherwise(
                            inside(box), attempt -> attempt.guard() == Attempt.Guard.PLACE ? attempt.inside() : ".*"))
                    .as("attempts inside the running memory that did not end as they must")
                    .isEmpty();
            Figures.note("attempts-that-failed-" + tree, Attempt.values().length, "attempts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheSandboxMostSucceed(Box.Tree tree) {
        try (var installed = planted(tree)) {
            var box = installed.box();
            var bare = asUnit(box, "probe");
            var done = bare.entrySet().stream()
                    .filter(attempt -> attempt.getValue().equals(DONE))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(done).as("attempts that succeed without the sandbox").hasSizeGreaterThan(DONE_WITHOUT_SANDBOX);
            Figures.note("attempts-that-succeed-without-sandbox-" + tree, done.size(), "attempts");

            box.said("""
                    mkdir -p /run/systemd/system/hob-.service.d
                    printf '[Service]\\nProtectHome=no\\n' >/run/systemd/system/hob-.service.d/11-planted.conf""");
            assertThat(otherwise(asUnit(box, "hob-probe"), Attempt::answer))
                    .as("with ProtectHome=no")
                    .anyMatch(odd -> odd.startsWith("READ_A_HOME"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCanBeWrittenCannotBeExecuted(Box.Tree tree) {
        try (var installed = planted(tree)) {
            var box = installed.box();
            for (var service : Effective.services(box)) {
                assertThat(writableAndExecutable(box, service)).as(service).isEmpty();
            }
            box.said("""
                    mkdir -p /run/systemd/system/hob-memory.service.d
                    printf '[Service]\\nNoExecPaths=\\nNoExecPaths=/\\n' >/run/systemd/system/hob-memory.service.d/99-planted.conf
                    systemctl daemon-reload
                    systemctl restart hob-memory""");
            assertThat(writableAndExecutable(box, "hob-memory.service"))
                    .as("where only '/' is said")
                    .contains("/var/lib/hob/memory", "/tmp");
        }
    }

    private static Installed planted(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the attempts know the calls of x86-64 alone");
        var installed = Installed.in(tree);
        installed.box().said(PLANT);
        return installed.start();
    }

    /// What another user has, and what listens, as open as it can be.
    private static final String PLANT = """
            echo 'u other - "Another"' | systemd-sysusers -
            install -d -m 700 -o other /var/lib/hob/other
            install -d -m 750 -o other /run/hob/other
            echo x >/var/lib/hob/other/open
            (umask 077; echo x >/etc/hob/other.secret)
            install -d -m 755 /run/user /home/planted /run/user/planted /root
            for folder in /home/planted /root /run/user/planted; do echo x >$folder/open; done
            for folder in /tmp /var/tmp; do echo x >$folder/planted.open; done
            for folder in /etc /usr/local /usr/lib/x86_64-linux-gnu /opt/hob /var/lib; do
                echo x >$folder/planted.open
                chmod 666 $folder/planted.open
            done
            mknod -m 666 /dev/planted c 1 3
            perl -e 'shmget(0x484f42, 64, 01666) // die $!'
            cd /run/systemd/system
            cat >planted.socket <<'END'
            [Socket]
            ListenStream=127.0.0.1:7777
            ListenDatagram=127.0.0.1:7777
            ListenDatagram=127.0.0.53:53
            ListenStream=@planted
            ListenStream=/run/planted.sock
            ListenStream=/run/hob/other/sock
            END
            printf '[Service]\\nExecStart=/bin/sleep infinity\\n' >planted.service
            printf '[Service]\\nUser=other\\nSetCredential=key:secret\\nExecStart=/bin/sleep infinity\\n' >other.service
            systemctl daemon-reload
            systemctl start planted.socket other
            """;

    private static final String PROBE = "/opt/hob/current/runtime/bin/java --enable-native-access=ALL-UNNAMED -cp "
            + Installed.TESTS + " hob.house.Attempt ";

    /// With memory's files, and with the drop-in for all daemons if its name begins so.
    private static Map<Attempt, String> asUnit(Box box, String name) {
        return outcomes(box.said("""
                cd /run/systemd/system
                sed -e 's/^Type=.*/Type=oneshot/' -e '/^Restart/d; /^Watchdog/d' \
                    -e 's|^ExecStart=.*|ExecStart=%s %s\\nStandardOutput=truncate:/var/%s.out|' \
                    /usr/local/lib/systemd/system/hob-memory.service >%s.service
                mkdir -p %s.service.d
                cp /usr/local/lib/systemd/system/hob-memory.service.d/* %s.service.d/
                case %s in hob-*) ;; *) sed -i '/^NoExecPaths/d' %s.service ;; esac
                systemctl daemon-reload
                systemctl start %s
                cat /var/%s.out
                """.formatted(
                        PROBE, box.show("hob-memory", "MainPID"), name, name, name, name, name, name, name, name)));
    }

    /// In memory's own namespaces and cgroups, as its user and without a way to more rights. The filter of calls is the
    /// process's own and cannot be had.
    private static Map<Attempt, String> inside(Box box) {
        return outcomes(box.said("""
                for folder in /sys/fs/cgroup/hob.slice/hob-memory.service /sys/fs/cgroup/*/hob.slice/hob-memory.service; do
                    [ ! -e $folder/cgroup.procs ] || echo $$ >$folder/cgroup.procs
                done
                pid=%s
                setpriv --no-new-privs nsenter -t $pid -m -n -i -u -S $(id -u hob-memory) -G $(id -g hob-memory) -- %s $pid
                """.formatted(box.show("hob-memory", "MainPID"), PROBE)));
    }

    private static Map<Attempt, String> outcomes(String said) {
        var outcomes = new EnumMap<Attempt, String>(Attempt.class);
        for (var line : said.lines().toList()) {
            var words = line.split(" ", 2);
            Arrays.stream(Attempt.values())
                    .filter(attempt -> attempt.name().equals(words[0]))
                    .forEach(attempt -> outcomes.put(attempt, words[1]));
        }
        assertThat(outcomes.keySet())
                .as("attempts of which was told:\n%s", said)
                .hasSize(Attempt.values().length);
        return outcomes;
    }

    private static List<String> otherwise(Map<Attempt, String> outcomes, Function<Attempt, String> answer) {
        var odd = new ArrayList<String>();
        outcomes.forEach((attempt, outcome) -> {
            if (!outcome.matches(answer.apply(attempt))) {
                odd.add(attempt + ": " + outcome + " and not " + answer.apply(attempt));
            }
        });
        return odd;
    }

    /// The last mount of a place is the one that is seen.
    private static List<String> writableAndExecutable(Box box, String service) {
        var mounts = new TreeMap<String, String>();
        box.said("cat /proc/" + box.show(service, "MainPID") + "/mountinfo")
                .lines()
                .map(line -> line.split(" ", -1))
                .forEach(fields -> mounts.put(fields[4], fields[5]));
        return mounts.entrySet().stream()
                .filter(mount -> !Arrays.asList(mount.getValue().split(",", -1)).contains("ro")
                        && !Arrays.asList(mount.getValue().split(",", -1)).contains("noexec"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
