package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `scripts/dev bench start box` makes of what it measured.
class BenchTest {
    @TempDir
    private Path folder;

    @Test
    void eachFigureIsTheMedianTheNinetyFifthAndTheLeastOfItsWay() throws IOException {
        var raw = new StringBuilder();
        for (int i = 20; i >= 1; i--) {
            raw.append("memory shipped ").append(i * 10).append(" ms\n");
            raw.append("memory no_quota ").append(i).append(".5 ms\n");
        }
        raw.append("pss shipped 66.5 MiB\npss no_quota 9 MiB\n");
        Files.writeString(folder.resolve("raw"), raw);
        assertThat(bash("bench_box_summed raw")).isEqualTo("""
                memory shipped ms 110 190 10
                memory no_quota ms 11.5 19.5 1.5
                pss shipped MiB 66.5 66.5 66.5
                pss no_quota MiB 9 9 9
                """);
        assertThat(bash("bench_box_figures systemd252 raw")).contains("""
                systemd252_memory_shipped 110.00 ms
                systemd252_memory_p95_shipped 190.00 ms
                systemd252_memory_least_shipped 10.00 ms
                systemd252_memory_no_quota 11.50 ms
                """);
        assertThat(bash("bench_box_tell raw")).isEqualTo("""
                                                     shipped                      no_quota
                                    median      p95    least      median      p95    least
                memory, ms           110.0    190.0     10.0        11.5     19.5      1.5
                pss, MiB              66.5     66.5     66.5         9.0      9.0      9.0
                """);
    }

    @Test
    void wrongWordsAreToldTheRightOnes() {
        for (var words : new String[] {"", "boxes", "start bx", "start small box", "start box big", "ipc box"}) {
            var said = Command.run(Checkout.root(), "bash", "-c", "scripts/dev bench " + words);
            assertThat(said.exit()).as(words).isEqualTo(64);
            assertThat(said.output()).as(words).startsWith("Say what to measure: 'scripts/dev bench ipc'");
        }
    }

    private String bash(String script) {
        var said = Command.run(
                Checkout.root(),
                "bash",
                "-c",
                "set -euo pipefail; . scripts/lib/bench-box.sh; cd " + folder + "; " + script);
        assertThat(said.exit()).as(said.output()).isZero();
        return said.output();
    }
}
