package hob.store;

import hob.contract.HouseCall.Part;
import hob.daemon.Damaged;
import hob.daemon.Kept;
import hob.ipc.DoneBook;
import hob.ipc.DoneBook.Work;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A daemon's own database: one thread writes, a few read, and what was acknowledged is on disk.
public final class Store implements Kept {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Path file;
    private final FileChannel lock;
    private final Transaction database;
    private final Object inode;
    private final RunningClock clock;
    private final Writer writer;
    private final Readers readers;
    private final DoneTable done;

    private Store(Path file, FileChannel lock, Transaction database, Bounds bounds) throws SQLException, IOException {
        this.file = file;
        this.inode = Files.getAttribute(file, "unix:ino");
        this.lock = lock;
        this.database = database;
        this.clock = RunningClock.of(database);
        this.readers = new Readers(file);
        this.writer = new Writer(file, bounds.stuck(), database, clock, this::tidy, new LogLength(file, readers));
        this.done = new DoneTable(writer, clock, bounds);
    }

    /// Opens the database, makes it where there is none, and brings it to the form that `V1.sql`, `V2.sql`, ... beside
    /// this class say.
    ///
    /// @throws IOException with a sentence for whoever starts the daemon
    public static Store open(Path file, Class<?> migrationsBeside) throws IOException {
        return open(file, migrationsBeside, Bounds.DEFAULT);
    }

    static Store open(Path file, Class<?> migrationsBeside, Bounds bounds) throws IOException {
        var lock = lock(file);
        Transaction database = null;
        try {
            // A database that was closed well has no log beside it.
            var endedWell = Files.notExists(file.resolveSibling(file.getFileName() + "-wal"));
            database = Opening.writer(file);
            if (!endedWell) {
                lookOver(file, database);
            }
            Migrations.apply(database, migrationsBeside);
            var store = new Store(file, lock, database, bounds);
            store.writer.start();
            return store;
        } catch (SQLException | IOException e) {
            closeQuietly(database);
            lock.close();
            var sentence = "cannot open " + file + ": " + sentence(e, file);
            throw isDamage(e) ? new Damaged(sentence, e) : new IOException(sentence, e);
        }
    }

    private static boolean isDamage(Exception e) {
        return e instanceof Damaged || (e instanceof SQLException trouble && Trouble.isDamage(trouble));
    }

    private static String sentence(Exception e, Path file) {
        if (e instanceof SQLException trouble) {
            var found = Trouble.of(trouble, file);
            return found.sentence() + " ('" + found.mend() + "')";
        }
        return String.valueOf(e.getMessage());
    }

    /// Two daemons on one database would each believe that no key is at work but its own.
    private static FileChannel lock(Path file) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + "-lock");
        var channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel; // and with it until the process ends, however it ends
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it open
        }
        channel.close();
        throw new IOException("cannot open " + file + ": another daemon has it open ('fuser -v " + beside + "')");
    }

    private static void lookOver(Path file, Transaction database) throws SQLException, IOException {
        var began = System.nanoTime();
        var found =
                database.first(row -> row.getString(1), "PRAGMA quick_check(1)").orElse("nothing");
        if (!found.equals("ok")) {
            throw new Damaged(
                    "it is damaged: " + found.replace('\n', ' ') + "; restore a backup, without the '-wal' and"
                            + " '-shm' that lie beside it, or see what 'sqlite3 " + file + " .recover' saves");
        }
        LOG.info(
                "{} is whole; it was looked over after an unclean end, in {} ms",
                file.getFileName(),
                (System.nanoTime() - began) / 1_000_000);
    }

    private static void closeQuietly(@Nullable Transaction database) {
        try {
            if (database != null) {
                database.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing what could not be opened: {}", e.toString());
        }
    }

    /// Answers a question on one picture of the database.
    public <R extends @Nullable Object> R read(Work<Transaction, R> work) throws Exception {
        return readers.read(work);
    }

    /// What it returns is on disk. Runs in the writer's thread, beside others in one transaction; when it throws, what
    /// it did is taken back.
    public <R extends @Nullable Object> R write(Work<Transaction, R> work) throws Exception {
        return writer.write(work);
    }

    /// Where the keys of deeds are kept, in the same transaction as the deeds.
    public DoneBook<Transaction> done() {
        return done;
    }

    /// How often the disk was waited for.
    long commits() {
        return writer.commits();
    }

    private void tidy(Transaction transaction) throws SQLException {
        done.forgetOld(transaction);
        clock.note(transaction); // an idle life that is killed has been running too
    }

    @Override
    public Part health() {
        var trouble = writer.trouble();
        if (trouble != null) {
            return Part.ill("store", trouble.sentence(), trouble.mend());
        }
        return isInPlace()
                ? Part.well("store")
                : Part.ill(
                        "store",
                        file + " was taken away or replaced while it is open: what is written now is lost at the end",
                        "ls -la " + file.getParent());
    }

    private boolean isInPlace() {
        try {
            return Files.getAttribute(file, "unix:ino").equals(inode);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public @Nullable String stuck() {
        return writer.stuck();
    }

    @Override
    public String toString() {
        return "the store " + file.getFileName();
    }

    @Override
    public void close() {
        writer.end();
        try {
            readers.close();
            database.close();
            lock.close();
        } catch (SQLException | IOException e) {
            LOG.warn("closing {}: {}", file, e.toString());
        }
    }
}
