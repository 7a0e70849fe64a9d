package hob.daemon;

import hob.ipc.Handed;
import java.util.Map;
import java.util.OptionalInt;

/// What systemd kept for this unit while it was not running: descriptors from 3 on, with names (`LISTEN_FDS`).
final class Inherited {
    private static final int FIRST = 3;

    /// `FileDescriptorStoreMax=` is 8; whatever says more than this is no count of descriptors.
    private static final int MOST = 1024;

    private Inherited() {}

    /// The descriptor of this name, the first if there are several; all others are closed.
    static OptionalInt take(String name, Map<String, String> environment, long pid) {
        var found = OptionalInt.empty();
        if (!environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid))) {
            return found; // not for us: a variable that came down from someone else
        }
        var names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        var count = count(environment.getOrDefault("LISTEN_FDS", ""));
        for (int i = 0; i < count; i++) {
            if (found.isEmpty() && i < names.length && names[i].equals(name)) {
                found = OptionalInt.of(FIRST + i);
            } else {
                Handed.close(FIRST + i);
            }
        }
        return found;
    }

    private static int count(String text) {
        return text.matches("\\d{1,4}") ? Math.min(Integer.parseInt(text), MOST) : 0;
    }
}
