package hob.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A member that has said that it answers.
final class Started implements AutoCloseable {
    static final double MILLIS_PER_TICK = 10;

    private final Process process;
    private final double readyMillis;
    private final double cpuMillis;

    private Started(Process process, double readyMillis) {
        this.process = process;
        this.readyMillis = readyMillis;
        this.cpuMillis = (stat(process.pid(), 11) + stat(process.pid(), 12)) * MILLIS_PER_TICK;
    }

    static Started member(Way way, String member, Path house) throws IOException {
        Files.createDirectories(house.resolve(member));
        var config = Files.writeString(house.resolve(member + ".toml"), "log-level = \"warn\"\n");
        try (var systemd = new NotifyListener(house.resolve("notify"))) {
            var builder = new ProcessBuilder(way.member(member, config));
            builder.environment().put("HOB_RUNTIME_DIR", house.toString());
            builder.environment().put("NOTIFY_SOCKET", systemd.path().toString());
            builder.redirectErrorStream(true)
                    .redirectOutput(house.resolve(member + ".log").toFile());
            var began = System.nanoTime();
            var process = builder.start();
            var _ = process.onExit().thenRun(systemd::giveUp);
            if (!systemd.hearsReady()) {
                throw new IOException(way.name() + ": " + member + " did not start: "
                        + Files.readString(house.resolve(member + ".log")));
            }
            return new Started(process, (System.nanoTime() - began) / 1e6);
        }
    }

    double readyMillis() {
        return readyMillis;
    }

    double cpuMillis() {
        return cpuMillis;
    }

    double kibibytes(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    /// Of those that have ended.
    static double ticksOfChildren() {
        return stat(ProcessHandle.current().pid(), 13)
                + stat(ProcessHandle.current().pid(), 14);
    }

    /// A field of /proc/PID/stat, counted from the one behind the name, which may have blanks in it.
    private static double stat(long pid, int field) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Double.parseDouble(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().join();
    }
}
