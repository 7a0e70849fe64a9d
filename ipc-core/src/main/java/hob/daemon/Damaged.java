package hob.daemon;

import java.io.IOException;

/// What a part has written down cannot be trusted any more. The sentence says what to do, such as to restore it; the
/// daemon ends with it, and no stack trace.
public final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    public Damaged(String sentence) {
        super(sentence);
    }

    public Damaged(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
