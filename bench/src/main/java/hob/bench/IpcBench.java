package hob.bench;

import hob.bench.Pair.Place;
import hob.bench.Pair.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The wire beside its rivals, in one run and in turns. Whoever does not run ends it.
final class IpcBench implements AutoCloseable {
    private static final int[] BYTES = {128, 1 << 10, 16 << 10, 64 << 10};
    private static final int SMALL = BYTES[0];
    private static final int CONNECTIONS = 8;
    private static final String C = "c-unix";
    private static final String HOB = "hob";

    private final boolean isSmall;
    private final int rounds;
    private final Report report = new Report();
    private final Path folder = Files.createTempDirectory("hob"); // short: a socket's path has 107 bytes
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    private IpcBench(boolean isSmall) throws IOException {
        this.isSmall = isSmall;
        this.rounds = isSmall ? 3 : 5;
    }

    /// @param args the yardstick's program; where the figures go; 'small' or 'full'; then how to start Java
    static void main(String[] args) throws IOException {
        try (var bench = new IpcBench(args[2].equals("small"))) {
            bench.startAll(Path.of(args[0]), List.of(args).subList(3, args.length));
            bench.run();
            bench.report.write(Path.of(args[1]));
        } catch (UncheckedIOException e) {
            System.err.println("bench: " + e.getMessage() + ": " + e.getCause());
            System.exit(1);
        }
    }

    private void startAll(Path pingpong, List<String> java) {
        start(Pair.ofC(C, pingpong, "unix", folder.resolve("c")));
        start(Pair.ofJava(HOB, java, folder.resolve("hob")));
        start(Pair.ofJava("grpc", java, folder.resolve("grpc")));
        start(Pair.byBus("dbus", java, folder.resolve("bus")));
        start(Pair.ofC("c-tcp", pingpong, "tcp", folder.resolve("port")));
        for (var kind : RawRival.Kind.values()) {
            for (var thread : List.of("platform", "virtual")) {
                var name = "raw-" + kind.name().toLowerCase(Locale.ROOT) + "-" + thread;
                start(Pair.ofJava(name, java, folder.resolve(name)));
            }
        }
    }

    private void start(Pair pair) {
        pairs.put(pair.name(), pair);
        pair.rest();
    }

    private void run() {
        var whole = List.of(C, HOB, "grpc", "dbus", "c-tcp");
        var raw =
                pairs.keySet().stream().filter(name -> name.startsWith("raw-")).toList();
        pairs.values().forEach(this::warmUp);
        onOneCpu(whole);
        sockets(raw);
        elsewhere(whole, Place.CROSS);
        elsewhere(whole, Place.FREE);
        manyAtOnce();
        afterMany(isSmall ? 100_000 : 1_000_000);
    }

    /// On all CPUs, so that the compiler has one of its own.
    private void warmUp(Pair pair) {
        pair.takeTurn(Place.FREE);
        for (var bytes : BYTES) {
            var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(isSmall ? 500 : 2000);
            while (System.nanoTime() - until < 0) {
                pair.measure(bytes, 2000);
            }
        }
        pair.rest();
    }

    private void onOneCpu(List<String> names) {
        report.title("One call there and back, one connection, both sides on one CPU; µs, medians of " + rounds
                + " rounds. Resident memory is all processes'.");
        report.row(
                "%-8s %6s %8s %17s %8s %6s %19s %9s %9s",
                "who", "bytes", "median", "(least - most)", "p99", "x C", "CPU (answers+asks)", "B/call", "MiB");
        for (var bytes : BYTES) {
            var all = inTurns(names, bytes, Place.SAME);
            all.forEach((name, series) -> {
                var toC = series.median() / got(all, C).median();
                report.row(
                        "%-8s %6d %8.2f (%6.2f - %6.2f) %8.2f %6.2f %8.2f (%4.1f+%4.1f) %9.0f %9.0f",
                        name,
                        bytes,
                        series.median(),
                        series.least(),
                        series.most(),
                        series.high(),
                        toC,
                        cpu(series),
                        series.mean(Sample::cpuAnswers),
                        series.mean(Sample::cpuAsks),
                        series.mean(Sample::allocated),
                        pair(name).residentMiB());
                var figure = name + "_" + bytes;
                report.figure(figure, series.median(), "us");
                report.figure(figure + "_p99", series.high(), "us");
                report.figure(figure + "_to_c", toC, "times");
                report.figure(figure + "_cpu", cpu(series), "us");
                report.figure(figure + "_allocated", series.mean(Sample::allocated), "bytes");
                report.figure(figure + "_resident", pair(name).residentMiB(), "MiB");
            });
            if (bytes == SMALL) {
                var hob = got(all, HOB).median();
                goal("hob at 128 bytes", hob / got(all, C).median(), 2, "times C");
                goal("hob at 128 bytes", hob / got(all, "grpc").median(), 1, "times gRPC");
                goal("hob at 128 bytes", hob / got(all, "dbus").median(), 1, "times D-Bus");
            }
        }
    }

    private void goal(String what, double is, double most, String unit) {
        report.row("   -> %s: %.2f %s, goal at most %.2f: %s", what, is, unit, most, is <= most ? "met" : "MISSED");
    }

