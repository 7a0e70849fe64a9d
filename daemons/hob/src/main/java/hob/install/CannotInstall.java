package hob.install;

/// What hinders it, in sentences that say what to do.
public final class CannotInstall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotInstall(String sentence) {
        super(sentence, null, false, false);
    }
}
