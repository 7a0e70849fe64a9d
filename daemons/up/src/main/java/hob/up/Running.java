package hob.up;

import hob.contract.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// One life of a member: the process, what it prints, and what it tells by `NOTIFY_SOCKET`.
final class Running implements AutoCloseable {
    /// A daemon gives its callers 10 s, and closes what it has open.
    private static final Duration DRAIN_TIME = Duration.ofSeconds(30);

    /// A person who waits wonders after that.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Family member;
    private final Console console;
    private final long since = System.nanoTime();
    private final AFUNIXDatagramChannel told;
    private final Process process;
    private final Thread listener;
    private final Thread reader;
    private final CountDownLatch readyOrEnded = new CountDownLatch(1);
    private volatile boolean isReady;
    private volatile long readySince;
    private volatile String lastLine = "";

    /// To be called by a thread that outlives the process: see `Leash`.
    Running(Family member, List<String> words, Map<String, String> environment, Path socket, Console console)
            throws IOException {
        this.member = member;
        this.console = console;
        Files.deleteIfExists(socket);
        told = AFUNIXDatagramChannel.open();
        try {
            told.bind(AFUNIXSocketAddress.of(socket));
            process = Leash.start(words, with(environment, "NOTIFY_SOCKET", socket.toString()));
        } catch (IOException | RuntimeException e) {
            told.close();
            throw e;
        }
        listener = Thread.ofPlatform().daemon().name(member.word() + " tells").start(this::listen);
        reader = Thread.ofPlatform().daemon().name(member.word() + " prints").start(this::read);
        onEnd(readyOrEnded::countDown);
    }

    void onEnd(Runnable what) {
        var _ = process.onExit().thenRun(what);
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        var all = new HashMap<>(environment);
        all.put(name, value);
        return all;
    }

    private void listen() {
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (true) {
                told.receive(buffer.clear());
                StandardCharsets.UTF_8.decode(buffer.flip()).toString().lines().forEach(this::hear);
            }
        } catch (IOException e) {
            // closed, at the end of this life
        }
    }

    /// Descriptors that come along are not taken, and the kernel closes them.
    private void hear(String line) {
        if (line.equals("READY=1")) {
            if (!isReady) {
                readySince = System.nanoTime();
                isReady = true;
            }
            readyOrEnded.countDown();
        } else if (line.startsWith("STATUS=") && !line.equals("STATUS=answering")) {
            console.line(member.word(), "(" + line.substring("STATUS=".length()) + ")");
        }
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                console.line(member.word(), line);
                lastLine = line.isBlank() ? lastLine : line;
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    /// Waits for it to say that it answers.
    ///
    /// @return false where it ended instead, or the time is over
    boolean awaitReady(Duration most) throws InterruptedException {
        return readyOrEnded.await(most.toNanos(), TimeUnit.NANOSECONDS) && isReady;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Ending awaitEnd() throws InterruptedException {
        var status = process.waitFor();
        reader.join(Duration.ofSeconds(1)); // its own children may still hold the pipe
        return new Ending(status);
    }

    String lastLine() {
        return lastLine;
    }

    /// From the start of the process until it said that it answers.
    long startTime() {
        return readySince - since;
    }

    long pid() {
        return process.pid();
    }

    /// By SIGTERM: it drains.
    void tellToEnd() {
        process.toHandle().destroy();
    }

    /// Whom SIGSTOP has stopped would not hear of it. systemd does so, too.
    private void letGoOn() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -CONT " + pid())
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                drain();
            }
            told.close();
            listener.join(Duration.ofSeconds(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void drain() throws IOException, InterruptedException {
        var began = System.nanoTime();
        tellToEnd();
        letGoOn();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            console.say(member.word() + " is not drained yet; it is killed if it takes more than "
                    + DRAIN_TIME.toSeconds() + " s");
        }
        if (process.waitFor(DRAIN_TIME.minus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
            var ending = awaitEnd();
            var took = Seconds.since(began);
            console.say(
                    ending.status() == 0
                            ? member.word() + " is drained, in " + took
                            : member.word() + " " + ending.words() + " when it was told to end, after " + took);
        } else {
            console.say(member.word() + " did not end within " + DRAIN_TIME.toSeconds() + " s, and is killed");
            process.destroyForcibly().waitFor();
        }
    }
}
