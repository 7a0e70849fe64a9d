package hob.ipc;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.StreamCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks one daemon. Every record of its contract is a question and knows the type of its answer.
///
/// What was certainly not begun is asked again until the deadline, whatever it is. What was perhaps begun is asked
/// again only when that does no harm: a query, or a change with a key. Otherwise the caller hears `UNKNOWN`.
public final class Client implements AutoCloseable {
    /// Connections kept for the next call; a daemon seldom asks another more often than this at once.
    private static final int KEPT_MOST = 4;

    /// Calls at once; further ones wait for their turn.
    private static final int AT_ONCE_MOST = 32;

    private static final Duration PAUSE_FIRST = Duration.ofMillis(5);
    private static final Duration PAUSE_MOST = Duration.ofMillis(500);

    private final House house;
    private final Family asked;
    private final Duration knocking;
    private final Semaphore turns = new Semaphore(AT_ONCE_MOST);
    private final Deque<Link> kept = new ArrayDeque<>();
    private boolean closed;

    /// How one call is to be asked, where its contract and the call that is being answered leave it open.
    ///
    /// @param deadline null is the contract's, or what is left of the call that is being answered
    /// @param key null is one made from the key of the call that is being answered, or none
    /// @param overheard hears each frame of the answer as it travelled, kinds of items too that only a newer server
    ///     knows
    public record Manner(
            @Nullable Duration deadline,
            @Nullable String key,
            @Nullable String trace,
            @Nullable Consumer<String> overheard) {
        public static final Manner USUAL = new Manner(null, null, null, null);

        public Manner within(Duration time) {
            return new Manner(time, key, trace, overheard);
        }

        public Manner keyed(String by) {
            return new Manner(deadline, by, trace, overheard);
        }

        public Manner traced(String by) {
            return new Manner(deadline, key, by, overheard);
        }

        public Manner overheardBy(Consumer<String> ear) {
            return new Manner(deadline, key, trace, ear);
        }
    }

    public Client(House house, Family asked) {
        this(house, asked, Limits.DEADLINE_MOST);
    }

    /// For whoever has no patience with a door that nobody opens.
    ///
    /// @param knocking how long it goes on where nobody opens, if the deadline of the call is longer
    public Client(House house, Family asked, Duration knocking) {
        this.house = house;
        this.asked = asked;
        this.knocking = knocking;
    }

    public <R extends Record> R ask(Call<R> call) {
        return ask(call, Manner.USUAL);
    }

    @SuppressWarnings("unchecked") // the contract ties R to the call, and the answer was read as that
    public <R extends Record> R ask(Call<R> call, Manner manner) {
        return (R) carry((Record) call, manner, null);
    }

    /// Hands each item over as it comes, and returns the answer that ends the stream.
    public <I, R extends Record> R listen(StreamCall<I, R> call, Consumer<? super I> each) {
        return listen(call, Manner.USUAL, each);
    }

    /// A stream that broke off is asked again from its start only as long as no item was handed over.
    @SuppressWarnings("unchecked")
    public <I, R extends Record> R listen(StreamCall<I, R> call, Manner manner, Consumer<? super I> each) {
        return (R) carry((Record) call, manner, item -> each.accept((I) item));
    }

    private Record carry(Record call, Manner manner, @Nullable Consumer<Record> each) {
        var type = CallType.of(call.getClass());
        if (type.service() != null && !type.service().equals(asked.word())) {
            throw new IllegalArgumentException(
                    "'" + type.name() + "' is asked of " + type.service() + ", not of " + asked.word());
        }
        var outer = Asked.current();
        var asking = new Asking(
                type,
                call,
                deadline(type, manner, outer),
                trace(manner, outer),
                key(type, manner, outer),
                each,
                manner.overheard(),
                new AtomicBoolean());
        takeTurn(asking);
        try {
            return untilAnswered(asking);
        } catch (Fault fault) {
            // What the last try says of itself is not true of those before it.
            throw (fault.saysNotBegun() && asking.perhapsBegun().get() ? unknown(asking, fault) : fault)
                    .heardFromAnother();
        } finally {
            turns.release();
        }
    }

    /// It only ever shrinks on the way down.
    private static long deadline(CallType type, Manner manner, @Nullable Asked outer) {
        var time = manner.deadline() == null ? type.deadline() : manner.deadline();
        var deadline = System.nanoTime() + time.toNanos();
        return outer != null && outer.deadline() - deadline < 0 ? outer.deadline() : deadline;
    }

    private static String trace(Manner manner, @Nullable Asked outer) {
        if (manner.trace() != null) {
            return manner.trace();
        }
        return outer == null ? Asked.newTrace() : outer.trace();
    }

    private static @Nullable String key(CallType type, Manner manner, @Nullable Asked outer) {
        if (manner.key() != null) {
            return manner.key();
        }
        return outer == null || !type.isChange() ? null : outer.nextKey();
    }

