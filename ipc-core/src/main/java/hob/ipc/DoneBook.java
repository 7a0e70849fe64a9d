package hob.ipc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a daemon writes down what was done, in the same transaction as the deed: that is what makes it true.
/// `Once` carries and compares; it stores nothing.
///
/// @param <T> the transaction of the daemon's own database
public interface DoneBook<T> {
    /// What is known of one key of one caller.
    ///
    /// @param hash of the call, so that the same key cannot stand for another
    /// @param answer as it was given; null while it is only begun
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Entry(String caller, String key, String type, byte[] hash, byte @Nullable [] answer) {}

    /// Work inside a transaction.
    @FunctionalInterface
    interface Work<T, R extends @Nullable Object> {
        R in(T transaction) throws Exception;
    }

    /// Commits when the work returns, and then it is on disk; takes everything back when it throws.
    <R extends @Nullable Object> R transaction(Work<T, R> work) throws Exception;

    @Nullable
    Entry find(T transaction, String caller, String key) throws Exception;

    /// Adds an entry, or gives the one of this key its answer. A full book is `BUSY`: nothing is ever dropped early.
    void put(T transaction, Entry entry) throws Exception;

    /// It did not happen after all.
    void remove(T transaction, String caller, String key) throws Exception;

    /// These will not be asked with again: they may go once they are a day old. How many were known.
    int settle(T transaction, String caller, List<String> keys) throws Exception;
}
