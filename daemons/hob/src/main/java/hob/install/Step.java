package hob.install;

import java.io.IOException;

/// One thing that shall hold.
///
/// @param what said as if it held
/// @param isSo looks, and changes nothing
/// @param deed makes it hold, also where it was begun before and cut off
public record Step(String what, Look isSo, Deed deed) {
    /// Looks whether it holds.
    @FunctionalInterface
    public interface Look {
        boolean isSo() throws IOException;
    }

    /// Makes it hold.
    @FunctionalInterface
    public interface Deed {
        void make() throws IOException;
    }
}
