package hob.daemon;

/// How a daemon ends, in the numbers of sysexits: what systemd and scripts go by. Only `CONFIG` is final; after the
/// others a new start may go well.
enum Exit {
    /// It was told to end, and did.
    OK(0),
    /// Its command line is wrong.
    USAGE(64),
    /// What it has written down cannot be trusted any more.
    DAMAGED(65),
    /// A bug, or a thread ended without which it cannot go on.
    SOFTWARE(70),
    /// Something around it is not as it must be: a folder, a socket, a user.
    SYSTEM(71),
    /// The disk could not be read or written.
    DISK(74),
    /// Its config is wrong.
    CONFIG(78);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
