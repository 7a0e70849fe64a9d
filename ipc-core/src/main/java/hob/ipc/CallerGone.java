package hob.ipc;

/// Nobody waits for this answer any more. Not an error: handlers let it pass.
public final class CallerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerGone(String why) {
        super(why, null, false, false);
    }
}
