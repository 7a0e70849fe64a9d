package hob.hand;

import hob.ipc.Fault;

/// How the command ends: what scripts go by. The numbers are those of sysexits where it has one that fits.
enum Exit {
    OK(0, "It was done."),
    ILL(
            1,
            "`hob status` found something that is not well, `hob rehearse` a member that cannot, or an installation what it would founder on."),
    USAGE(64, "The command or the call is wrong: nothing was done, and asking again will not help."),
    CONFLICT(65, "It does not fit what is there now, such as another revision."),
    NOT_FOUND(66, "What was asked about is not there, or a file that was named."),
    UNAVAILABLE(69, "Nobody is there to answer: nothing was done."),
    INTERNAL(70, "A bug, in the member that was asked or in the command."),
    OUTPUT(74, "What was to be said could not be written, such as to a full disk."),
    BUSY(75, "A limit is reached: nothing was done, ask again later."),
    UNKNOWN(76, "No answer came in time: a change may have been done, or not; the sentence names its key."),
    DENIED(77, "You may not ask this, or whoever answers is not who should."),
    INTERRUPTED(130, "Ctrl-C ended it, as by SIGINT; nothing is said."),
    PIPE(141, "Whoever read the output has gone, as by SIGPIPE; nothing is said.");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /// For whoever reads the reference.
    String meaning() {
        return meaning;
    }

    static Exit of(Fault.Code code) {
        return switch (code) {
            case INVALID -> USAGE;
            case NOT_FOUND -> NOT_FOUND;
            case DENIED -> DENIED;
            case CONFLICT -> CONFLICT;
            case BUSY -> BUSY;
            case UNAVAILABLE -> UNAVAILABLE;
            case UNKNOWN -> UNKNOWN;
            case INTERNAL -> INTERNAL;
        };
    }
}
