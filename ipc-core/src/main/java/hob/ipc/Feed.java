package hob.ipc;

import hob.ipc.FeedBook.Entry;
import hob.ipc.FeedBook.Extent;
import hob.ipc.FeedBook.Part;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the entries of a book to those who listen: from a cursor on, or from a snapshot of what is true now, and then
/// as they come. Every consumer goes at its own pace, and no more than a page is held for it in memory.
public final class Feed<E> {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /// Few enough that the transaction in which they are read is short.
    private static final int AT_ONCE = 100;

    /// For one that was away longer nothing is kept any more.
    private static final Duration ABSENCE = Duration.ofDays(30);

    private final FeedBook<E> book;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();

    /// How often it grew. Guarded by the lock.
    private long growths;

    /// Makes the items of a contract.
    public interface Teller<E, I> {
        /// A part of the snapshot.
        I part(Part<E> part);

        /// That was all of the snapshot: what was not among its parts is not true. Only now is there a cursor to keep.
        I whole(Cursor upTo);

        /// What was added, and the cursor behind it.
        I entry(Entry<E> entry, Cursor upTo);
    }

    public Feed(FeedBook<E> book) {
        this.book = book;
    }

    /// To be called after each commit that added entries.
    public void grown() {
        lock.lock();
        try {
            growths++;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Tells all until the listener goes: from the later of `from` and what this consumer has acknowledged. One that
    /// has neither hears a snapshot first.
    ///
    /// @throws Fault `CONFLICT` for a place of another epoch, ahead of the feed, or older than what is kept
    public <I> void follow(String consumer, @Nullable Cursor from, Teller<E, I> teller, Stream<I> listener)
            throws Exception {
        var place = place(consumer, from);
        var at = place == null ? tellSnapshot(teller, listener) : place;
        while (true) {
            var seen = growths(); // before the book is looked at: what comes between is not slept through
            var page = book.after(at.number(), AT_ONCE);
            refuse(problem(at, page.extent())); // one that is too slow would jump over what was pruned meanwhile
            for (var entry : page.entries()) {
                at = new Cursor(at.epoch(), entry.number());
                listener.send(teller.entry(entry, at));
            }
            if (page.entries().isEmpty()) {
                awaitGrowth(seen);
            }
        }
    }

    /// The consumer has kept all up to here, and needs none of it again.
    ///
    /// @throws Fault `CONFLICT` for a cursor of another epoch, or one that lies ahead of the feed
    public void acknowledge(String consumer, Cursor upTo) throws Exception {
        var extent = book.extent();
        refuse(foreign(upTo, extent));
        book.acknowledge(consumer, upTo);
    }

    /// The consumer has lost what it had: it begins by a snapshot when it comes without a cursor.
    public void forget(String consumer) throws Exception {
        book.forget(consumer);
    }

    /// To be called once a day: drops those for whom nothing is kept any more.
    public void forgetAbsent() throws Exception {
        for (var consumer : book.forgetAbsent(ABSENCE)) {
            LOG.warn(
                    "'{}' has not come to this feed for {} days and is dropped: if it comes again, it begins by a snapshot",
                    consumer,
                    ABSENCE.toDays());
        }
    }

    /// Where this consumer goes on; null is by a snapshot.
    private @Nullable Cursor place(String consumer, @Nullable Cursor from) throws Exception {
        var acknowledged = book.came(consumer);
        var extent = book.extent();
        if (acknowledged != null && problem(acknowledged, extent) != null) {
            acknowledged = null; // made before a restore, or too long ago
        }
        if (from == null) {
            return acknowledged;
        }
        if (foreign(from, extent) == null && acknowledged != null && acknowledged.number() > from.number()) {
            return acknowledged;
        }
        var problem = problem(from, extent);
        if (problem != null) {
            book.forget(consumer); // so that it does begin by a snapshot
        }
        refuse(problem);
        return from;
    }

    private static void refuse(@Nullable String problem) {
        if (problem != null) {
            throw Fault.conflict(problem + ": begin without a cursor, by a snapshot");
        }
    }

    private static @Nullable String problem(Cursor cursor, Extent extent) {
        return cursor.number() + 1 < extent.oldest() && cursor.epoch().equals(extent.epoch())
                ? "what comes behind the cursor " + cursor + " is not kept any more, only from "
                        + new Cursor(extent.epoch(), extent.oldest()) + " on"
                : foreign(cursor, extent);
    }

    /// Why this cursor was not made by this feed, or null.
    private static @Nullable String foreign(Cursor cursor, Extent extent) {
        if (!cursor.epoch().equals(extent.epoch())) {
            return "the cursor " + cursor + " is of another life of this feed, which is '" + extent.epoch() + "' now";
        }
        return cursor.number() > extent.newest()
                ? "the cursor " + cursor + " lies ahead of the feed, which ends at "
                        + new Cursor(extent.epoch(), extent.newest())
                : null;
    }

    /// The book may change meanwhile: what was added or taken away then comes once more behind the snapshot, as
    /// entries.
    private <I> Cursor tellSnapshot(Teller<E, I> teller, Stream<I> listener) throws Exception {
        var extent = book.extent();
        var upTo = new Cursor(extent.epoch(), extent.newest());
        var parts = book.parts("", AT_ONCE);
        while (!parts.isEmpty()) {
            for (var part : parts) {
                listener.send(teller.part(part));
            }
            parts = book.parts(parts.getLast().id(), AT_ONCE);
        }
        listener.send(teller.whole(upTo));
        return upTo;
    }

    private long growths() {
        lock.lock();
        try {
            return growths;
        } finally {
            lock.unlock();
        }
    }

    private void awaitGrowth(long seen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (growths == seen) {
                grown.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
