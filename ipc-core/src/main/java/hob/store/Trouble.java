package hob.store;

import hob.ipc.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What is wrong where a database cannot do its work, in words for people.
///
/// @param sentence what is wrong
/// @param mend the command that mends it, or shows more
/// @param passes whether all goes on by itself when that is mended
record Trouble(String sentence, String mend, boolean passes) {
    private Trouble(String sentence, String mend) {
        this(sentence, mend, true);
    }

    /// A disk does not get well in a moment.
    private static final Duration LATER = Duration.ofSeconds(2);

    /// Whether SQLite may have taken back the whole transaction, and not the failing statement alone.
    static boolean losesTheTransaction(SQLException e) {
        return switch (primary(e)) {
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_BUSY, SQLITE_INTERRUPT -> true;
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_PROTOCOL -> true;
            default -> false;
        };
    }

    static Trouble of(SQLException e, Path file) {
        var folder = file.getParent();
        return switch (primary(e)) {
            case SQLITE_FULL -> full(file);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                new Trouble("another program keeps " + file + " to itself", "fuser -v " + file);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
                new Trouble(file + " cannot be written: " + e.getMessage(), "ls -la " + folder);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new Trouble(
                        file + " is damaged: " + e.getMessage() + "; restore a backup, or see what this saves",
                        "sqlite3 " + file + " .recover",
                        false);
            case SQLITE_IOERR ->
                isFull(file)
                        ? full(file)
                        : new Trouble("the disk of " + file + " fails: " + e.getMessage(), "journalctl -k -p err");
            default -> new Trouble(file + " cannot be used: " + e.getMessage(), "ls -la " + folder);
        };
    }

    private static Trouble full(Path file) {
        return new Trouble("the disk of " + file + " is full", "df -h " + file.getParent());
    }

    /// Some calls of the system say "full" in other words, such as growing the file that readers and writer share.
    private static boolean isFull(Path file) {
        try {
            return Files.getFileStore(file).getUsableSpace() < 64 << 10;
        } catch (IOException e) {
            return false;
        }
    }

    /// Nothing of it was done.
    Fault notBegun() {
        var nothing = sentence + "; nothing was written";
        return passes ? Fault.unavailable(nothing, LATER) : new Fault(Fault.Code.INTERNAL, nothing);
    }

    /// It was handed to the disk, which did not say that it has it.
    Fault perhaps() {
        return new Fault(Fault.Code.UNKNOWN, sentence + "; what was being written may be there after a new start");
    }

    /// The disk ran full before the end of a commit was written: so it is certain that it is not there.
    static boolean isSurelyNotWritten(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_FULL;
    }

    static boolean isDamage(SQLException e) {
        var code = primary(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private static SQLiteErrorCode primary(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        // The low byte of an extended code is the one that it extends.
        return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
    }
}
