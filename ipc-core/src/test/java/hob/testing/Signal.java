package hob.testing;

import java.nio.file.Path;

/// Sends signals for which Java has no method.
public final class Signal {
    private Signal() {}

    /// By the shell, which has it built in: a bare machine has no program `kill`.
    ///
    /// @param name such as `STOP`
    /// @param pid with a minus for all of a process group
    public static void send(String name, long pid) {
        var sent = Command.run(Path.of("/"), "sh", "-c", "kill -" + name + " " + pid);
        if (sent.exit() != 0) {
            throw new IllegalStateException("process " + pid + " cannot be sent SIG" + name + ": " + sent.output());
        }
    }
}
