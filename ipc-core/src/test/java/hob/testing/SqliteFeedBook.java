package hob.testing;

import hob.ipc.Cursor;
import hob.ipc.FeedBook;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A feed of words in a real SQLite database, where every word that was added stays true.
public class SqliteFeedBook implements FeedBook<String>, AutoCloseable {
    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS life (epoch TEXT);
            CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, what TEXT);
            CREATE TABLE IF NOT EXISTS truth (id TEXT PRIMARY KEY, what TEXT, since INTEGER);
            CREATE TABLE IF NOT EXISTS consumer (name TEXT PRIMARY KEY, epoch TEXT, number INTEGER, came INTEGER)""";

    private final Connection database;
    private final InstantSource clock;

    public SqliteFeedBook(Path file, InstantSource clock) {
        this.clock = clock;
        try {
            database = DriverManager.getConnection("jdbc:sqlite:" + file);
            word("PRAGMA journal_mode = WAL");
            change("PRAGMA synchronous = FULL");
            for (var statement : SCHEMA.split(";", -1)) {
                change(statement);
            }
            change("INSERT INTO life SELECT ? WHERE NOT EXISTS (SELECT * FROM life)", random());
        } catch (SQLException e) {
            throw new IllegalStateException("no feed at " + file, e);
        }
    }

    /// Adds entries in one transaction.
    public synchronized void add(String... words) throws SQLException {
        change("BEGIN IMMEDIATE");
        for (var what : words) {
            var id = random();
            change("INSERT INTO entry (id, what) VALUES (?, ?)", id, what);
            change("INSERT INTO truth SELECT id, what, number FROM entry WHERE id = ?", id);
        }
        change("COMMIT");
    }

    /// The entries up to here are not kept any more; what they made true stays so.
    public synchronized void prune(long upTo) throws SQLException {
        change("DELETE FROM entry WHERE number <= ?", upTo);
    }

    /// As if a backup had come back that was made behind this number: later numbers will be given a second time.
    public synchronized void restore(long upTo) throws SQLException {
        change("BEGIN IMMEDIATE");
        change("DELETE FROM entry WHERE number > ?", upTo);
        change("DELETE FROM truth WHERE since > ?", upTo);
        change("UPDATE sqlite_sequence SET seq = ? WHERE name = 'entry'", upTo);
        change("UPDATE life SET epoch = ?", random());
        change("COMMIT");
    }

    @Override
    public synchronized Extent extent() throws SQLException {
        var newest = newest();
        return new Extent(
                word("SELECT epoch FROM life"),
                number("SELECT coalesce(min(number), ?) FROM entry", newest + 1),
                newest);
    }

    @Override
    public synchronized Page<String> after(long number, int most) throws SQLException {
        var entries = new ArrayList<Entry<String>>();
        try (var select = prepare(
                        "SELECT number, id, what FROM entry WHERE number > ? ORDER BY number LIMIT ?", number, most);
                var row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Entry<>(row.getLong(1), row.getString(2), row.getString(3)));
            }
        }
        return new Page<>(extent(), entries);
    }

    @Override
    public synchronized List<Part<String>> parts(String behindId, int most) throws SQLException {
        var parts = new ArrayList<Part<String>>();
        try (var select = prepare("SELECT id, what FROM truth WHERE id > ? ORDER BY id LIMIT ?", behindId, most);
                var row = select.executeQuery()) {
            while (row.next()) {
                parts.add(new Part<>(row.getString(1), row.getString(2)));
            }
        }
        return parts;
    }

    @Override
    public synchronized @Nullable Cursor came(String consumer) throws SQLException {
        change(
                "INSERT INTO consumer (name, came) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET came = excluded.came",
                consumer,
                clock.millis());
        try (var select = prepare("SELECT epoch, number FROM consumer WHERE name = ?", consumer);
                var row = select.executeQuery()) {
            return row.next() && row.getString(1) != null ? new Cursor(row.getString(1), row.getLong(2)) : null;
        }
    }

    @Override
    public synchronized void acknowledge(String consumer, Cursor upTo) throws SQLException {
        var before = came(consumer);
        if (before == null || !before.epoch().equals(upTo.epoch()) || before.number() < upTo.number()) {
            change("UPDATE consumer SET epoch = ?, number = ? WHERE name = ?", upTo.epoch(), upTo.number(), consumer);
        }
    }

    @Override
    public synchronized void forget(String consumer) throws SQLException {
        change("UPDATE consumer SET epoch = NULL, number = NULL WHERE name = ?", consumer);
    }

    @Override
    public synchronized List<String> forgetAbsent(Duration absence) throws SQLException {
        var gone = new ArrayList<String>();
        try (var delete = prepare(
                        "DELETE FROM consumer WHERE came <= ? RETURNING name", clock.millis() - absence.toMillis());
                var row = delete.executeQuery()) {
            while (row.next()) {
                gone.add(row.getString(1));
            }
        }
        return gone;
    }

    private long newest() throws SQLException {
        return number("SELECT coalesce(max(seq), ?) FROM sqlite_sequence WHERE name = 'entry'", 0);
    }

    private long number(String sql, long value) throws SQLException {
        try (var select = prepare(sql, value);
                var row = select.executeQuery()) {
            return row.getLong(1);
        }
    }

    private String word(String sql) throws SQLException {
        try (var select = prepare(sql);
                var row = select.executeQuery()) {
            return row.getString(1);
        }
    }

    private void change(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = database.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public synchronized void close() throws SQLException {
        database.close();
    }
}
