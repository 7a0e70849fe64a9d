package hob.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// A start that a person can mend: one sentence, and how the process ends.
final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    CannotStart(Exit exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    private CannotStart(Exit exit, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exit = exit;
    }

    /// A part of the daemon could not be opened.
    static CannotStart part(IOException e) {
        return new CannotStart(e instanceof Damaged ? Exit.DAMAGED : Exit.DISK, sentence(e), e);
    }

    static CannotStart part(UncheckedIOException e) {
        return part(Objects.requireNonNull(e.getCause()));
    }

    /// Something around it is missing.
    static CannotStart system(IOException e) {
        return new CannotStart(Exit.SYSTEM, sentence(e), e);
    }

    /// Java says of some only the file, and not what is the matter with it.
    private static String sentence(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user";
            case FileSystemException file
            when file.getReason() == null ->
                file.getFile() + ": " + file.getClass().getSimpleName();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    Exit exit() {
        return exit;
    }
}
