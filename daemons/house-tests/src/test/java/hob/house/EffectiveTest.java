package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.ipc.Limits;
import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Figures;
import hob.testing.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the units say is what holds, on a booted system, whatever is read after what.
@Tag("slow")
@Tag("systemd")
class EffectiveTest {
    private static final String PAGE = "docs/units.md";

    /// How many MiB of memory each may take: what thinks needs most, and who only passes on least.
    private static final Map<Family, Integer> MEMORY_MAX = Map.of(
            Family.MEMORY, 512,
            Family.AGENT, 1024,
            Family.MATRIX, 512,
            Family.RAG, 512,
            Family.LLM_PROXY, 256,
            Family.RUNNER, 256);

    /// Threads that a JVM has for itself.
    private static final int JVM_THREADS = 64;

    @TempDir
    Path folder = Path.of("");

    @Test
    void thePageSaysWhatHolds() {
        Arrays.stream(Box.Tree.values())
                .forEach(tree -> assumeTrue(tree.missing().isEmpty(), tree::missing));
        try (var older = Installed.in(Box.Tree.MACHINE).start();
                var newer = Installed.in(Box.Tree.TRIXIE).start()) {
            var version = older.box().said("systemctl --version");
            assumeTrue(
                    version.startsWith("systemd 252"), "the page tells of systemd 252, and this machine has another");
            var on252 = Effective.in(older.box());
            var on257 = Effective.in(newer.box());
            Golden.check(PAGE, EffectivePage.of(on252, on257));
            Figures.note(
                    "settings-that-hold",
                    on252.values().stream().mapToInt(Map::size).sum(),
                    "settings");

            for (var installed : List.of(older, newer)) {
                installed
                        .box()
                        .said(
                                "mkdir -p /etc/systemd/system/hob-memory.service.d; cd /etc/systemd/system/hob-memory.service.d;"
                                        + "printf '[Service]\\nLimitNOFILE=77777\\n' >override.conf");
            }
            assertIsRed(EffectivePage.of(Effective.in(older.box()), on257));
            assertIsRed(EffectivePage.of(on252, Effective.in(newer.box())));
        }
    }

