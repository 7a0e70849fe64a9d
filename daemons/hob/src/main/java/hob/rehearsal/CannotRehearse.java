package hob.rehearsal;

/// One sentence for whoever wanted it.
public final class CannotRehearse extends Exception {
    private static final long serialVersionUID = 1L;

    CannotRehearse(String sentence) {
        super(sentence);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
