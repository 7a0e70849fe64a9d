package hob.daemon;

import hob.ipc.Pulse;
import hob.ipc.Server;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes its rounds, and tells systemd that all is well as long as it is: the daemon answers itself, no call overstays,
/// no part is stuck, and the heap has room. Overload is none of its business: whoever is killed for it loses more.
///
/// What is wrong is said before it falls silent, so that a person who finds the daemon killed also finds why.
final class Caretaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    /// Often enough that a door that is gone is soon back.
    private static final Duration ROUND_MOST = Duration.ofSeconds(10);

    /// With hundreds of callers at work a thread may wait a second or two for a processor.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

    private final Server server;
    private final Pulse pulse;
    private final Life life;
    private final Doorway doorway;
    private final Notify notify;
    private final boolean isAsked;
    private final Duration pause;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("caretaker").unstarted(this::goRounds);

    /// What it was that was wrong when it last looked, without its figures; empty where nothing was.
    private String lastWrong = "";

    Caretaker(Server server, Life life, Doorway doorway, Notify notify, Map<String, String> environment, long pid) {
        this.server = server;
        this.pulse = server.pulse();
        this.life = life;
        this.doorway = doorway;
        this.notify = notify;
        var asked = interval(environment, pid);
        this.isAsked = asked != null;
        this.pause = asked == null || asked.dividedBy(3).compareTo(ROUND_MOST) > 0 ? ROUND_MOST : asked.dividedBy(3);
    }

    /// How long systemd waits for a sign of life, or null where it waits for none of this process.
    private static @Nullable Duration interval(Map<String, String> environment, long pid) {
        var usec = environment.getOrDefault("WATCHDOG_USEC", "");
        var whom = environment.getOrDefault("WATCHDOG_PID", "");
        return usec.matches("[1-9]\\d{0,15}") && (whom.isEmpty() || whom.equals(Long.toString(pid)))
                ? Duration.of(Long.parseLong(usec), ChronoUnit.MICROS)
                : null;
    }

    /// The first round is over when this returns, so that who is ready has answered once.
    void start() throws CannotStart {
        var wrong = look(); // told as what it is: a start that failed, or that was broken off
        if (wrong != null) {
            throw new CannotStart(Exit.SOFTWARE, wrong);
        }
        tellAlive();
        thread.start();
    }

    private void goRounds() {
        try {
            while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                goRound();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the caretaker was interrupted, which nobody should do", e);
        }
    }

    private void goRound() {
        var wrong = look();
        tell(wrong);
        if (wrong == null) {
            tellAlive();
        }
    }

    private @Nullable String look() {
        try {
            doorway.mend(server);
            return wrong();
        } catch (RuntimeException e) {
            LOG.error("a round could not be gone", e);
            return "a round could not be gone: " + e;
        }
    }

    private void tellAlive() {
        if (isAsked) {
            notify.alive();
        }
    }

    private @Nullable String wrong() {
        var stuck = server.stuck();
        if (stuck != null) {
            return stuck;
        }
        for (var part : life.parts()) {
            var why = part.stuck();
            if (why != null) {
                return "the " + part.health().name() + " is stuck: " + why;
            }
        }
        var full = Heap.full();
        if (full != null) {
            return full;
        }
        var silent = pulse.wrong(ANSWER_TIME);
        return silent == null ? null : "it does not answer itself: " + silent;
    }

    /// Once for each thing: that it grows older is not worth a line.
    private void tell(@Nullable String wrong) {
        var thing = wrong == null ? "" : wrong.replaceAll("\\d+", "");
        if (wrong != null) {
            notify.status("not well: " + wrong);
        }
        if (thing.equals(lastWrong)) {
            return;
        }
        if (wrong == null) {
            LOG.info("well again");
            notify.status("answering");
        } else {
            LOG.error("not well{}: {}", isAsked ? ", and systemd is told nothing until it is" : "", wrong);
        }
        lastWrong = thing;
    }

    /// What comes now has its own limits of time, all of them shorter than systemd's patience.
    @Override
    public void close() {
        ended.countDown();
        tellAlive();
        try {
            if (thread.isAlive()) { // and not one that was never started
                thread.join(ANSWER_TIME.multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pulse.close();
    }
}
