package hob.ipc;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells the entries of a book to those who listen: from a cursor on, or from a snapshot of what is true now, and then
/// as
/// they come. Every consumer goes at its own pace, and nothing is held for it in memory.
public final class Feed<E> {
    /// Few enough that the transaction in which they are read is short.
    private static final int ENTRIES_AT_ONCE = 100;

    private final FeedBook<E> book;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();

    /// How an item of the contract is made of a part of the snapshot or an entry, and where it stands.
    @FunctionalInterface
    public interface Item<E, I> {
        /// Makes one item. Inside a snapshot its cursor is good only behind the last part.
        I of(E what, Cursor cursor, boolean inSnapshot);
    }

    public Feed(FeedBook<E> book) {
        this.book = book;
    }

    /// To be called after each commit that added entries.
    public void grown() {
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Tells all from `from` on until the listener goes. Without a cursor, and with none acknowledged, a snapshot comes
    /// first.
    ///
    /// @throws Fault `CONFLICT` for a cursor of another epoch or older than what is kept
    public <I> void follow(String consumer, @Nullable Cursor from, Item<E, I> item, Stream<I> listener)
            throws Exception {
        var epoch = book.epoch();
        var acknowledged = book.acknowledged(consumer);
        long at;
        if (from != null) {
            check(from, epoch);
            at = Math.max(from.number(), acknowledged.orElse(0));
        } else if (acknowledged.isPresent() && acknowledged.getAsLong() + 1 >= book.oldest()) {
            at = acknowledged.getAsLong();
        } else {
            at = tellSnapshot(epoch, item, listener);
        }
        while (true) {
            var entries = book.after(at, ENTRIES_AT_ONCE);
            for (var entry : entries) {
                listener.send(item.of(entry.what(), new Cursor(epoch, entry.number()), false));
                at = entry.number();
            }
            if (entries.isEmpty()) {
                awaitGrowth(at);
            }
        }
    }

    /// The consumer has kept all up to here, and needs none of it again.
    ///
    /// @throws Fault `CONFLICT` for a cursor of another epoch, or one that lies ahead of the feed
    public void acknowledge(String consumer, Cursor upTo) throws Exception {
        check(upTo, book.epoch());
        book.acknowledge(consumer, upTo.number());
    }

    private void check(Cursor cursor, String epoch) throws Exception {
        if (!cursor.epoch().equals(epoch)) {
            throw Fault.conflict("the cursor " + cursor + " is of another life of this feed, which is '" + epoch
                    + "' now: begin without a cursor, by a snapshot");
        }
        if (cursor.number() > book.newest()) {
            throw Fault.conflict("the cursor " + cursor + " lies ahead of the feed, which ends at "
                    + new Cursor(epoch, book.newest()) + ": begin without a cursor, by a snapshot");
        }
        if (cursor.number() + 1 < book.oldest()) {
            throw Fault.conflict("what comes behind the cursor " + cursor + " is not kept any more, only from "
                    + new Cursor(epoch, book.oldest()) + " on: begin without a cursor, by a snapshot");
        }
    }

    private <I> long tellSnapshot(String epoch, Item<E, I> item, Stream<I> listener) throws Exception {
        var snapshot = book.snapshot();
        var cursor = new Cursor(epoch, snapshot.upTo());
        for (var part : snapshot.parts()) {
            listener.send(item.of(part, cursor, true));
        }
        return snapshot.upTo();
    }

    /// Looks again under the lock, so that an entry that came between is not slept through.
    private void awaitGrowth(long at) throws Exception {
        lock.lockInterruptibly();
        try {
            while (book.newest() <= at) {
                grown.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
