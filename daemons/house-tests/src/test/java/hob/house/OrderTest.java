package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.house.Told.Event;
import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Members come and go in the order of the family, by themselves after a reboot, and each without the others.
@Tag("slow")
@Tag("systemd")
@Timeout(300)
@ParameterizedClass
@EnumSource(Box.Tree.class)
class OrderTest {
    private static final String MEMORY = Family.MEMORY.unit();
    private static final String RAG = Family.RAG.unit();
    private static final List<String> ALL = List.of(MEMORY, RAG);

    private static @Nullable Installed installed;

    private final Box.Tree tree;

    OrderTest(Box.Tree tree) {
        this.tree = tree;
    }

    @BeforeParameterizedClassInvocation
    static void install(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        installed = Installed.in(tree, "--persist", written(tree).toString());
        PlantedMember.plant(installed(), Family.RAG);
    }

    @AfterParameterizedClassInvocation
    static void throwAway(Box.Tree tree) {
        if (installed != null) {
            installed.close();
            Command.run(Path.of("/"), "rm", "-rf", written(tree).toString());
        }
    }

    private static Installed installed() {
        return Objects.requireNonNull(installed);
    }

    private static Path written(Box.Tree tree) {
        return Checkout.root().resolve("target/box/order-" + tree.name().toLowerCase(Locale.ROOT));
    }

    @BeforeEach
    void start() {
        installed().start();
        ALL.forEach(OrderTest::awaitActive);
    }

    private static void awaitActive(String unit) {
        Eventually.await(unit + " is active", () -> isActive(unit));
    }

    private static boolean isActive(String unit) {
        return installed().box().show(unit, "ActiveState").equals("active");
    }

    @Test
    void whoAsksStartsAfterWhomItAsksIsReadyAndEndsBefore() {
        installed().box().said("systemctl stop hob.target");
        assertThat(ALL).noneMatch(OrderTest::isActive);
        installed().box().said("systemctl start hob.target");
        ALL.forEach(OrderTest::awaitActive);

        note("start.after", told(RAG, Event.STARTING) - told(MEMORY, Event.STARTED));
        note("stop.before", told(MEMORY, Event.STOPPING) - told(RAG, Event.STOPPED));
        checkOrder();
    }

    private static void checkOrder() {
        assertThat(told(RAG, Event.STARTING)).as("when rag began").isGreaterThanOrEqualTo(told(MEMORY, Event.STARTED));
        assertThat(told(RAG, Event.STOPPED)).as("when rag ended").isLessThanOrEqualTo(told(MEMORY, Event.STOPPING));
    }

    @Test
    void aMemberThatWaitsForNobodyIsFound() {
        withRagChanged("/^After=/d", () -> {
            installed().box().said("systemctl stop hob.target; systemctl start hob.target");
            assertThatThrownBy(OrderTest::checkOrder).hasMessageContaining("when rag began");
        });
    }

    @Test
    void aMemberThatEndsWithAnotherIsFound() {
        withRagChanged("s/^Wants=/Requires=/", () -> {
            var before = Seen.of("rag");
            installed().box().said("systemctl restart hob-memory");
            awaitActive(RAG);
            assertThatThrownBy(before::assertGoesOn).isInstanceOf(AssertionError.class);
        });
    }

    private static void withRagChanged(String how, Runnable checks) {
        var unit = "/usr/local/lib/systemd/system/" + RAG;
        installed()
                .box()
                .said("cp " + unit + " /root/rag; sed -i '" + how + "' " + unit
                        + "; systemctl daemon-reload; systemctl restart hob-rag");
        try {
            checks.run();
        } finally {
            installed().box().said("systemctl stop hob.target; mv /root/rag " + unit + "; systemctl daemon-reload");
        }
    }

    private static long told(String unit, Event event) {
        return Told.last(installed().box(), unit, event);
    }

    private void note(String what, Object micros) {
        Figures.note("order." + tree.name().toLowerCase(Locale.ROOT) + "." + what, micros, "us");
    }

    @Test
    void whoIsAskedCanBeStartedAnewWithoutWhoAsks() {
        var before = Seen.of("rag");
        installed().box().said("systemctl restart hob-memory");
        before.assertGoesOn();
    }

    @Test
    void whoIsAskedCanDieWithoutWhoAsks() {
        var before = Seen.of("rag");
        var memory = Seen.of("memory");
        installed().box().said("systemctl kill --signal=KILL --kill-who=main hob-memory");
        Eventually.await(
                "it is back", () -> isActive(MEMORY) && Seen.of("memory").isAnotherThan(memory));
        before.assertGoesOn();
        assertThat(Seen.of("memory").door()).as("a door outlives its daemon").isEqualTo(memory.door());
    }

    @Test
    void whoAsksCanBeStartedAnewWithoutWhomItAsks() {
        var before = Seen.of("memory");
        installed().box().said("systemctl restart hob-rag");
        before.assertGoesOn();
    }

    /// A member, as those see it who ask it.
    private record Seen(String word, String door, long pid, long uptimeMs) {
        static Seen of(String word) {
            var pinged = installed().hob("ping", "--json").output();
            return new Seen(
                    word,
                    installed().box().said("stat -c %i /run/hob/" + word + "/sock"),
                    field(pinged, word, "pid"),
                    field(pinged, word, "uptime_ms"));
        }

        private static long field(String pinged, String word, String name) {
            var found = Pattern.compile("\"word\":\"" + word + "\"[^}]*\"" + name + "\":(\\d+)")
                    .matcher(pinged);
            return found.find() ? Long.parseLong(found.group(1)) : -1;
        }

        boolean isAnotherThan(Seen other) {
            return pid > 0 && pid != other.pid;
        }

        void assertGoesOn() {
            assertThat(pid).isPositive();
            var now = of(word);
            assertThat(now.door).isEqualTo(door);
            assertThat(now.pid).isEqualTo(pid);
            assertThat(now.uptimeMs).isGreaterThan(uptimeMs);
        }
    }

    @Test
    void afterAPowerCutAllComeBackByThemselvesWithTheirState() {
        var box = installed().box();
        box.said("hob memory set-block name=kettle text='on the hob'");
        var boot = box.said("cat /proc/sys/kernel/random/boot_id");
        box.cutPower();
        assertThat(box.said("cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
        ALL.forEach(OrderTest::awaitActive);
        assertThat(box.said("hob memory block name=kettle")).contains("on the hob");
        assertThat(told(RAG, Event.STARTING)).isGreaterThanOrEqualTo(told(MEMORY, Event.STARTED));
    }
}
