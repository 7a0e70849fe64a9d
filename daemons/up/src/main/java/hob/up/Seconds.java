package hob.up;

import java.util.Locale;

/// How long something took, for a person.
final class Seconds {
    private Seconds() {}

    /// @param began by `System.nanoTime()`
    static String since(long began) {
        return of(System.nanoTime() - began);
    }

    static String of(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
