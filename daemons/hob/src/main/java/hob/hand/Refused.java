package hob.hand;

import org.jspecify.annotations.Nullable;

/// The command ends here: one sentence for a person, and a code for a script.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final String sentence;
    private final @Nullable String callKey;

    Refused(Exit exit, String sentence) {
        this(exit, sentence, null);
    }

    /// @param callKey under which the call went out that may have been done
    Refused(Exit exit, String sentence, @Nullable String callKey) {
        super(sentence, null, false, false);
        this.exit = exit;
        this.sentence = sentence;
        this.callKey = callKey;
    }

    static Refused usage(String sentence) {
        return new Refused(Exit.USAGE, sentence);
    }

    Exit exit() {
        return exit;
    }

    String sentence() {
        return sentence;
    }

    @Nullable
    String callKey() {
        return callKey;
    }
}
