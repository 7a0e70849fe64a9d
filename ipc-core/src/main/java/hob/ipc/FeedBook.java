package hob.ipc;

import java.util.List;
import java.util.OptionalLong;

/// Where a daemon keeps the entries of a feed and how far each consumer has come. Each call is a short transaction.
///
/// @param <E> an entry, as its contract has it
public interface FeedBook<E> {
    /// What was added; its number grows with each entry and is never used again.
    record Entry<E>(long number, E what) {}

    /// What is true now, and the number of the last entry that went into it: one transaction.
    record Snapshot<E>(long upTo, List<E> parts) {}

    String epoch() throws Exception;

    /// The number of the oldest entry that is kept; one more than the newest where none is.
    long oldest() throws Exception;

    long newest() throws Exception;

    /// Entries behind a number, oldest first.
    List<Entry<E>> after(long number, int most) throws Exception;

    Snapshot<E> snapshot() throws Exception;

    /// How far this consumer said that it has come.
    OptionalLong acknowledged(String consumer) throws Exception;

    /// Remembers it; an earlier place than the one that is known changes nothing.
    void acknowledge(String consumer, long number) throws Exception;
}
