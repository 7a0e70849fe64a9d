package hob.store;

import static org.assertj.core.api.Assertions.assertThat;

import hob.store.one.Form;
import hob.testing.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// SQLite begins its log anew only when nobody reads in it: where questions overlap without end, somebody must see to
/// it.
@Timeout(60)
class LogSizeTest {
    private static final int WRITTEN_MIB = 192;

    @TempDir
    private Path folder;

    @Test
    void theLogIsBegunAnewAlsoUnderReadersWithoutEnd() throws Exception {
        var file = folder.resolve("words.db");
        var log = folder.resolve("words.db-wal");
        var ended = new AtomicBoolean();
        var text = "x".repeat(64 << 10);
        var most = 0L;
        try (var store = Store.open(file, Form.class);
                var threads = Executors.newCachedThreadPool()) {
            store.write(tx -> tx.change("INSERT INTO word VALUES ('')"));
            for (int i = 0; i < 3; i++) {
                var _ = threads.submit(() -> {
                    while (!ended.get()) {
                        store.read(tx -> {
                            tx.number("SELECT count(*) FROM word"); // from here on it has its picture
                            return new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                        });
                    }
                    return true;
                });
            }
            for (int i = 0; i < WRITTEN_MIB * 16; i++) {
                store.write(tx -> tx.change("UPDATE word SET text = ?", text));
                most = Math.max(most, Files.size(log));
            }
            ended.set(true);
        }
        Figures.note("store.log.most", most >> 20, "MiB of log, for " + WRITTEN_MIB + " MiB written under readers");
        assertThat(most).isLessThan(96L << 20);
    }
}
