package hob.testing;

import hob.ipc.DoneBook;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A book of done deeds in a real SQLite database, whose transaction is the connection itself.
public final class SqliteBook implements DoneBook<Connection>, AutoCloseable {
    private final Connection database;

    public SqliteBook(Path file) {
        try {
            database = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = database.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("CREATE TABLE IF NOT EXISTS done (caller TEXT, key TEXT, type TEXT, hash BLOB,"
                        + " answer BLOB, settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (caller, key))");
            }
            database.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("no book at " + file, e);
        }
    }

    @Override
    public synchronized <R extends @Nullable Object> R transaction(Work<Connection, R> work) throws Exception {
        var done = false;
        try {
            var result = work.in(database);
            database.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                database.rollback();
            }
        }
    }

    @Override
    public @Nullable Entry find(Connection transaction, String caller, String key) throws SQLException {
        try (var select =
                prepare(transaction, "SELECT type, hash, answer FROM done WHERE caller = ? AND key = ?", caller, key)) {
            var row = select.executeQuery();
            return row.next() ? new Entry(caller, key, row.getString(1), row.getBytes(2), row.getBytes(3)) : null;
        }
    }

    @Override
    public void put(Connection transaction, Entry entry) throws SQLException {
        try (var insert = prepare(
                transaction,
                "INSERT OR REPLACE INTO done (caller, key, type, hash, answer) VALUES (?, ?, ?, ?, ?)",
                entry.caller(),
                entry.key(),
                entry.type(),
                entry.hash(),
                entry.answer())) {
            insert.executeUpdate();
        }
    }

    @Override
    public void remove(Connection transaction, String caller, String key) throws SQLException {
        try (var delete = prepare(transaction, "DELETE FROM done WHERE caller = ? AND key = ?", caller, key)) {
            delete.executeUpdate();
        }
    }

    @Override
    public int settle(Connection transaction, String caller, List<String> keys) throws SQLException {
        var known = 0;
        for (var key : keys) {
            try (var update =
                    prepare(transaction, "UPDATE done SET settled = 1 WHERE caller = ? AND key = ?", caller, key)) {
                known += update.executeUpdate();
            }
        }
        return known;
    }

    private static PreparedStatement prepare(Connection transaction, String sql, @Nullable Object... values)
            throws SQLException {
        var statement = transaction.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public synchronized void close() throws SQLException {
        database.close();
    }
}
