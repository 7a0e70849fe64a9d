package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An installation is killed at each of its steps, and a removal, too; whoever runs it again has it whole.
@Tag("slow")
@Tag("install")
@Tag("systemd")
@Timeout(600)
class CutOffInBoxTest {
    private static final String INSTALL = Bare.MEDIUM + "/bin/hob install-systemd";

    private static final String REMOVE = Bare.MEDIUM + "/bin/hob uninstall --purge";

    /// Of twelve steps; a quick one is sometimes over before the kill, which then hits the next.
    private static final int INSTALLS_CUT_OFF_LEAST = 7;

    /// Of nine steps, most of which are over in a millisecond.
    private static final int REMOVALS_CUT_OFF_LEAST = 4;

    /// In each, two are killed.
    private static final int ROUNDS = 5;

    /// The full form is on either.
    static Stream<Bare> machines() {
        return Arrays.stream(Bare.values()).limit(Figures.size(1, 2));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void isFinishedByRunningItAgain(Bare bare) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        try (var box = bare.boot()) {
            var before = Machine.of(box);
            assertThat(box.sh(INSTALL).exit()).isZero();
            var whole = Machine.of(box);
            assertThat(box.sh(REMOVE).exit()).isZero();

            var name = "install." + bare.name().toLowerCase(Locale.ROOT) + ".";
            var installs = cutOffAtEachStep(box, INSTALL);
            Figures.note(name + "cut-off", installs, "installations killed, each in another step");
            assertThat(installs).isGreaterThanOrEqualTo(INSTALLS_CUT_OFF_LEAST);
            assertThat(Machine.of(box)
                            .without(CutOffInBoxTest::differsEachTime)
                            .since(whole.without(CutOffInBoxTest::differsEachTime)))
                    .as("beside an installation that was not cut off")
                    .isEmpty();
            assertThat(box.sh("hob status").output()).containsPattern("memory +well");

            // Whoever thinks better of it in the middle of a removal has it back.
            assertThat(cutOff(box, Bare.MEDIUM + "/bin/hob uninstall")).isTrue();
            assertThat(box.sh(INSTALL).exit()).isZero();
            assertThat(box.sh("hob status").output()).containsPattern("memory +well");
            box.said("systemctl is-enabled hob.target hob-memory");

            var removals = cutOffAtEachStep(box, REMOVE);
            Figures.note(name + "removals-cut-off", removals, "removals killed, each in another step");
            assertThat(removals).isGreaterThanOrEqualTo(REMOVALS_CUT_OFF_LEAST);
            assertThat(Machine.of(box)
                            .without(path -> path.equals("/run/hob-install.lock"))
                            .since(before))
                    .isEmpty();
        }
    }

    static Stream<Arguments> machinesAndSeeds() {
        var random = new Random();
        return Arrays.stream(Bare.values()).map(bare -> Arguments.of(bare, random.nextLong()));
    }

    /// Not only between two things: a release is half copied, a cache half made, a member half started. The next one
    /// goes on from there.
    @Tag("deep")
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("machinesAndSeeds")
    void isFinishedAlsoWhereItIsKilledInTheMidstOfAStep(Bare bare, long seed) {
        assumeTrue(bare.missing().isEmpty(), bare::missing);
        var random = new Random(seed);
        try (var box = bare.boot()) {
            var before = Machine.of(box);
            var began = System.nanoTime();
            assertThat(box.sh(INSTALL).exit()).isZero();
            var millisOfOne = (int) ((System.nanoTime() - began) / 1_000_000);
            var whole = Machine.of(box);
            var killed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(box.sh(REMOVE).exit()).isZero();
                // What the first one did the second one need not do again.
                for (var part : List.of(0.7, 0.3)) {
                    killed += killedAfter(box, (int) (random.nextDouble(part) * millisOfOne)) ? 1 : 0;
                }
                var finished = box.sh(INSTALL);
                assertThat(finished.exit()).as(finished.output()).isZero();
                assertThat(Machine.of(box)
                                .without(CutOffInBoxTest::differsEachTime)
                                .since(whole.without(CutOffInBoxTest::differsEachTime)))
                        .isEmpty();
            }
            assertThat(box.sh("hob status").output()).containsPattern("memory +well");
            Figures.note(
                    "install." + bare.name().toLowerCase(Locale.ROOT) + ".killed-at-any-moment",
                    killed,
                    "of " + 2 * ROUNDS + " installations were at work");
            assertThat(killed).isGreaterThanOrEqualTo(ROUNDS);
            assertThat(box.sh(REMOVE).exit()).isZero();
            assertThat(Machine.of(box)
                            .without(path -> path.equals("/run/hob-install.lock"))
                            .since(before))
                    .isEmpty();
        }
    }

    /// @return whether it was at work still
    private static boolean killedAfter(Box box, int millis) {
        return box.sh("timeout -s KILL %d.%03d %s".formatted(millis / 1000, millis % 1000, INSTALL))
                        .exit()
                == 137;
    }

    /// A cache and a database are never twice the same to the last byte, and a door has a second name of chance.
    private static boolean differsEachTime(String path) {
        return path.endsWith(".aot")
                || path.matches("/var/lib/hob/memory/.*|/run/hob/memory/d.*")
                || path.matches("/etc/(g?shadow|passwd|group)");
    }

    /// Each time it is killed when it has done one thing more, and so is in the midst of the next one.
    ///
    /// @return how often that hit it
    private static int cutOffAtEachStep(Box box, String command) {
        var times = 0;
        while (cutOff(box, command)) {
            times++;
        }
        return times;
    }

    /// In the box, since from outside it would have gone on before it is hit.
    private static boolean cutOff(Box box, String command) {
        var cut = box.sh("""
                exec 3< <(exec %s 2>&1)
                pid=$!
                while IFS= read -r line <&3; do
                    echo "$line"
                    if [[ $line =~ ^\\ +[0-9.]+\\ s ]]; then kill -KILL $pid; break; fi
                done
                wait $pid
                echo "ended with $?"
                """.formatted(command)).output();
        var end = cut.substring(cut.lastIndexOf("ended with ")).strip();
        assertThat(end).as("%s", cut).isIn("ended with 0", "ended with 137");
        return end.equals("ended with 137");
    }
}