    private void sockets(List<String> raw) {
        report.title("Frames alone, both sides on one CPU: kinds of sockets and threads; µs");
        report.row(
                "%-22s %6s %8s %17s %6s %9s %9s", "who", "bytes", "median", "(least - most)", "x C", "CPU", "B/call");
        var names = new ArrayList<>(List.of(C));
        names.addAll(raw);
        for (var bytes : List.of(SMALL, 1 << 10, 16 << 10)) {
            var all = inTurns(names, bytes, Place.SAME);
            all.forEach((name, series) -> {
                report.row(
                        "%-22s %6d %8.2f (%6.2f - %6.2f) %6.2f %9.2f %9.0f",
                        name,
                        bytes,
                        series.median(),
                        series.least(),
                        series.most(),
                        series.median() / got(all, C).median(),
                        cpu(series),
                        series.mean(Sample::allocated));
                report.figure(name + "_" + bytes + "_frames", series.median(), "us");
                report.figure(name + "_" + bytes + "_frames_cpu", cpu(series), "us");
            });
        }
    }

    private void elsewhere(List<String> names, Place place) {
        report.title(
                place == Place.CROSS
                        ? "128 bytes, each side on a CPU of its own; µs"
                        : "128 bytes, wherever the kernel puts them; µs");
        report.row("%-8s %8s %17s %6s %9s", "who", "median", "(least - most)", "x C", "CPU");
        var all = inTurns(names, SMALL, place);
        all.forEach((name, series) -> {
            report.row(
                    "%-8s %8.2f (%6.2f - %6.2f) %6.2f %9.2f",
                    name,
                    series.median(),
                    series.least(),
                    series.most(),
                    series.median() / got(all, C).median(),
                    cpu(series));
            report.figure(name + "_" + SMALL + "_" + (place == Place.CROSS ? "cross" : "free"), series.median(), "us");
        });
    }

    private void manyAtOnce() {
        report.title("Calls a second from " + CONNECTIONS + " connections on two CPUs, 128 bytes");
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (var name : List.of(C, HOB, "grpc")) {
                pair(name).takeTurn(Place.FREE);
                rates.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(pair(name).many(CONNECTIONS, SMALL, isSmall ? 500 : 1000));
                pair(name).rest();
            }
        }
        rates.forEach((name, values) -> {
            var rate = Series.middle(values);
            report.row(
                    "%-8s %9.0f (%7.0f - %7.0f)",
                    name,
                    rate,
                    values.stream().min(Comparator.naturalOrder()).orElseThrow(),
                    values.stream().max(Comparator.naturalOrder()).orElseThrow());
            report.figure(name + "_" + CONNECTIONS + "_connections", rate, "calls/s");
        });
        goal("C's rate", Series.middle(got(rates, C)) / Series.middle(got(rates, HOB)), 3, "times hob's");
    }

    private void afterMany(int calls) {
        report.title("Hob before and after " + calls + " calls of 128 bytes");
        var before = state("before");
        pair(HOB).takeTurn(Place.SAME);
        pair(HOB).measure(SMALL, calls);
        pair(HOB).rest();
        var after = state("after");
        report.figure("hob_heap_growth", after - before, "KiB");
        report.figure("hob_many_calls", calls, "calls");
    }

    /// The live heap, in KiB.
    private double state(String when) {
        var all = inTurns(List.of(C, HOB), SMALL, Place.SAME);
        var hob = got(all, HOB).median();
        pair(HOB).takeTurn(Place.FREE);
        var heap = pair(HOB).liveHeapKiB();
        pair(HOB).rest();
        report.row(
                "%-8s %8.2f µs (x C %.2f), live heap of both sides %.0f KiB, resident %.0f MiB",
                when, hob, hob / got(all, C).median(), heap, pair(HOB).residentMiB());
        report.figure("hob_" + when + "_many", hob, "us");
        report.figure("hob_heap_" + when + "_many", heap, "KiB");
        return heap;
    }

    private Map<String, Series> inTurns(List<String> names, int bytes, Place place) {
        var all = new LinkedHashMap<String, Series>();
        for (int round = 0; round < rounds; round++) {
            for (var name : names) {
                var pair = pair(name);
                pair.takeTurn(place);
                var hasty = pair.measure(bytes, 300);
                var micros = isSmall ? 100_000 : 250_000; // many ticks of /proc, which are 10 ms
                var calls = (int) Math.clamp(micros / hasty.median(), 300, 100_000);
                all.computeIfAbsent(name, _ -> new Series()).add(pair.measure(bytes, calls));
                pair.rest();
            }
        }
        return all;
    }

    private static double cpu(Series series) {
        return series.mean(sample -> sample.cpuAnswers() + sample.cpuAsks());
    }

    private Pair pair(String name) {
        return got(pairs, name);
    }

    private static <V> V got(Map<String, V> all, String name) {
        var one = all.get(name);
        if (one == null) {
            throw new IllegalStateException(name + " did not run");
        }
        return one;
    }

    @Override
    public void close() throws IOException {
        pairs.values().forEach(Pair::close);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
