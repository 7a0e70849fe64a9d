package hob.daemon;

import hob.contract.Family;
import hob.ipc.Client;
import hob.testing.Checkout;
import hob.testing.Eventually;
import hob.testing.Signal;
import hob.testing.TempHouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// A troubled daemon as a process in a house of its own, whatever it prints, and whatever it tells the one who listens
/// in systemd's place.
final class Troubled implements AutoCloseable {
    private final TempHouse house = new TempHouse();
    private final Path config = house.door(Family.MEMORY).resolveSibling("memory.toml");
    private final AFUNIXDatagramChannel systemd = AFUNIXDatagramChannel.open();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private @Nullable Process process;
    private @Nullable Thread reader;

    /// With a notify socket at a path; one in the abstract namespace begins with `@`.
    Troubled() throws IOException {
        this("");
    }

    Troubled(String abstractly) throws IOException {
        var path = house.house().folder().resolve("notify");
        var name = "hob-test-" + UUID.randomUUID();
        systemd.bind(
                abstractly.equals("@") ? AFUNIXSocketAddress.inAbstractNamespace(name) : AFUNIXSocketAddress.of(path));
        systemd.setAncillaryReceiveBufferSize(1024);
        configured(); // one that is named must be there
        with("HOB_RUNTIME_DIR", house.house().folder().toString());
        with("NOTIFY_SOCKET", abstractly.equals("@") ? "@" + name : path.toString());
        Thread.ofPlatform().daemon().name("in systemd's place").start(this::listen);
    }

    private void listen() {
        var buffer = ByteBuffer.allocate(8192);
        try {
            while (true) {
                systemd.receive(buffer.clear());
                told.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes a variable out of the environment where the value is empty.
    Troubled with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Further flags of its virtual machine, beside those that every daemon has.
    Troubled flagged(String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    Troubled configured(String... settings) throws IOException {
        Files.write(config, List.of(settings));
        return this;
    }

    /// Has it look after itself ten times a second.
    Troubled watched() {
        return with("WATCHDOG_USEC", "300000");
    }

    Troubled start(String... arguments) throws IOException {
        var builder = new ProcessBuilder(words(arguments)).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        var started = builder.start();
        process = started;
        reader = Thread.ofPlatform().daemon().name("reads its lines").start(() -> read(started.inputReader()));
        return this;
    }

    List<String> words(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = new ArrayList<>(List.of(java, "@" + Checkout.root().resolve("units/jvm.options")));
        words.add("-Dorg.sqlite.tmpdir=" + house.house().folder()); // what it unpacks there goes with the house
        words.addAll(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), TroubledMain.class.getName()));
        words.addAll(List.of("--config", config.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    private void read(BufferedReader output) {
        output.lines().forEach(lines::add);
    }

    Troubled awaitReady() {
        awaitTold("READY=1\nSTATUS=answering");
        return this;
    }

    Path config() {
        return config;
    }

    TempHouse house() {
        return house;
    }

    Client client() {
        return house.client(Family.MEMORY);
    }

    Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    /// Everything it printed so far.
    List<String> lines() {
        return lines;
    }

    /// Everything systemd would have heard so far.
    List<String> told() {
        return told;
    }

    void awaitLine(String part) {
        Eventually.await(
                () -> "it prints '" + part + "', after " + lines,
                () -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    /// Waits until these are the last that it printed.
    void awaitLastLines(String... last) {
        var wanted = List.of(last);
        Eventually.await(() -> "it prints at last " + wanted + ", after " + lines, () -> {
            var printed = List.copyOf(lines);
            return printed.size() >= last.length
                    && printed.subList(printed.size() - last.length, printed.size())
                            .equals(wanted);
        });
    }

    void awaitTold(String message) {
        awaitTold(message, message::equals);
    }

    void awaitTold(String what, Predicate<String> message) {
        Eventually.await(
                () -> "it tells '" + what + "', after " + told + lines,
                () -> told.stream().anyMatch(message));
    }

    /// Waits until it has given so many more signs of life.
    void awaitSignsOfLife(int more) {
        var before = signsOfLife();
        Eventually.await("it tells systemd that it lives", () -> signsOfLife() >= before + more);
    }

    long signsOfLife() {
        return told.stream().filter("WATCHDOG=1"::equals).count();
    }

    /// Only SIGTERM: `destroy` of the process itself would close its streams too.
    void terminate() {
        process().toHandle().destroy();
    }

    void signal(String name) {
        Signal.send(name, process().pid());
    }

    /// How it ended, with all its lines read.
    int awaitEnd() throws InterruptedException {
        if (!process().waitFor(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + lines);
        }
        Objects.requireNonNull(reader).join(Eventually.GUARD);
        return process().exitValue();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        systemd.close();
        house.close();
    }
}