    /// A unit is made anew without it for each of its lines, and is then another.
    @ParameterizedTest
    @EnumSource
    void everyLineHasAnEffect(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree, "--bind", folder + ":/mnt/mutants")) {
            var mutants = new Mutants(installed.box(), folder);
            for (var service : Effective.services(installed.box())) {
                var lines = Setting.of(Checkout.root().resolve("units"), service, mutants.systemd());
                assertThat(mutants.withoutEffect(lines))
                        .as("lines of %s without effect", service)
                        .allMatch(line -> line.isForOlder(lines));
                Figures.note("lines-with-an-effect", lines.size(), "lines of " + service);

                var faults = List.of(
                        new Setting("planted", "Service", "AmbientCapabilities", ""),
                        new Setting("planted", "Service", "NotifyAccess", "main"),
                        new Setting("planted", "Service", "RestartSec", "9"),
                        new Setting("planted", "Unit", "ConditionNothing", "yes"));
                var planted = new ArrayList<>(lines);
                planted.addAll(0, faults);
                assertThat(mutants.withoutEffect(planted)).containsAll(faults);
            }
        }
    }

    /// As in a scratch copy, so that nothing is written.
    private static void assertIsRed(String page) {
        assertThatThrownBy(() -> Checkout.at(Checkout.root(), () -> Golden.check(PAGE, page)))
                .as("a drop-in that changes one setting")
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("77777");
    }

    /// The drop-in for all daemons is for all services whose names begin so: it sandboxes those that timers start, too,
    /// and
    /// lets them load and end.
    @ParameterizedTest
    @EnumSource
    void aChoreIsSandboxedToo(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree)) {
            var box = installed.box();
            box.said("""
                    cat >/run/systemd/system/hob-chore.service <<'END'
                    [Service]
                    Type=oneshot
                    User=hob-memory
                    ExecStart=/opt/hob/current/runtime/bin/java -version
                    END
                    systemctl daemon-reload
                    systemctl start hob-chore
                    """);
            assertThat(box.show("hob-chore", "LoadState")).isEqualTo("loaded");
            assertThat(box.show("hob-chore", "Result")).isEqualTo("success");
            assertThat(box.show("hob-chore", "PrivateNetwork")).isEqualTo("yes");

            box.said("""
                    mkdir -p /run/systemd/system/hob-.service.d
                    printf '[Service]\\nRestart=always\\n' >/run/systemd/system/hob-.service.d/11-planted.conf
                    systemctl daemon-reload
                    """);
            assertThat(box.show("hob-chore", "LoadState")).as("with life in it").isEqualTo("bad-setting");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUnitsAreTheFamilys(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree)) {
            var box = installed.box();
            assertThat(oddities(box)).as("where units and family differ").isEmpty();

            for (var fault : Map.of(
                            "After=hob-rag.service", "After=",
                            "Wants=hob-agent.service", "Wants=",
                            "User=root", "User=",
                            "MemoryMax=600M", "MemoryMax=",
                            "CPUQuotaPeriodSec=100ms", "CPUQuotaPeriodSec=",
                            "TasksMax=64", "TasksMax=",
                            "Environment=HEAP=460m", "heap")
                    .entrySet()) {
                var section = fault.getKey().matches("(After|Wants)=.*") ? "Unit" : "Service";
                box.said("mkdir -p /run/systemd/system/hob-memory.service.d; printf '[" + section + "]\\n"
                        + fault.getKey()
                        + "\\n' >/run/systemd/system/hob-memory.service.d/99-fault.conf; systemctl daemon-reload");
                if (fault.getKey().contains("hob-")) {
                    box.said(
                            "cp /usr/local/lib/systemd/system/hob-memory.service /run/systemd/system/hob-rag.service;"
                                    + "cp /run/systemd/system/hob-rag.service /run/systemd/system/hob-agent.service; systemctl daemon-reload");
                }
                assertThat(oddities(box)).as("with %s", fault.getKey()).anyMatch(odd -> odd.contains(fault.getValue()));
            }
        }
    }

    private static List<String> oddities(Box box) {
        var odd = new ArrayList<String>();
        var users = new HashSet<String>();
        for (var service : Effective.services(box)) {
            var member = Arrays.stream(Family.values())
                    .filter(one -> one.unit().equals(service))
                    .findFirst();
            if (member.isEmpty()) {
                continue; // a chore
            }
            var settings = Effective.settings(box, service);
            compare(odd, service, "After=", asked(member.get(), box), family(settings.get("After")));
            compare(odd, service, "Wants=", asked(member.get(), box), family(settings.get("Wants")));
            compare(odd, service, "Requires=", List.of(), family(settings.get("Requires")));
            compare(odd, service, "User=", member.get().user(), settings.get("User"));
            if (!users.add(settings.get("User"))) {
                odd.add(service + " shares its User= with another");
            }
            limits(odd, member.get(), settings);
        }
        return odd;
    }

    private static List<String> asked(Family member, Box box) {
        var units = Effective.units(box);
        return member.asks().stream()
                .map(Family::unit)
                .filter(units::contains)
                .sorted()
                .toList();
    }

    private static List<String> family(@Nullable String units) {
        return Arrays.stream(Objects.requireNonNullElse(units, "").split(" ", -1))
                .filter(unit -> unit.startsWith("hob-"))
                .sorted()
                .toList();
    }

    private static void limits(List<String> odd, Family member, Map<String, String> settings) {
        var unit = member.unit();
        compare(odd, unit, "MemoryMax=", MEMORY_MAX.get(member) + "M", settings.get("MemoryMax"));
        compare(odd, unit, "CPUQuota=", "500ms", settings.get("CPUQuotaPerSecUSec"));
        compare(odd, unit, "CPUQuotaPeriodSec=", "10ms", settings.get("CPUQuotaPeriodUSec"));
        compare(odd, unit, "TasksMax=", "" + (Limits.DEFAULT.connections() + JVM_THREADS), settings.get("TasksMax"));
        var high = mebibytes("(\\d+)M", settings.get("MemoryHigh"));
        var most = mebibytes("(\\d+)M", settings.get("MemoryMax"));
        var heap = mebibytes("HEAP=(\\d+)m", settings.get("Environment"));
        if (heap >= high || high >= most) {
            odd.add(unit + " has not heap < MemoryHigh= < MemoryMax=: " + heap + ", " + high + ", " + most);
        }
    }

    private static int mebibytes(String form, @Nullable String value) {
        var found = Pattern.compile(form).matcher(Objects.requireNonNullElse(value, ""));
        return found.find() ? Integer.parseInt(found.group(1)) : Integer.MAX_VALUE;
    }

    private static void compare(List<String> odd, String unit, String what, Object wanted, @Nullable Object is) {
        if (!wanted.equals(is)) {
            odd.add(unit + " has " + what + is + " and should have " + wanted);
        }
    }
}
