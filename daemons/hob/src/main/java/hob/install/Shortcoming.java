package hob.install;

/// Something that cannot be made to hold, and without which everything works.
final class Shortcoming extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Shortcoming(String sentence) {
        super(sentence, null, false, false);
    }
}
