package hob.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.ipc.Fault;
import hob.store.one.Form;
import hob.testing.Eventually;
import hob.testing.Figures;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One writes, a few read, and what was acknowledged is there.
@Tag("life")
@Timeout(60)
class StoreTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("words.db");
    }

    private Store open() throws IOException {
        return Store.open(file(), Form.class);
    }

    private static int write(Store store, String word) throws Exception {
        return store.write(tx -> tx.change("INSERT INTO word (text) VALUES (?)", word));
    }

    private static List<String> words(Store store) throws Exception {
        return store.read(tx -> tx.all(row -> row.getString(1), "SELECT text FROM word ORDER BY text"));
    }

    @Test
    void whatWasWrittenIsReadAlsoAfterANewStart() throws Exception {
        try (var store = open()) {
            write(store, "kettle");
            assertThat(words(store)).containsExactly("kettle");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**-wal"); // the sign of a good end
        try (var store = open()) {
            assertThat(words(store)).containsExactly("kettle");
        }
    }

    @Test
    void whatAcknowledgesIsSynced() throws Exception {
        try (var store = open()) {
            assertThat(store.<Long>write(tx -> tx.number("PRAGMA synchronous"))).isEqualTo(2);
            assertThat(store.<String>write(tx -> tx.first(row -> row.getString(1), "PRAGMA journal_mode")
                            .orElseThrow()))
                    .isEqualTo("wal");
        }
    }

    @Test
    void aReaderCannotWrite() throws Exception {
        try (var store = open()) {
            assertThatThrownBy(() -> store.read(tx -> tx.change("INSERT INTO word VALUES ('x')")))
                    .hasMessageContaining("readonly");
            assertThat(words(store)).isEmpty();
        }
    }

    @Test
    void deedsThatComeTogetherShareOneCommit() throws Exception {
        try (var store = open();
                var threads = Executors.newCachedThreadPool()) {
            var begun = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = threads.submit(() -> store.write(tx -> {
                begun.countDown();
                Eventually.await("the others have come", go);
                return write(tx, "first");
            }));
            Eventually.await("the writer is at work", begun);
            var before = store.commits();
            var others = new ArrayList<Future<Integer>>();
            var come = new CountDownLatch(50);
            for (int i = 0; i < 50; i++) {
                var word = "word" + i;
                others.add(threads.submit(() -> {
                    come.countDown();
                    return write(store, word);
                }));
            }
            Eventually.await("all have come", come);
            go.countDown();
            first.get();
            for (var other : others) {
                other.get();
            }
            assertThat(words(store)).hasSize(51);
            Figures.note("store.gathered", 51, "deeds in " + (store.commits() - before) + " commits");
            assertThat(store.commits() - before).isLessThan(26);
        }
    }

    private static int write(Transaction tx, String word) throws SQLException {
        return tx.change("INSERT INTO word (text) VALUES (?)", word);
    }

    @Test
    void aDeedThatFailsLeavesNothingAndHurtsNobodyBesideIt() throws Exception {
        try (var store = open();
                var threads = Executors.newCachedThreadPool()) {
            var begun = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = threads.submit(() -> store.write(tx -> {
                begun.countDown();
                Eventually.await("the others have come", go);
                return write(tx, "first");
            }));
            Eventually.await("the writer is at work", begun);
            var bad = threads.submit(() -> store.write(tx -> {
                write(tx, "bad");
                throw Fault.invalid("no such word");
            }));
            var worse = threads.submit(() -> store.write(tx -> {
                write(tx, "worse");
                return tx.change("INSERT INTO nowhere VALUES (1)");
            }));
            var good = threads.submit(() -> write(store, "good"));
            go.countDown();
            first.get();
            good.get();
            assertThatThrownBy(bad::get).hasCauseInstanceOf(Fault.class);
            assertThatThrownBy(worse::get).hasCauseInstanceOf(SQLException.class);
            assertThat(words(store)).containsExactly("first", "good");
            assertThat(store.health().ok()).isTrue();
        }
    }

    private static SQLException full() {
        return new SQLiteException("as if the disk were full", SQLiteErrorCode.SQLITE_FULL);
    }

    private static void assertUnavailable(Future<?> deed) {
        assertThatThrownBy(deed::get).cause().isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
            assertThat(fault).hasMessageContaining("nothing was written");
        });
    }

    @Test
    void whatWasTakenBackDecidesNothing() throws Exception {
        try (var store = open();
                var threads = Executors.newCachedThreadPool()) {
            var begun = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = threads.submit(() -> store.write(tx -> {
                begun.countDown();
                Eventually.await("the others have come", go);
                return write(tx, "first");
            }));
            Eventually.await("the writer is at work", begun);
            var second = new FutureTask<Integer>(() -> store.write(tx -> {
                if (tx.number("SELECT count(*) FROM word") > 0) {
                    throw Fault.conflict("there is a first one");
                }
                return write(tx, "second");
            }));
            var waiting = Thread.ofPlatform().start(second);
            Eventually.await("the second waits", () -> waiting.getState() == Thread.State.WAITING);
            var third = new FutureTask<Integer>(() -> store.write(_ -> {
                throw full();
            }));
            var last = Thread.ofPlatform().start(third);
            Eventually.await("the third waits", () -> last.getState() == Thread.State.WAITING);
            go.countDown();
            assertUnavailable(first);
            assertUnavailable(third);
            assertUnavailable(second); // the first one, of which it would tell, was never there
            assertThat(words(store)).isEmpty();
        }
    }

    @Test
    void aCommitOfNothingProvesNothing() throws Exception {
        try (var store = open()) {
            store.write(tx ->
                    tx.change("CREATE TRIGGER hinder BEFORE UPDATE ON running BEGIN SELECT RAISE(ABORT, 'no'); END"));
            assertThatThrownBy(() -> store.write(_ -> {
                        throw full();
                    }))
                    .isInstanceOf(Fault.class);
            assertThat(store.<Integer>write(_ -> 1)).isEqualTo(1);
            assertThat(store.health().ok()).isFalse();
            store.write(tx -> tx.change("DROP TRIGGER hinder"));
            assertThat(store.health().ok()).isTrue();
        }
    }

    @Test
    void whoLeavesBeforeItIsBegunIsNotBegun() throws Exception {
        try (var store = open();
                var threads = Executors.newCachedThreadPool()) {
            var begun = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var first = threads.submit(() -> store.write(tx -> {
                begun.countDown();
                Eventually.await("the other has left", go);
                return true;
            }));
            Eventually.await("the writer is at work", begun);
            var done = new AtomicBoolean();
            var waiting = new CountDownLatch(1);
            var left = threads.submit(() -> {
                Thread.currentThread().interrupt(); // its deadline is over as it begins to wait
                waiting.countDown();
                return store.write(tx -> {
                    done.set(true);
                    return true;
                });
            });
            Eventually.await("it waits", waiting);
            assertThatThrownBy(left::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            go.countDown();
            first.get();
            write(store, "behind");
            assertThat(done).isFalse();
        }
    }

    @Test
    void anInterruptEndsALongQuestion() throws Exception {
        try (var store = open();
                var threads = Executors.newCachedThreadPool()) {
            var asking = new AtomicInteger();
            var long1 = threads.submit(() -> store.read(tx -> {
                asking.incrementAndGet();
                return tx.number(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
            }));
            Eventually.await("it is asked", () -> asking.get() == 1);
            threads.shutdownNow(); // which interrupts
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(long1::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(words(store)).isEmpty();
        }
    }

    @Test
    void aWriterThatIsStuckIsSeen() throws Exception {
        var bounds = new Bounds(10, 1000, Duration.ofMillis(50));
        try (var store = Store.open(file(), Form.class, bounds);
                var threads = Executors.newCachedThreadPool()) {
            assertThat(store.stuck()).isNull();
            var go = new CountDownLatch(1);
            var hung = threads.submit(() -> store.write(tx -> {
                Eventually.await("someone has seen it", go);
                return true;
            }));
            Eventually.await("it is seen", () -> store.stuck() != null);
            assertThat(store.stuck()).contains("words.db has been at one thing for 0 s");
            go.countDown();
            hung.get();
            Eventually.await("it goes on", () -> store.stuck() == null);
        }
    }

    @Test
    void aDatabaseThatIsTakenAwayIsNoticed() throws Exception {
        try (var store = open()) {
            assertThat(store.health().ok()).isTrue();
            Files.move(file(), folder.resolve("elsewhere.db"));
            assertThat(store.health().wrong()).contains("was taken away or replaced");
        }
    }

    @Test
    void missingStepsAreTakenInOrderAndOnce() throws Exception {
        try (var store = open()) {
            write(store, "kettle");
        }
        for (int start = 0; start < 2; start++) {
            try (var store = Store.open(file(), hob.store.two.Form.class)) {
                assertThat(store.<Long>read(tx -> tx.number("SELECT sum(times) FROM word")))
                        .isEqualTo(1);
            }
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was written by a newer Hob (its form is 2, and this one knows up to 1)");
    }

    @Test
    void aStepThatFailsIsTakenBackWhole() throws Exception {
        try (var store = open()) {
            write(store, "kettle");
        }
        assertThatThrownBy(() -> Store.open(file(), hob.store.broken.Form.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
        try (var store = open()) {
            assertThat(words(store)).containsExactly("kettle");
        }
    }

    @Test
    void whyAStepFailedIsSaidAlsoWhereSqliteTookItBackItself() throws Exception {
        assertThatThrownBy(() -> Store.open(file(), hob.store.abandoned.Form.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no word fits");
    }

    @Test
    void twoDaemonsOnOneDatabaseAreRefused() throws Exception {
        try (var store = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another daemon has it open");
            write(store, "kettle");
        }
    }

    /// The files as they lie there when the process is killed.
    private Path killed() throws Exception {
        var copy = Files.createDirectory(folder.resolve("killed"));
        try (var store = open()) {
            for (int i = 0; i < 500; i++) {
                write(store, "word" + i);
            }
            for (var name : List.of("words.db", "words.db-wal")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
        }
        return copy.resolve("words.db");
    }

    @Test
    void afterAnUncleanEndAllIsThereThatWasAcknowledged() throws Exception {
        try (var store = Store.open(killed(), Form.class)) {
            assertThat(words(store)).hasSize(500);
        }
    }

    @Test
    void damageIsFoundAfterAnUncleanEnd() throws Exception {
        var file = killed();
        try (var store = Store.open(file, Form.class)) {
            assertThat(words(store)).hasSize(500);
        }
        Files.createFile(file.resolveSibling("words.db-wal"));
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 4096L * 2; at < bytes.length(); at += 64) {
                bytes.seek(at);
                bytes.writeInt(0x5a5a5a5a);
            }
        }
        assertThatThrownBy(() -> Store.open(file, Form.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(".recover");
    }

    @Test
    void whatIsNoDatabaseIsNotTouched() throws Exception {
        Files.writeString(file(), "a diary that someone put here by mistake, and wants to keep\n".repeat(100));
        var before = Files.readAllBytes(file());
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void afterTheEndNothingIsBegun() throws Exception {
        var store = open();
        store.close();
        assertThatThrownBy(() -> write(store, "late"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
    }
}