    private void takeTurn(Asking asking) {
        try {
            if (!turns.tryAcquire(asking.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Fault.busy(AT_ONCE_MOST + " calls to " + asked.word() + " are on their way already", PAUSE_MOST);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Record untilAnswered(Asking asking) {
        var pause = PAUSE_FIRST;
        var knockedAt = System.nanoTime();
        while (true) {
            try {
                return once(asking);
            } catch (Fault later) {
                // What can be asked again says so; a deadline that is over ends it all the same.
                var retryAfter = later.retryAfter();
                if (retryAfter == null || asking.left().compareTo(retryAfter) <= 0) {
                    throw later;
                }
                pause(retryAfter.compareTo(pause) > 0 ? retryAfter : pause, asking);
            } catch (NotBegun notBegun) {
                if (!notBegun.atOnce()) {
                    if (asking.left().compareTo(pause) <= 0 || System.nanoTime() - knockedAt > knocking.toNanos()) {
                        throw unavailable(notBegun);
                    }
                    pause(pause, asking);
                }
            } catch (PerhapsBegun perhaps) {
                asking.perhapsBegun().set(true);
                if (!asking.mayBeRepeated(perhaps) || asking.left().isZero()) {
                    throw unknown(asking, perhaps);
                }
                pause(pause, asking);
            }
            pause = pause.multipliedBy(2).compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : pause.multipliedBy(2);
        }
    }

    private Record once(Asking asking) throws NotBegun, PerhapsBegun {
        var kept = takeKept();
        var link = kept == null ? Link.open(house, asked, asking) : kept;
        try {
            return link.carry(asking);
        } catch (NotBegun notBegun) {
            // A connection that lay idle may have been closed meanwhile: another is tried without a pause.
            throw kept == null ? notBegun : new NotBegun(String.valueOf(notBegun.getMessage()), true);
        } finally {
            if (!link.isSound() || !keep(link)) {
                link.close();
            }
        }
    }

    private static void pause(Duration pause, Asking asking) {
        var jittered = pause.toNanos() / 2 + ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1);
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(jittered, asking.left().toNanos()));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    static Fault interrupted() {
        Thread.currentThread().interrupt();
        return new Fault(Fault.Code.UNAVAILABLE, "stopped while waiting for an answer");
    }

    private Fault unavailable(NotBegun why) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                asked.user() + " does not answer at " + house.door(asked) + " (" + why.getMessage() + "): '"
                        + house.startCommand(asked) + "' starts it",
                why);
    }

    private Fault unknown(Asking asking, Exception why) {
        var call = "'" + asking.type().name() + "'";
        return new Fault(
                Fault.Code.UNKNOWN,
                asking.type().isChange()
                        ? call + " may have been done by " + asked.word() + ", or not: " + why.getMessage()
                        : call + " was not answered by " + asked.word() + ": " + why.getMessage(),
                why);
    }

    private synchronized @Nullable Link takeKept() {
        return kept.poll();
    }

    private synchronized boolean keep(Link link) {
        if (closed || kept.size() == KEPT_MOST) {
            return false;
        }
        kept.push(link);
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        kept.forEach(Link::close);
        kept.clear();
    }

    /// One call and all that goes with it.
    ///
    /// @param deadline by `System.nanoTime()`
    /// @param perhapsBegun whether some try of it may have reached a handler
    record Asking(
            CallType type,
            Record call,
            long deadline,
            String trace,
            @Nullable String key,
            @Nullable Consumer<Record> each,
            @Nullable Consumer<String> overheard,
            AtomicBoolean perhapsBegun) {
        Duration left() {
            return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        }

        /// As it travels: never 0, which would be no deadline.
        long leftMs() {
            return Math.clamp(left().toMillis(), 1, Limits.DEADLINE_MOST.toMillis());
        }

        /// A key makes any repeat harmless: of a stream it brings the last frame alone. A query is asked again unless
        /// its listener has items in hand already, and would get them twice.
        boolean mayBeRepeated(PerhapsBegun perhaps) {
            return key != null || (!type.isChange() && !perhaps.amidItems());
        }
    }

    /// It has certainly not been begun.
    static final class NotBegun extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean atOnce;

        NotBegun(String why, boolean atOnce) {
            super(why);
            this.atOnce = atOnce;
        }

        /// Whether the next try needs no pause before it.
        boolean atOnce() {
            return atOnce;
        }
    }

    /// The whole call was written, and no whole answer came.
    static final class PerhapsBegun extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean amidItems;

        PerhapsBegun(String why, boolean amidItems) {
            super(why);
            this.amidItems = amidItems;
        }

        /// Whether items of a stream were handed over before it broke off.
        boolean amidItems() {
            return amidItems;
        }
    }
}
