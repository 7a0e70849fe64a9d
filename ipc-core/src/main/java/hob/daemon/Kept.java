package hob.daemon;

import hob.contract.HouseCall.Part;
import org.jspecify.annotations.Nullable;

/// A part of a daemon that is opened at the start and closed at the end, and can tell in between how it is.
public interface Kept extends AutoCloseable {
    /// For `health`: well, or what is wrong and the command that mends it. Must not hang.
    Part health();

    /// Why nothing goes on here any more, so that only a new start helps; null while it does. Must not hang.
    default @Nullable String stuck() {
        return null;
    }

    @Override
    void close();
}
