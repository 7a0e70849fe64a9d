package hob.memory;

import hob.contract.MemoryBlocks.CoreBlock;
import hob.contract.MemoryBlocks.Deed;
import hob.contract.MemoryBlocks.Revision;
import hob.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Where blocks are kept: each change as a row with the whole of what it was then.
final class Revisions {
    private static final String BLOCK = "SELECT block, purpose, text, chars_max, read_only, revision.number, deed, who,"
            + " at_ms, turn, why FROM revision";

    private Revisions() {}

    static List<CoreBlock> newest(Transaction tx) throws SQLException {
        return tx.all(
                Revisions::block,
                BLOCK + " JOIN block ON name = block AND block.number = revision.number ORDER BY place");
    }

    static Optional<CoreBlock> newest(Transaction tx, String name) throws SQLException {
        return tx.first(
                Revisions::block,
                BLOCK + " JOIN block ON name = block AND block.number = revision.number WHERE block = ?",
                name);
    }

    static Optional<CoreBlock> at(Transaction tx, String name, long number) throws SQLException {
        return tx.first(Revisions::block, BLOCK + " WHERE block = ? AND number = ?", name, number);
    }

    static List<Revision> of(Transaction tx, String name, long before, int limit) throws SQLException {
        return tx.all(
                row -> block(row).revision(),
                BLOCK + " WHERE block = ? AND number < ? ORDER BY number DESC LIMIT ?",
                name,
                before,
                limit);
    }

    /// The number of the last change, also of a block that was removed; 0 where there was none of this name.
    static long last(Transaction tx, String name) throws SQLException {
        return tx.number("SELECT coalesce(max(number), 0) FROM revision WHERE block = ?", name);
    }

    static long count(Transaction tx) throws SQLException {
        return tx.number("SELECT count(*) FROM block");
    }

    /// How many characters all other blocks have together.
    static long charsBeside(Transaction tx, String name) throws SQLException {
        return tx.number(
                "SELECT coalesce(sum(length(text)), 0) FROM revision"
                        + " JOIN block ON name = block AND block.number = revision.number WHERE block <> ?",
                name);
    }

    static void add(Transaction tx, CoreBlock block) throws SQLException {
        var revision = block.revision();
        tx.change(
                "INSERT INTO revision (block, number, deed, text, purpose, chars_max, read_only, who, at_ms, turn, why)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                block.name(),
                revision.number(),
                revision.deed().name(),
                block.text(),
                block.purpose(),
                block.charsMax(),
                block.readOnly(),
                revision.who(),
                Objects.requireNonNull(revision.when()).toEpochMilli(),
                revision.turn(),
                revision.why());
        if (revision.deed() == Deed.REMOVE) {
            tx.change("DELETE FROM block WHERE name = ?", block.name());
        } else {
            tx.change(
                    "INSERT INTO block (name, number) VALUES (?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET number = excluded.number",
                    block.name(),
                    revision.number());
        }
    }

    private static CoreBlock block(ResultSet row) throws SQLException {
        var text = row.getString(3);
        return new CoreBlock(
                row.getString(1),
                row.getString(2),
                text,
                row.getInt(4),
                row.getBoolean(5),
                new Revision(
                        row.getLong(6),
                        Deed.valueOf(row.getString(7)),
                        row.getString(8),
                        Instant.ofEpochMilli(row.getLong(9)),
                        row.getString(10),
                        row.getString(11),
                        Text.chars(text)));
    }
}
