package hob.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a deed or a question does to the database. Statements are kept prepared: their texts stand in the code, so
/// that there are only so many.
public final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /// Makes something of a row. Columns are counted from 1.
    @FunctionalInterface
    public interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /// How many rows were changed.
    public int change(String sql, @Nullable Object... values) throws SQLException {
        return with(sql, values, PreparedStatement::executeUpdate);
    }

    public <R> List<R> all(Reader<R> reader, String sql, @Nullable Object... values) throws SQLException {
        return with(sql, values, statement -> {
            var all = new ArrayList<R>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
            }
            return all;
        });
    }

    public <R> Optional<R> first(Reader<R> reader, String sql, @Nullable Object... values) throws SQLException {
        return with(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /// The one number that the question has for an answer.
    public long number(String sql, @Nullable Object... values) throws SQLException {
        return first(row -> row.getLong(1), sql, values).orElseThrow();
    }

    private interface Use<R> {
        R of(PreparedStatement statement) throws SQLException;
    }

    /// The driver closes a statement that failed, and says nothing: so that one is not kept.
    private <R> R with(String sql, @Nullable Object[] values, Use<R> use) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return use.of(statement);
        } catch (SQLException e) {
            prepared.remove(sql);
            statement.close();
            throw e;
        }
    }

    /// One or more statements that ask nothing and take no values.
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /// With its statements.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
