package hob.store;

import hob.ipc.DoneBook.Work;
import hob.ipc.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. Deeds that come while a commit is under way are gathered into the next one, so that
/// many callers share the wait for the disk.
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// As many as can call at once, and some of our own: each has one deed on its way.
    private static final int WAITING_MOST = 512;

    /// So that the first of many does not wait for all of them.
    private static final int GATHERED_MOST = 128;

    /// For what is still written at the end.
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CHORES = Duration.ofHours(1);

    private final Path file;
    private final Duration patience;
    private final Transaction database;
    private final RunningClock clock;
    private final Chore chore;
    private final LogLength logLength;
    private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(WAITING_MOST);
    private final Thread thread = Thread.ofPlatform().name("writer").unstarted(this);

    private final AtomicLong commits = new AtomicLong();
    private volatile @Nullable Trouble trouble;
    private volatile boolean ending;
    private volatile boolean ended;

    /// Since when it has been at one thing, by `System.nanoTime()`; 0 while it waits.
    private volatile long busySince;

    private long nextChore = System.nanoTime() + BETWEEN_CHORES.toNanos();

    /// What is to be done now and then, in a transaction of its own.
    @FunctionalInterface
    interface Chore {
        void in(Transaction transaction) throws SQLException;
    }

    Writer(Path file, Duration patience, Transaction database, RunningClock clock, Chore chore, LogLength logLength) {
        this.file = file;
        this.patience = patience;
        this.database = database;
        this.clock = clock;
        this.chore = chore;
        this.logLength = logLength;
    }

    void start() {
        thread.start();
    }

    <R extends @Nullable Object> R write(Work<Transaction, R> work) throws Exception {
        var job = new Job<>(work);
        if (ending) {
            throw tooLate();
        }
        if (!waiting.offer(job)) {
            throw Fault.busy(WAITING_MOST + " deeds wait to be written", Duration.ofSeconds(1));
        }
        if (ended) {
            failTheRest();
        }
        return job.await();
    }

    private static Fault tooLate() {
        return Fault.unavailable("the daemon is ending; it was not begun", Duration.ofMillis(100));
    }

    @Override
    public void run() {
        while (!ending || !waiting.isEmpty()) {
            var job = next();
            busySince = System.nanoTime();
            if (job != null) {
                gather(job);
            } else if (trouble != null) {
                prove();
            } else if (System.nanoTime() - nextChore >= 0) {
                nextChore = System.nanoTime() + BETWEEN_CHORES.toNanos();
                tryAlone(chore);
            }
            busySince = 0;
        }
        tryAlone(clock::note);
    }

    private @Nullable Job<?> next() {
        try {
            var rest = trouble == null ? nextChore - System.nanoTime() : BETWEEN_TRIALS.toNanos();
            return waiting.poll(rest, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return null; // nobody of ours does that; to look once more does no harm
        }
    }

    private void gather(Job<?> first) {
        var gathered = new ArrayList<Job<?>>();
        try {
            database.change("BEGIN IMMEDIATE");
            for (Job<?> job = first; job != null; job = gathered.size() < GATHERED_MOST ? waiting.poll() : null) {
                if (job.begin()) {
                    gathered.add(job);
                    busySince = System.nanoTime();
                    job.doIn(database);
                }
            }
            clock.noteNowAndThen(database);
        } catch (SQLException e) {
            takeBack();
            var nothing = troubled(e).notBegun();
            lose(gathered, first, nothing, nothing);
            return;
        }
        busySince = System.nanoTime();
        try {
            database.change("COMMIT");
        } catch (SQLException e) {
            takeBack();
            var trouble = troubled(e);
            var nothing = trouble.notBegun();
            lose(gathered, first, Trouble.isSurelyNotWritten(e) ? nothing : trouble.perhaps(), nothing);
            return;
        }
        commits.incrementAndGet();
        if (trouble != null) {
            prove(); // what was committed may have been nothing, and nothing fits on a full disk too
        }
        gathered.forEach(Job::end);
        busySince = System.nanoTime();
        logLength.keep(database);
    }

    /// The first is among them, unless not even a transaction could be begun.
    private static void lose(List<Job<?>> gathered, Job<?> first, Fault why, Fault nothing) {
        gathered.forEach(job -> job.lose(why, nothing));
        if (gathered.isEmpty()) {
            first.refuse(nothing);
        }
    }

    private void takeBack() {
        try {
            database.change("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("there was nothing left to take back: {}", e.toString());
        }
    }

    private Trouble troubled(SQLException e) {
        var found = Trouble.of(e, file);
        if (!found.equals(trouble)) {
            var then = found.passes() ? "; it goes on by itself when that is mended" : "; nothing can be written";
            LOG.error("{}{} ({})", found.sentence(), then, found.mend());
        }
        trouble = found;
        return found;
    }

    private void well() {
        if (trouble != null) {
            LOG.info("{} can be written again", file);
            trouble = null;
        }
    }

    /// Whether anything can be written is known by writing something.
    private void prove() {
        tryAlone(clock::note);
    }

    private void tryAlone(Chore work) {
        try {
            database.change("BEGIN IMMEDIATE");
            work.in(database);
            database.change("COMMIT");
            commits.incrementAndGet();
            well();
        } catch (SQLException e) {
            takeBack();
            troubled(e);
        }
    }

    long commits() {
        return commits.get();
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    @Nullable
    String stuck() {
        var since = busySince;
        var busy = since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
        return busy.compareTo(patience) < 0
                ? null
                : "the writer of " + file + " has been at one thing for " + busy.toSeconds() + " s";
    }

    /// What waits is still written.
    void end() {
        ending = true;
        var _ = waiting.offer(new Job<>(_ -> true)); // wakes it; where there is no room it is awake
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        failTheRest();
    }

    /// Who came between the last look and the end.
    private void failTheRest() {
        for (var job = waiting.poll(); job != null; job = waiting.poll()) {
            job.refuse(tooLate());
        }
    }
}
