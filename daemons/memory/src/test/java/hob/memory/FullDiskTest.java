package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Part;
import hob.contract.HouseCall.Ping;
import hob.contract.MemoryBlocks.Blocks;
import hob.testing.DaemonProcess;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.SmallDisk;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A disk of 16 MiB is filled to the brim while eight callers write.
@Tag("life")
@Tag("slow")
class FullDiskTest {
    private static final int CALLERS = 8;

    private final TempHouse house = new TempHouse();
    private final Path door = house.door(Family.MEMORY);

    /// Each call leaves a text of its own.
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    /// In how many words.
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unknown = new AtomicInteger();
    private volatile boolean ended;

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void nothingIsLostReadingGoesOnAndWritingComesBack() throws Exception {
        var missing = SmallDisk.missing();
        assumeTrue(missing.isEmpty(), missing);
        try (var disk = SmallDisk.at(door.resolveSibling("state"), "16m")) {
            var words = MemoryProcess.words(
                    disk.inside(), "--config", MemoryProcess.config(house).toString());
            try (var process = DaemonProcess.start(house, words).awaitAnswering()) {
                try {
                    fillUnderCallers(disk);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            e.getMessage() + "; it said " + process.lines() + ", and to callers " + refusals, e);
                }
                process.terminate();
                assertThat(process.awaitExit()).isZero();
                assertThat(process.lines())
                        .anyMatch(line -> line.contains("is full; it goes on by itself when that is mended"))
                        .anyMatch(line -> line.endsWith("can be written again"));
            }
            // SQLite would look behind the links by which the disk is seen from here.
            checkWhatIsThere(Files.copy(disk.folder().resolve("memory.db"), door.resolveSibling("copy.db")));
        }
        Figures.note("memory.full-disk.acknowledged", acknowledged.size(), "calls, each there");
        Figures.note("memory.full-disk.refused", refused.size(), "calls, none there");
        Figures.note("memory.full-disk.unknown", unknown, "calls");
    }

    private void fillUnderCallers(SmallDisk disk) throws Exception {
        var memory = house.client(Family.MEMORY);
        var pid = memory.ask(new Ping()).pid();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var callers = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                var number = i;
                callers.add(threads.submit(() -> {
                    write(number);
                    return true;
                }));
            }
            try {
                Eventually.await("callers write", () -> acknowledged.size() >= 100);
                disk.fill();
                var before = refused.size();
                Eventually.await("callers are refused", () -> {
                    disk.fill(); // what a commit gave back, too
                    return refused.size() >= before + 100;
                });
                assertThat(refusals)
                        .allSatisfy(words -> assertThat(words).contains("memory.db is full", "nothing was written"));
                for (int i = 0; i < 100; i++) {
                    assertThat(memory.ask(new Blocks()).blocks()).hasSizeGreaterThan(1);
                }
                assertThat(memory.ask(new Health()).parts())
                        .filteredOn(part -> !part.ok())
                        .extracting(Part::name, Part::mend)
                        .singleElement()
                        .satisfies(ill -> assertThat(ill.toString()).contains("store", "df -h "));

                disk.free();
                var there = acknowledged.size();
                Eventually.await("it is written again", () -> acknowledged.size() >= there + 100);
                assertThat(memory.ask(new Health()).ok()).isTrue();
                assertThat(memory.ask(new Ping()).pid()).isEqualTo(pid);
            } finally {
                ended = true;
            }
            for (var caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private void write(int number) throws IOException {
        try (var connection = RawConnection.to(door)) {
            for (int call = 0; !ended; call++) {
                var text = "caller-" + number + "-call-" + call;
                var key = call % 2 == 0 ? "" : ",\"key\":\"" + text + "\"";
                var answer = connection.ask("{\"type\":\"set_block\",\"name\":\"block-%d\",\"text\":\"%s\"%s}"
                        .formatted(number, text + " ".repeat(1000), key));
                if (answer.contains("\"block_written\"")) {
                    acknowledged.add(text);
                } else if (answer.contains("\"code\":\"UNAVAILABLE\"")) {
                    refused.add(text);
                    refusals.add(answer);
                } else if (answer.contains("\"code\":\"UNKNOWN\"")) {
                    unknown.incrementAndGet();
                } else {
                    throw new AssertionError(answer);
                }
            }
        }
    }

    private void checkWhatIsThere(Path file) throws SQLException {
        Map<String, Integer> there = new HashMap<>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT trim(text), count(*) FROM revision GROUP BY text")) {
            while (rows.next()) {
                there.put(rows.getString(1), rows.getInt(2));
            }
        }
        assertThat(there.keySet()).containsAll(acknowledged).doesNotContainAnyElementsOf(refused);
        assertThat(there).allSatisfy((text, times) -> assertThat(times).as(text).isEqualTo(1));
        assertThat(there.size() - acknowledged.size()).isLessThanOrEqualTo(unknown.get());
    }
}
