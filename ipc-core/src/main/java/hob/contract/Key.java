package hob.contract;

import java.util.regex.Pattern;

/// The shape of an idempotency key, and of a trace.
public final class Key {
    /// Long enough for a uuid and the marks of a few hops.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_./:$!@-]{1,200}");

    private static final Pattern TRACE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Key() {}

    public static void check(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("'key' is not 1 to 200 of A-Z a-z 0-9 _ . / : $ ! @ -");
        }
    }

    public static void checkTrace(String trace) {
        if (!TRACE.matcher(trace).matches()) {
            throw new IllegalArgumentException("'trace' is not 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }
}
