package hob.up;

import hob.daemon.Exit;
import java.util.Map;

/// How a process ended.
///
/// @param status 128 and more where a signal ended it
record Ending(int status) {
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            2,
            "SIGINT",
            6,
            "SIGABRT",
            7,
            "SIGBUS",
            9,
            "SIGKILL, perhaps for want of memory",
            11,
            "SIGSEGV",
            15,
            "SIGTERM");

    /// A new start would read the same config.
    boolean isFinal() {
        return status == Exit.CONFIG.code();
    }

    String words() {
        if (status > SIGNALLED) {
            var signal = status - SIGNALLED;
            return "was killed by signal " + signal
                    + (SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "");
        }
        return "ended with " + status
                + Exit.of(status).map(exit -> " (" + exit.meaning() + ")").orElse("");
    }
}
