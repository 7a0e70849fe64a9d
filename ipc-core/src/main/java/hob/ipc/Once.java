package hob.ipc;

import hob.contract.HouseCall.OutcomeTold;
import hob.contract.HouseCall.State;
import hob.contract.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Does a deed once for each key, and answers a repeat like the first, byte for byte.
final class Once<T> {
    private final DoneBook<T> book;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Set<Slip> running = new HashSet<>();

    /// One key of one caller.
    private record Slip(String caller, String key) {}

    /// What a deed gives: its answer, ready to travel.
    interface Deed<T> {
        byte[] in(T transaction) throws Exception;
    }

    Once(DoneBook<T> book) {
        this.book = book;
    }

    /// The deed and the note of it are one transaction.
    byte[] inTransaction(Asked asked, CallType type, Record call, Deed<T> deed) throws Exception {
        var key = asked.key();
        if (key == null) {
            return book.transaction(transaction -> asked.answering(() -> deed.in(transaction)));
        }
        var slip = new Slip(asked.caller().name(), key);
        var hash = hash(type, call);
        enter(slip, asked);
        try {
            return book.transaction(transaction -> {
                var before = book.find(transaction, slip.caller, key);
                if (before != null) {
                    return repeated(before, type, hash);
                }
                var answer = asked.answering(() -> deed.in(transaction)); // wherever the book does its writing
                book.put(transaction, new DoneBook.Entry(slip.caller, key, type.name(), hash, answer));
                return answer;
            });
        } finally {
            leave(slip);
        }
    }

    /// A deed that no database holds, such as a started process: noted as begun before, as done after. After a crash
    /// between the two nobody can say, and it is never done again.
    byte[] notedTwice(Asked asked, CallType type, Record call, Work deed) throws Exception {
        var key = asked.key();
        if (key == null) {
            return deed.answer();
        }
        var slip = new Slip(asked.caller().name(), key);
        var hash = hash(type, call);
        enter(slip, asked);
        try {
            var before = noteBegun(new DoneBook.Entry(slip.caller, key, type.name(), hash, null));
            if (before != null) {
                return repeated(before, type, hash);
            }
            return doAndNote(slip, type, hash, deed);
        } finally {
            leave(slip);
        }
    }

    interface Work {
        byte[] answer() throws Exception;
    }

    /// What was noted before, or null.
    private DoneBook.@Nullable Entry noteBegun(DoneBook.Entry entry) throws Exception {
        var noted = new AtomicBoolean();
        try {
            return book.<DoneBook.@Nullable Entry>transaction(transaction -> {
                var found = book.find(transaction, entry.caller(), entry.key());
                if (found == null) {
                    book.put(transaction, entry);
                    noted.set(true);
                }
                return found;
            });
        } catch (InterruptedException e) { // the note may come about all the same, and nothing will be begun
            inAnyCase(transaction -> {
                if (noted.get()) {
                    book.remove(transaction, entry.caller(), entry.key());
                }
                return true;
            });
            throw e;
        }
    }

    private byte[] doAndNote(Slip slip, CallType type, byte[] hash, Work deed) throws Exception {
        byte[] answer;
        try {
            answer = deed.answer();
        } catch (Fault fault) {
            if (!fault.saysNothingHappened()) {
                throw fault.afterADeed(type.name());
            }
            inAnyCase(transaction -> {
                book.remove(transaction, slip.caller, slip.key);
                return true;
            });
            throw fault;
        }
        noteDone(new DoneBook.Entry(slip.caller, slip.key, type.name(), hash, answer));
        return answer;
    }

    /// The deed is done: neither an interrupt nor a full book may now say otherwise.
    private void noteDone(DoneBook.Entry entry) throws Exception {
        try {
            inAnyCase(transaction -> {
                book.put(transaction, entry);
                return true;
            });
        } catch (Fault unwritten) {
            throw new Fault(
                    Fault.Code.UNKNOWN,
                    "'" + entry.type() + "' was done, and that could not be written down: " + unwritten.getMessage(),
                    unwritten);
        }
    }

    /// Work that may be done twice, and is done also when an interrupt comes before it or amid it.
    private void inAnyCase(DoneBook.Work<T, Boolean> work) throws Exception {
        var interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    book.transaction(work);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true; // and once more: a call is interrupted once
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    OutcomeTold outcome(Caller caller, String key) throws Exception {
        var slip = new Slip(caller.name(), key);
        if (isRunning(slip)) {
            return new OutcomeTold(State.RUNNING, null); // before the book, which a deed at work may hold for long
        }
        var entry = find(slip);
        if (entry == null) {
            return new OutcomeTold(State.NEVER_BEGUN, null);
        }
        if (entry.answer() == null) {
            if (isRunning(slip)) {
                return new OutcomeTold(State.RUNNING, null);
            }
            entry = find(slip); // it may have begun and ended between these looks
        }
        var answer = entry == null ? null : entry.answer();
        return answer == null
                ? new OutcomeTold(entry == null ? State.NEVER_BEGUN : State.UNKNOWN, null)
                : new OutcomeTold(State.DONE, new Json(new String(answer, StandardCharsets.UTF_8)));
    }

    private DoneBook.@Nullable Entry find(Slip slip) throws Exception {
        return book.<DoneBook.@Nullable Entry>transaction(transaction -> book.find(transaction, slip.caller, slip.key));
    }

    int settle(Caller caller, List<String> keys) throws Exception {
        return book.transaction(transaction -> book.settle(transaction, caller.name(), keys));
    }

    private static byte[] repeated(DoneBook.Entry before, CallType type, byte[] hash) {
        if (!before.type().equals(type.name()) || !MessageDigest.isEqual(before.hash(), hash)) {
            throw Fault.conflict("the key '" + Suggestion.quoted(before.key()) + "' was used for "
                    + (before.type().equals(type.name())
                            ? "a '" + type.name() + "' that said something else"
                            : "another call, a '" + before.type() + "'")
                    + "; take a new key");
        }
        var answer = before.answer();
        if (answer == null) {
            throw new Fault(
                    Fault.Code.UNKNOWN,
                    "'" + type.name() + "' with the key '" + Suggestion.quoted(before.key())
                            + "' was begun, and nobody can say how it ended; it is not done again");
        }
        return answer;
    }

    /// The same key while the first is at work waits for the first.
    private void enter(Slip slip, Asked asked) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!running.add(slip)) {
                var left = asked.left().toNanos();
                if (left <= 0 || !ended.await(left, TimeUnit.NANOSECONDS)) {
                    throw Fault.busy(
                            "the first call with the key '" + Suggestion.quoted(slip.key) + "' is still at work",
                            Duration.ofSeconds(1));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Slip slip) {
        lock.lock();
        try {
            running.remove(slip);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunning(Slip slip) {
        lock.lock();
        try {
            return running.contains(slip);
        } finally {
            lock.unlock();
        }
    }

    private static byte[] hash(CallType type, Record call) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Wire.canonical(type.call(), call));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
