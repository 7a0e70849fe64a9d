package hob.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A daemon as a process of its own, in a private house. What it prints is kept.
public final class DaemonProcess implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private DaemonProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::readLines);
    }

    /// The words that run it, behind others such as those that enter a namespace.
    ///
    /// @param main the name of its class: a daemon's own is nobody else's to see
    public static List<String> words(String main, List<String> behind, String... args) {
        var words = new ArrayList<>(behind);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Checkout.root().resolve("units/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        words.addAll(List.of(args));
        return words;
    }

    public static DaemonProcess start(TempHouse house, List<String> words) throws IOException {
        var all = new ArrayList<>(words);
        // A killed JVM leaves the native libraries behind that it unpacked: here they go with the house.
        all.add(all.indexOf("-cp"), "-Djava.io.tmpdir=" + house.house().folder());
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("HOB_RUNTIME_DIR", house.house().folder().toString());
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment().put("WATCHDOG_USEC", "300000"); // it looks after itself ten times a second
        return new DaemonProcess(builder.start());
    }

    private void readLines() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(its output broke: " + e + ")");
        }
    }

    public DaemonProcess awaitAnswering() {
        awaitLine("answering at ");
        return this;
    }

    public void awaitLine(String words) {
        Eventually.await(
                () -> "it says '" + words + "'; it said " + lines,
                () -> lines.stream().anyMatch(line -> line.contains(words)) || !process.isAlive());
        if (lines.stream().noneMatch(line -> line.contains(words)) && !process.isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue() + " and said " + lines);
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public long pid() {
        return process.pid();
    }

    public void terminate() {
        process.toHandle().destroy(); // SIGTERM; that of the process itself would close its streams too
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it said " + lines);
        }
        reader.join(Eventually.GUARD);
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
