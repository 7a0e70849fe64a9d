package hob.up;

import hob.contract.Family;
import hob.daemon.Mains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One member, over all its lives: a thread that starts the process, outlives it, and starts it again. An interrupt
/// ends both.
final class Member {
    /// Where a start takes longer than this, it hangs.
    private static final Duration START_TIME = Duration.ofSeconds(60);

    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(30);

    /// Who has lived so long has recovered from what killed it before.
    private static final Duration SOUND_AGE = Duration.ofSeconds(60);

    private final Family family;
    private final Path house;
    private final Path releases;
    private final List<Member> asked;
    private final Console console;
    private final Thread thread;

    /// It has come up for the first time, or failed to.
    private final CountDownLatch settled = new CountDownLatch(1);

    /// Something has happened that its thread should look at.
    private final Semaphore news = new Semaphore(0);

    private final AtomicReference<Consumer<String>> asker = new AtomicReference<>(_ -> {});
    private volatile boolean isWantedAgain;
    private volatile boolean isReady;

    /// @param releases the link to the newest
    /// @param asked those it waits for
    Member(Family family, Path house, Path releases, List<Member> asked, Console console) {
        this.family = family;
        this.house = house;
        this.releases = releases;
        this.asked = asked;
        this.console = console;
        this.thread = Thread.ofPlatform().daemon().name(family.word()).unstarted(this::live);
    }

    Family family() {
        return family;
    }

    void start() {
        thread.start();
    }

    void awaitSettled() throws InterruptedException {
        settled.await();
    }

    boolean isReady() {
        return isReady;
    }

    /// A file of the checkout's own: how this machine is set up otherwise is nobody's business here.
    Path config() {
        return house.resolve("config").resolve(family.word() + ".toml");
    }

    /// Ends it, and starts it from the newest release.
    ///
    /// @param outcome is told how that went
    void again(Consumer<String> outcome) {
        asker.set(outcome);
        isWantedAgain = true;
        news.release();
    }

    /// Drains it and comes back when it has ended.
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void live() {
        try {
            for (var other : asked) {
                other.awaitSettled();
            }
            var pause = PAUSE_FIRST;
            while (true) {
                isWantedAgain = false;
                var teller = asker.getAndSet(_ -> {});
                var began = System.nanoTime();
                var end = liveOnce(teller);
                isReady = false;
                if (System.nanoTime() - began > SOUND_AGE.toNanos() || isWantedAgain) {
                    pause = PAUSE_FIRST;
                }
                if (!isWantedAgain) {
                    var sentence = end.sentence() + "; "
                            + (end.isFinal() ? remedy() : "it is started again in " + words(pause));
                    console.say(sentence);
                    if (!end.answered()) {
                        teller.accept(sentence);
                    }
                    settled.countDown();
                    rest(end.isFinal() ? null : pause);
                    pause = pause.multipliedBy(2).compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : pause.multipliedBy(2);
                }
            }
        } catch (InterruptedException e) {
            // it is over
        } finally {
            settled.countDown();
        }
    }

    private String remedy() {
        return "the others go on; mend " + config() + ", then 'scripts/dev again " + family.word() + "'";
    }

    private static String words(Duration pause) {
        return pause.toMillis() < 1000 ? pause.toMillis() + " ms" : pause.toSeconds() + " s";
    }

    /// @param most null is for ever
    private void rest(@Nullable Duration most) throws InterruptedException {
        var until = System.nanoTime() + (most == null ? 0 : most.toNanos());
        while (!isWantedAgain) {
            if (most == null) {
                news.acquire();
            } else if (!news.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    /// How a life ended.
    ///
    /// @param answered whether it ever did
    private record End(String sentence, boolean answered, boolean isFinal) {}

    /// Starts it and waits until it has ended, or is to be started again: then it is drained.
    private End liveOnce(Consumer<String> teller) throws InterruptedException {
        try (var running = open()) {
            running.onEnd(news::release);
            if (running.awaitReady(START_TIME)) {
                var sentence = family.word() + " answers, " + Seconds.of(running.startTime()) + " after its start (pid "
                        + running.pid() + ")";
                isReady = true;
                console.say(sentence);
                teller.accept(sentence);
                settled.countDown();
            } else if (running.isRunning()) {
                return new End(
                        family.word() + " has not said within " + START_TIME.toSeconds()
                                + " s that it answers, and is ended",
                        false,
                        false);
            }
            while (running.isRunning() && !isWantedAgain) {
                news.acquire();
            }
            if (running.isRunning()) {
                return new End(family.word() + " is to be started again", true, false);
            }
            var ending = running.awaitEnd();
            return new End(family.word() + " " + ending.words() + lastWords(running), isReady, ending.isFinal());
        } catch (IOException e) {
            return new End(family.word() + " could not be started: " + e.getMessage(), false, false);
        } finally {
            removeDoor();
        }
    }

    private static String lastWords(Running running) {
        return running.lastLine().isEmpty() ? "" : ", and said last: " + running.lastLine();
    }

    private Running open() throws IOException {
        var release = Release.newest(releases);
        var temporary = house.resolve("up").resolve(family.word() + "-tmp");
        Folders.makeEmpty(temporary); // a killed JVM leaves the libraries behind that it unpacked
        Folders.make(house.resolve(family.word()));
        if (!Files.exists(config())) {
            Files.writeString(
                    config(), "# What " + family.user() + " can be told: docs/config/" + family.word() + ".md\n");
        }
        return new Running(
                family,
                release.java(temporary, Mains.of(family), "--config", config().toString()),
                Map.of("HOB_RUNTIME_DIR", house.toString()),
                house.resolve("up").resolve(family.word()),
                console);
    }

    /// Where nobody is behind it any more, a caller should hear that at once. A daemon leaves it standing for systemd,
    /// which would keep it open.
    private void removeDoor() {
        try {
            Files.deleteIfExists(house.resolve(family.word()).resolve("sock"));
        } catch (IOException e) {
            console.say("the door of " + family.word() + " stays, with nobody behind it: " + e.getMessage());
        }
    }
}
