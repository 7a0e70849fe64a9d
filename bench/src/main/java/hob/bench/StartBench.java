package hob.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long members and the command take to start, and how much memory they hold, in each way in which a JVM can be
/// started. All ways take turns, so that a machine that gets busier hurts all alike.
final class StartBench {
    /// The way that `units/jvm.options` and `scripts/up` go.
    private static final String USED = "aot_c1_compact";

    private final List<String> members;
    private final String client;
    private final int rounds;
    private final Path folder;
    private final List<Way> ways;
    private final Report report = new Report();
    private final Map<String, List<Double>> taken = new LinkedHashMap<>();

    private StartBench(List<String> members, String client, int rounds, Path folder, List<Way> ways) {
        this.members = members;
        this.client = client;
        this.rounds = rounds;
        this.folder = folder;
        this.ways = ways;
    }

    /// @param args where the figures go; 'small' or 'full'; the JDK's java; the release's folder; the client's class;
    ///     then the members
    static void main(String[] args) throws Exception {
        var release = Path.of(args[3]);
        var folder = Files.createTempDirectory("hob"); // short: a socket's path has 107 bytes
        try {
            var ways = Way.all(args[2], release, folder);
            for (var way : ways) {
                way.prepare();
            }
            var rounds = args[1].equals("small") ? 3 : 30;
            var bench = new StartBench(List.of(args).subList(5, args.length), args[4], rounds, folder, ways);
            bench.run();
            bench.tell();
            bench.report.write(Path.of(args[0]));
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        for (int round = -1; round < rounds; round++) { // the first one only fills the kernel's caches
            for (var way : ways) {
                for (var member : members) {
                    start(way, member, round >= 0);
                }
            }
        }
    }

    private void start(Way way, String member, boolean counts) throws IOException, InterruptedException {
        try (var started = Started.member(way, member, folder)) {
            var began = System.nanoTime();
            var ticks = Started.ticksOfChildren();
            var process = way.start(client, folder, "ping", member);
            var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("the client did not run: " + words);
            }
            var pingMillis = (System.nanoTime() - began) / 1e6;
            var pingCpu = (Started.ticksOfChildren() - ticks) * Started.MILLIS_PER_TICK;
            if (counts) {
                take(member, "ready", way, started.readyMillis());
                take(member, "cpu", way, started.cpuMillis());
                take("ping", "ready", way, pingMillis);
                take("ping", "cpu", way, pingCpu);
                take(member, "rss", way, started.kibibytes("Rss") / 1024);
                take(member, "pss", way, started.kibibytes("Pss") / 1024);
            }
        }
    }

    private void take(String who, String what, Way way, double value) {
        taken.computeIfAbsent(who + "_" + what + "_" + way.name(), _ -> new ArrayList<>())
                .add(value);
    }

    private void tell() {
        for (var member : members) {
            report.title("Start of " + member + " until READY=1, ms of " + rounds
                    + " starts; CPU until then, ms; memory after a call, MiB");
            report.row("%-18s %8s %8s %8s %8s %8s %8s", "way", "median", "p95", "least", "CPU", "RSS", "PSS");
            for (var way : ways) {
                var ready = of(member, "ready", way);
                report.row(
                        "%-18s %8.0f %8.0f %8.0f %8.0f %8.1f %8.1f",
                        way.name(),
                        at(ready, 0.5),
                        at(ready, 0.95),
                        at(ready, 0),
                        at(of(member, "cpu", way), 0.5),
                        at(of(member, "rss", way), 0.5),
                        at(of(member, "pss", way), 0.5));
                figures(member, way);
                report.figure(member + "_rss_" + way.name(), at(of(member, "rss", way), 0.5), "MiB");
                report.figure(member + "_pss_" + way.name(), at(of(member, "pss", way), 0.5), "MiB");
            }
        }
        report.title("A ping by " + client + ", start of the process to its end, ms; its CPU, ms");
        report.row("%-18s %8s %8s %8s %8s", "way", "median", "p95", "least", "CPU");
        for (var way : ways) {
            var whole = of("ping", "ready", way);
            report.row(
                    "%-18s %8.0f %8.0f %8.0f %8.0f",
                    way.name(), at(whole, 0.5), at(whole, 0.95), at(whole, 0), at(of("ping", "cpu", way), 0.5));
            figures("ping", way);
        }
        for (var way : ways) {
            if (way.name().equals(USED)) {
                members.forEach(member -> goal(member + " to READY", at(of(member, "ready", way), 0.5), 400, "ms"));
                goal("ping", at(of("ping", "ready", way), 0.5), 250, "ms");
                members.forEach(member -> goal(member + " resident", at(of(member, "rss", way), 0.5), 80, "MiB"));
            }
        }
    }

    private void figures(String who, Way way) {
        var ready = of(who, "ready", way);
        report.figure(who + "_" + way.name(), at(ready, 0.5), "ms");
        report.figure(who + "_p95_" + way.name(), at(ready, 0.95), "ms");
        report.figure(who + "_least_" + way.name(), at(ready, 0), "ms");
        report.figure(who + "_cpu_" + way.name(), at(of(who, "cpu", way), 0.5), "ms");
    }

    private void goal(String what, double is, double most, String unit) {
        report.row("   -> %s: %.0f %s, goal at most %.0f: %s", what, is, unit, most, is <= most ? "met" : "MISSED");
    }

    private List<Double> of(String who, String what, Way way) {
        return taken.getOrDefault(who + "_" + what + "_" + way.name(), List.of());
    }

    private static double at(List<Double> values, double part) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(part * (sorted.size() - 1)));
    }
}
