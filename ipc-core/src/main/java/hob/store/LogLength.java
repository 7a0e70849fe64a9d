package hob.store;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SQLite writes at the beginning of its log again when nobody reads in it. Where questions overlap without end that
/// moment never comes by itself, and the log would grow until the disk is full: so at some length it is made.
final class LogLength {
    private static final Logger LOG = LoggerFactory.getLogger(LogLength.class);

    /// Far more than SQLite needs by itself, so that nobody waits on a usual day; copied in a second or two.
    private static final long BYTES_MOST = 64L << 20;

    /// The deadline of a long question.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final File log;
    private final Readers readers;
    private long bytesMost = BYTES_MOST;

    LogLength(Path file, Readers readers) {
        this.log = new File(file + "-wal");
        this.readers = readers;
    }

    /// Between two transactions.
    void keep(Transaction database) {
        var bytes = log.length();
        if (bytes < BYTES_MOST) {
            bytesMost = BYTES_MOST;
        } else if (bytes >= bytesMost) {
            var tried = readers.whileNobodyReads(PATIENCE, () -> beginAnew(database));
            LOG.debug("{} had {} bytes and has {}{}", log, bytes, log.length(), tried ? "" : ": someone reads on");
            // Another program may read for hours: to wait for it each time would be worse than a long log.
            bytesMost = Math.max(BYTES_MOST, 2 * log.length());
        }
    }

    private void beginAnew(Transaction database) {
        try {
            database.number("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            LOG.debug("{} was not begun anew: {}", log, e.toString()); // what is wrong, the next commit will say
        }
    }
}
