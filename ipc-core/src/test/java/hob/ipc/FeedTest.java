package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.ipc.Diary.Told.Added;
import hob.ipc.Diary.Told.Known;
import hob.ipc.Diary.Told.Whole;
import hob.testing.Eventually;
import hob.testing.Figures;
import hob.testing.SqliteFeedBook;
import hob.testing.TempHouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A feed over a real database and a real stream: nothing is lost, nothing is told twice, and who cannot go on is told.
@Tag("wire")
class FeedTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TempHouse house = new TempHouse();
    private final AtomicReference<Instant> today = new AtomicReference<>(Instant.parse("2026-11-20T04:00:00Z"));
    private final AtomicInteger followers = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private SqliteFeedBook book() {
        return house.keep(new SqliteFeedBook(folder.resolve("feed.db"), today::get));
    }

    private Feed<String> serve(SqliteFeedBook book) {
        var feed = new Feed<>(book);
        house.serve(Family.MEMORY, Handlers.of(Diary.class).stream(Diary.Follow.class, (call, listener) -> {
            followers.incrementAndGet();
            try {
                var cursor = call.cursor();
                feed.follow(call.consumer(), cursor == null ? null : Cursor.parse(cursor), new Diary.Words(), listener);
                return new Diary.Never();
            } finally {
                followers.decrementAndGet();
            }
        }));
        return feed;
    }

    private Follower follower(String consumer, @Nullable String cursor) {
        return new Follower(house.house(), consumer, cursor);
    }

    /// `w1`, `w2`, ...
    private static String[] words(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "w" + i).toArray(String[]::new);
    }

    private static String cursor(SqliteFeedBook book, long number) throws Exception {
        return new Cursor(book.extent().epoch(), number).toString();
    }

    @Test
    void beginsByWhatIsTrueAndGoesOnAsItComes() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add(words(250));
        try (var follower = follower("rag", null)) {
            var known = new HashSet<String>();
            for (int i = 1; i <= 250; i++) {
                known.add(((Known) follower.next()).what());
            }
            assertThat(known).hasSize(250);
            assertThat(follower.next()).isEqualTo(new Whole(cursor(book, 250)));
            book.add("late");
            feed.grown();
            assertThat(follower.next())
                    .isInstanceOfSatisfying(
                            Added.class, added -> assertThat(added.what()).isEqualTo("late"));
        }
    }

    @Test
    void everyConsumerGoesAtItsOwnPaceFromItsCursor() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add(words(10));
        try (var early = follower("early", cursor(book, 0));
                var late = follower("late", cursor(book, 9))) {
            assertThat(((Added) late.next()).what()).isEqualTo("w10");
            book.add("w11");
            feed.grown();
            assertThat(late.next())
                    .isInstanceOfSatisfying(
                            Added.class, added -> assertThat(added.what()).isEqualTo("w11"));
            for (int i = 1; i <= 11; i++) {
                assertThat(((Added) early.next()).what()).isEqualTo("w" + i);
            }
        }
    }

    @Test
    void goesOnFromTheLaterOfCursorAndAcknowledgement() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add(words(10));
        feed.acknowledge("rag", Cursor.parse(cursor(book, 6)));
        feed.acknowledge("rag", Cursor.parse(cursor(book, 4))); // changes nothing
        assertThat(firstOf("rag", null)).isEqualTo("w7");
        assertThat(firstOf("rag", cursor(book, 2))).isEqualTo("w7");
        assertThat(firstOf("rag", cursor(book, 8))).isEqualTo("w9");
        book.prune(5);
        assertThat(firstOf("rag", cursor(book, 2)))
                .as("too old by itself, but acknowledged later")
                .isEqualTo("w7");
    }

    @Test
    void acknowledgedIsStillSoAfterANewStart() throws Exception {
        try (var before = new SqliteFeedBook(folder.resolve("feed.db"), today::get)) {
            before.add("w1");
            before.add("w2");
            new Feed<>(before).acknowledge("rag", Cursor.parse(cursor(before, 1)));
        }
        serve(book());
        assertThat(firstOf("rag", null)).isEqualTo("w2");
    }

    private String firstOf(String consumer, @Nullable String cursor) throws Exception {
        try (var follower = follower(consumer, cursor)) {
            return switch (follower.next()) {
                case Added added -> added.what();
                case Known _, Whole _ -> "a snapshot";
            };
        }
    }

    @Test
    void refusesAPlaceFromWhichItCannotGoOnAndThenBeginsByASnapshot() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add(words(10));
        var ofFormerLife = cursor(book, 7);
        feed.acknowledge("rag", Cursor.parse(ofFormerLife));
        book.restore(6);
        book.add("another w7");
        assertThat(conflict("rag", ofFormerLife)).contains("another life", "by a snapshot");
        assertThat(firstOf("rag", null)).isEqualTo("a snapshot");

        feed.acknowledge("rag", Cursor.parse(cursor(book, 6)));
        assertThat(conflict("rag", cursor(book, 8))).contains("ahead of the feed, which ends at", "by a snapshot");
        assertThat(firstOf("rag", null)).isEqualTo("a snapshot");

        book.prune(4);
        assertThat(conflict("rag", cursor(book, 3))).contains("not kept any more, only from", "by a snapshot");
        assertThat(firstOf("rag", cursor(book, 4))).isEqualTo("w5");
        assertThatThrownBy(() -> feed.acknowledge("rag", Cursor.parse(cursor(book, 8))))
                .hasMessageContaining("ahead");
        assertThatThrownBy(() -> feed.acknowledge("rag", Cursor.parse(ofFormerLife)))
                .hasMessageContaining("another life");
    }

    private String conflict(String consumer, String cursor) throws Exception {
        try (var follower = follower(consumer, cursor)) {
            var fault = follower.end();
            assertThat(fault.code()).isEqualTo(Fault.Code.CONFLICT);
            return fault.getMessage();
        }
    }

    @Test
    void oneWhoseAcknowledgedPlaceWasPrunedBeginsByASnapshot() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add(words(10));
        feed.acknowledge("rag", Cursor.parse(cursor(book, 2)));
        book.prune(2);
        assertThat(firstOf("rag", null)).isEqualTo("w3");
        book.prune(10);
        assertThat(firstOf("rag", null)).isEqualTo("a snapshot");
        feed.acknowledge("rag", Cursor.parse(cursor(book, 10)));
        book.add("w11");
        assertThat(firstOf("rag", null)).isEqualTo("w11");
        feed.forget("rag"); // its index was deleted
        assertThat(firstOf("rag", null)).isEqualTo("a snapshot");
    }

    @Test
    void oneThatDidNotComeForThirtyDaysIsDropped() throws Exception {
        var book = book();
        var feed = serve(book);
        book.add("w1");
        feed.acknowledge("gone", Cursor.parse(cursor(book, 1)));
        feed.acknowledge("here", Cursor.parse(cursor(book, 1)));
        today.set(today.get().plus(Duration.ofDays(29)));
        book.add("w2");
        feed.forgetAbsent();
        assertThat(firstOf("here", null)).isEqualTo("w2");
        today.set(today.get().plus(Duration.ofDays(1)));
        feed.forgetAbsent();
        assertThat(firstOf("here", null)).isEqualTo("w2");
        assertThat(firstOf("gone", null)).isEqualTo("a snapshot");
    }

    @Test
    void oneThatIsTooSlowIsToldWhatItWouldMiss() throws Exception {
        var book = book();
        book.add(words(150));
        var start = new Cursor(book.extent().epoch(), 0);
        // It takes so long over the hundredth that all is pruned meanwhile.
        Stream<Diary.Told> slow = told -> {
            if (told instanceof Added added && added.what().equals("w100")) {
                prune(book, 120);
            }
        };
        assertThatThrownBy(() -> new Feed<>(book).follow("slow", start, new Diary.Words(), slow))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CONFLICT))
                .hasMessageContaining("not kept any more");
    }

    private static void prune(SqliteFeedBook book, long upTo) {
        try {
            book.prune(upTo);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatComesBetweenLookingAndSleepingIsNotSleptThrough() throws Exception {
        var feed = new AtomicReference<@Nullable Feed<String>>();
        var book = house.keep(new SqliteFeedBook(folder.resolve("feed.db"), today::get) {
            private int left = 20;

            @Override
            public synchronized Page<String> after(long number, int most) throws SQLException {
                var page = super.after(number, most);
                if (page.entries().isEmpty() && left-- > 0) {
                    add("just now " + left);
                    Objects.requireNonNull(feed.get()).grown();
                }
                return page;
            }
        });
        feed.set(serve(book));
        var heard = new ArrayList<String>();
        Stream<Diary.Told> listener = told -> {
            if (told instanceof Added added) {
                heard.add(added.what());
                if (heard.size() == 20) {
                    throw new CallerGone("it has heard all");
                }
            }
        };
        assertThatThrownBy(() -> Objects.requireNonNull(feed.get()).follow("rag", null, new Diary.Words(), listener))
                .isInstanceOf(CallerGone.class);
        assertThat(heard).hasSize(20).last().isEqualTo("just now 0");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 11, 2026})
    void allHearAllInOrderWhileManyAdd(long seed) throws Exception {
        var book = book();
        var feed = serve(book);
        var each = Figures.size(30, 2_000);
        var random = new Random(seed);
        var followers = new ArrayList<Follower>();
        for (int i = 0; i < 3; i++) {
            followers.add(follower("c" + i, cursor(book, 0)));
        }
        var writers = IntStream.range(0, 3)
                .mapToObj(writer -> {
                    var own = new Random(random.nextLong());
                    return Thread.ofPlatform().start(() -> write(book, feed, writer, each, own));
                })
                .toList();
        for (var writer : writers) {
            writer.join();
        }
        var ids = new HashSet<String>();
        for (var follower : followers) {
            for (int number = 1; number <= 3 * each; number++) {
                var added = (Added) follower.next();
                assertThat(added.cursor()).isEqualTo(cursor(book, number));
                ids.add(added.id());
            }
            follower.close();
        }
        assertThat(ids).as("one id for each entry, the same for all").hasSize(3 * each);
        Figures.note("feed.entries_heard_in_order", 3 * 3 * each, "entries");
    }

    private static void write(SqliteFeedBook book, Feed<String> feed, int writer, int count, Random random) {
        try {
            for (int i = 0; i < count; i++) {
                book.add(writer + "/" + i);
                for (int pause = random.nextInt(20_000); pause > 0; pause--) {
                    Thread.onSpinWait(); // between the commit and its being said
                }
                feed.grown();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsWhereTheFollowerHangsUp() throws Exception {
        serve(book());
        try (var follower = follower("rag", null)) {
            assertThat(follower.next()).isInstanceOf(Whole.class);
            assertThat(followers).hasValue(1);
        }
        Eventually.await("nobody is followed for any more", () -> followers.get() == 0);
    }

    @Test
    void cursorsAreReadStrictly() {
        assertThat(Cursor.parse("abcd.0")).isEqualTo(new Cursor("abcd", 0));
        for (var wrong :
                List.of("", "abcd", "abcd.", "abcd.-1", "abcd.01", "abc.1", "abcd.1 ", "abcd.9999999999999999999")) {
            assertThatThrownBy(() -> Cursor.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
