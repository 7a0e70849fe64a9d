package hob.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of one rival: who answers, who asks, and perhaps who stands between. They run only while it is their
/// turn.
final class Pair implements AutoCloseable {
    /// What /proc counts a process's time in, on every Linux.
    private static final double MICROS_PER_TICK = 10_000;

    private final String name;
    private final List<Process> between = new ArrayList<>();
    private final Talk answers;
    private final Talk asks;

    /// Which CPUs its processes may use.
    enum Place {
        SAME("0", "0"),
        CROSS("0", "1"),
        FREE("0,1", "0,1");

        private final String answers;
        private final String asks;

        Place(String answers, String asks) {
            this.answers = answers;
            this.asks = asks;
        }
    }

    /// One measurement; times in microseconds.
    record Sample(double median, double low, double high, double cpuAnswers, double cpuAsks, double allocated) {}

    private record Talk(Process process, BufferedReader says) {
        static Talk with(List<String> command) throws IOException {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var talk = new Talk(process, process.inputReader(StandardCharsets.US_ASCII));
            if (!talk.next().equals("ready")) {
                throw new IOException("it does not say that it is ready");
            }
            return talk;
        }

        String ask(String line) throws IOException {
            process.outputWriter(StandardCharsets.US_ASCII)
                    .append(line)
                    .append('\n')
                    .flush();
            return next();
        }

        private String next() throws IOException {
            var line = says.readLine();
            if (line == null) {
                throw new IOException(
                        "it ended: " + process.info().commandLine().orElse("?"));
            }
            return line;
        }
    }

    private Pair(String name, List<String> between, List<String> answers, List<String> asks) {
        this.name = name;
        try {
            if (!between.isEmpty()) {
                this.between.add(startBus(between));
            }
            this.answers = Talk.with(answers);
            this.asks = Talk.with(asks);
        } catch (IOException e) {
            this.between.forEach(Process::destroyForcibly);
            throw new UncheckedIOException(name + " did not run", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static Pair ofC(String name, Path program, String kind, Path door) {
        var start = program.toString();
        return new Pair(
                name,
                List.of(),
                List.of(start, "serve", kind, door.toString()),
                List.of(start, "call", kind, door.toString()));
    }

    static Pair ofJava(String name, List<String> java, Path door) {
        return new Pair(name, List.of(), peer(java, "serve", name, door), peer(java, "call", name, door));
    }

    static Pair byBus(String name, List<String> java, Path door) {
        var bus = List.of("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address").stream();
        return new Pair(
                name,
                Stream.concat(bus, Stream.of("--address=unix:path=" + door)).toList(),
                peer(java, "serve", name, door),
                peer(java, "call", name, door));
    }

    private static List<String> peer(List<String> java, String role, String name, Path door) {
        return Stream.concat(java.stream(), Stream.of("hob.bench.Peer", role, name, door.toString()))
                .toList();
    }

    /// It prints its address when it can be reached.
    private static Process startBus(List<String> command) throws IOException {
        var bus = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var says = new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.US_ASCII));
        if (says.readLine() == null) {
            throw new IOException("its bus does not start");
        }
        return bus;
    }

    String name() {
        return name;
    }

    /// Lets it run, alone, on these CPUs.
    void takeTurn(Place place) {
        signal("-CONT");
        for (var process : answering()) {
            run("taskset", "-a", "-p", "-c", place.answers, Long.toString(process.pid()));
        }
        run("taskset", "-a", "-p", "-c", place.asks, Long.toString(asks.process.pid()));
    }

    void rest() {
        signal("-STOP");
    }

    private void signal(String signal) {
        for (var process : all()) {
            run("sh", "-c", "kill " + signal + " " + process.pid());
        }
    }

    private List<Process> answering() {
        return Stream.concat(between.stream(), Stream.of(answers.process)).toList();
    }

    private List<Process> all() {
        return Stream.concat(answering().stream(), Stream.of(asks.process)).toList();
    }

    Sample measure(int bytes, int calls) {
        var cpuAnswers = answering().stream().mapToDouble(Pair::cpuMicros).sum();
        var cpuAsks = cpuMicros(asks.process);
        var allocated = allocated();
        var said = ask("measure " + bytes + " " + calls).split(" ", -1);
        return new Sample(
                Integer.parseInt(said[0]) / 1e3,
                Integer.parseInt(said[1]) / 1e3,
                Integer.parseInt(said[2]) / 1e3,
                (answering().stream().mapToDouble(Pair::cpuMicros).sum() - cpuAnswers) / calls,
                (cpuMicros(asks.process) - cpuAsks) / calls,
                (allocated() - allocated) / calls);
    }

    /// Calls a second from many connections at once.
    double many(int connections, int bytes, int milliseconds) {
        return Double.parseDouble(ask("many " + connections + " " + bytes + " " + milliseconds)) / milliseconds * 1e3;
    }

    /// By both sides; a C program does not.
    private double allocated() {
        return isJava() ? bothSides("allocated") : 0;
    }

    /// What is alive in both sides' heaps.
    double liveHeapKiB() {
        return bothSides("heap") / 1024;
    }

    double residentMiB() {
        return all().stream().mapToDouble(Pair::residentMiB).sum();
    }

    private boolean isJava() {
        return !name.startsWith("c-");
    }

    private double bothSides(String what) {
        try {
            return Double.parseDouble(answers.ask(what)) + Double.parseDouble(asks.ask(what));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not run", e);
        }
    }

    private String ask(String line) {
        try {
            return asks.ask(line);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not run", e);
        }
    }

    /// utime and stime, behind the name, which may have blanks in it.
    private static double cpuMicros(Process process) {
        var stat = proc(process, "stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    private static double residentMiB(Process process) {
        return proc(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static String proc(Process process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    @Override
    public void close() {
        all().forEach(Process::destroyForcibly);
    }
}
