package hob.ipc;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a daemon keeps the entries of a feed and how far each consumer has come. Each method is one short transaction.
///
/// An id is random and never used again, also not after a restore, as a number may be: who passes entries on knows by
/// it what was sent already. What is true now has the id of the entry that made it true.
///
/// @param <E> what an entry says, as its contract has it
public interface FeedBook<E> {
    /// From where to where the entries reach that are kept.
    ///
    /// @param oldest one more than `newest` where none is kept
    /// @param newest the last number that was given, whether its entry is still kept or not
    record Extent(String epoch, long oldest, long newest) {}

    /// What was added; numbers grow.
    record Entry<E>(long number, String id, E what) {}

    /// Some entries, and what was kept at the moment at which they were read.
    record Page<E>(Extent extent, List<Entry<E>> entries) {}

    /// One thing that is true now.
    record Part<E>(String id, E what) {}

    Extent extent() throws Exception;

    /// The entries behind a number, oldest first.
    Page<E> after(long number, int most) throws Exception;

    /// What is true now, in the order of the ids, behind this one.
    List<Part<E>> parts(String behindId, int most) throws Exception;

    /// Notes that this consumer is here today, and says how far it has acknowledged; null where it has not.
    @Nullable
    Cursor came(String consumer) throws Exception;

    /// Notes it with its epoch; of one epoch, an earlier place than the one that is known changes nothing.
    void acknowledge(String consumer, Cursor upTo) throws Exception;

    /// What this consumer acknowledged counts no more.
    void forget(String consumer) throws Exception;

    /// Forgets those who have not come for so long, and names them. Nothing needs to be kept for them any more.
    List<String> forgetAbsent(Duration absence) throws Exception;
}
