package hob.daemon;

import java.util.Arrays;
import java.util.Optional;

/// How a daemon ends, in the numbers of sysexits: what systemd and scripts go by. Only `CONFIG` is final; after the
/// others a new start may go well.
public enum Exit {
    /// It was told to end, and did.
    OK(0, "it was told to"),
    /// Its command line is wrong.
    USAGE(64, "its command line is wrong"),
    /// What it has written down cannot be trusted any more.
    DAMAGED(65, "what it has written down is damaged"),
    /// A bug, or a thread ended without which it cannot go on.
    SOFTWARE(70, "a bug"),
    /// Something around it is not as it must be: a folder, a socket, a user.
    SYSTEM(71, "something around it is not as it must be"),
    /// The disk could not be read or written.
    DISK(74, "the disk could not be read or written"),
    /// Its config is wrong.
    CONFIG(78, "its config is wrong");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// Empty for a number that no daemon ends with.
    public static Optional<Exit> of(int code) {
        return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
    }

    public int code() {
        return code;
    }

    /// For whoever started it.
    public String meaning() {
        return meaning;
    }
}
