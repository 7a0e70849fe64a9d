package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Figures;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Running members are as little exposed as a JVM can be, also those that need the network.
@Tag("slow")
@Tag("systemd")
class ExposureTest {
    /// What a member says in its 20-needs.conf that speaks to programs of its own machine.
    private static final String LOOPBACK = """
            [Service]
            PrivateNetwork=no
            RestrictAddressFamilies=AF_INET AF_INET6
            IPAddressAllow=localhost
            """;

    /// And one that speaks to providers, but to nobody near. Names are asked for at this machine's own resolver.
    private static final String INTERNET = """
            [Service]
            PrivateNetwork=no
            RestrictAddressFamilies=AF_INET AF_INET6
            IPAddressDeny=
            IPAddressDeny=10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 link-local multicast
            """;

    @ParameterizedTest
    @EnumSource
    void noRunningMemberIsMoreExposedThanItsKind(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree).start()) {
            var box = installed.box();
            for (var service : Effective.services(box)) {
                assertThat(box.show(service, "ActiveState")).isEqualTo("active");
                assertThat(tenths(box, service))
                        .as(service)
                        .isLessThanOrEqualTo(kind(box, service).tenths());
                Figures.note("exposure-of-" + service + "-" + tree, tenths(box, service) / 10.0, "of 10");
            }
            run(box, "hob-loopback", LOOPBACK);
            run(box, "hob-internet", INTERNET);
            assertThat(kind(box, "hob-loopback.service")).isEqualTo(Exposure.LOOPBACK);
            assertThat(tenths(box, "hob-loopback.service")).isLessThanOrEqualTo(Exposure.LOOPBACK.tenths());
            assertThat(kind(box, "hob-internet.service")).isEqualTo(Exposure.INTERNET);
            assertThat(tenths(box, "hob-internet.service")).isLessThanOrEqualTo(Exposure.INTERNET.tenths());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsWeakenedIsSeen(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree)) {
            var box = installed.box();
            for (var weaker : new String[] {
                "PrivateNetwork=no", "NoNewPrivileges=no", "CapabilityBoundingSet=CAP_SYS_ADMIN",
                        "SystemCallFilter=@mount",
                "ProtectSystem=no", "RestrictAddressFamilies=AF_INET", "ProtectHome=no", "RestrictNamespaces=no"
            }) {
                box.said("""
                        mkdir -p /etc/systemd/system/hob-memory.service.d
                        printf '[Service]\\n%s\\n' >/etc/systemd/system/hob-memory.service.d/override.conf
                        systemctl daemon-reload""".formatted(weaker));
                assertThat(tenths(box, "hob-memory.service")).as(weaker).isGreaterThan(Exposure.UNIX_SOCKETS.tenths());
            }
        }
    }

    /// Made of memory's unit, and it runs: with those files it starts.
    private static void run(Box box, String name, String needs) {
        box.said("""
                cd /run/systemd/system
                sed 's/^Type=.*/Type=exec/; s|^ExecStart=.*|ExecStart=%s -cp %s hob.house.Idle|; /^WatchdogSec/d; /^ReadWritePaths/d; /^NoExecPaths/d; /^User/!s|hob/memory|hob/planted|' \
                    /usr/local/lib/systemd/system/hob-memory.service >%s.service
                mkdir -p %s.service.d
                cp /usr/local/lib/systemd/system/hob-memory.service.d/* %s.service.d/
                cat >%s.service.d/20-needs.conf <<'END'
                %sEND
                systemctl daemon-reload
                systemctl start %s
                """.formatted(
                        "/opt/hob/current/runtime/bin/java", Installed.TESTS, name, name, name, name, needs, name));
        assertThat(box.show(name + ".service", "ActiveState")).isEqualTo("active");
    }

    private static Exposure kind(Box box, String service) {
        if (box.show(service, "PrivateNetwork").equals("yes")) {
            return Exposure.UNIX_SOCKETS;
        }
        return box.show(service, "IPAddressAllow").isEmpty() ? Exposure.INTERNET : Exposure.LOOPBACK;
    }

    private static long tenths(Box box, String service) {
        var said = box.said("systemd-analyze security --no-pager " + service);
        var found = Pattern.compile("level for \\S+: (\\d+)\\.(\\d)").matcher(said);
        if (!found.find()) {
            throw new AssertionError(said);
        }
        return Long.parseLong(found.group(1) + found.group(2));
    }
}
