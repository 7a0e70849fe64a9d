package hob.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;

/// How connections to a database are made: the one that writes, and those that read.
final class Opening {
    /// A copy for a backup may hold the lock for a moment.
    private static final int PATIENCE_MS = 10_000;

    /// Some hundred microseconds of work between two looks whether anyone still waits for it.
    private static final int STEPS_BETWEEN_LOOKS = 20_000;

    private Opening() {}

    static Transaction writer(Path file) throws SQLException {
        var connection = connect(file);
        try {
            var transaction = new Transaction(connection);
            var journal = transaction.first(row -> row.getString(1), "PRAGMA journal_mode = WAL");
            if (!journal.equals(Optional.of("wal"))) {
                throw new SQLException("its file system knows no shared memory, without which readers and the writer"
                        + " would wait for each other: move it to a local disk");
            }
            transaction.run("PRAGMA synchronous = FULL"); // what is answered is on disk
            transaction.run("PRAGMA foreign_keys = ON");
            transaction.run("PRAGMA journal_size_limit = 16777216"); // a log that grew once gives its disk back
            return transaction;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static Transaction reader(Path file) throws SQLException {
        var connection = connect(file);
        try {
            var transaction = new Transaction(connection);
            transaction.run("PRAGMA query_only = ON");
            ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return Thread.currentThread().isInterrupted() ? 1 : 0;
                }
            });
            return transaction;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Past the driver manager, which would look for services first.
    private static Connection connect(Path file) throws SQLException {
        var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try {
            var transaction = new Transaction(connection);
            transaction.run("PRAGMA busy_timeout = " + PATIENCE_MS);
            transaction.run("PRAGMA temp_store = MEMORY"); // a full or forbidden /tmp is no concern of ours
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
