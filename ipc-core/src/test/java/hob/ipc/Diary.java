package hob.ipc;

import static hob.contract.Who.PERSON;

import hob.contract.Call;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;
import org.jspecify.annotations.Nullable;

/// A contract whose one call is to follow a feed, and how the feed's entries are told in it.
@Service("memory")
@For(PERSON)
sealed interface Diary<R extends Record> extends Call<R> {
    @Query(deadline = "2m")
    record Follow(String consumer, @Nullable String cursor) implements Diary<Never>, StreamCall<Told, Never> {}

    sealed interface Told {
        record Known(String id, String what) implements Told {}

        record Whole(String cursor) implements Told {}

        record Added(String id, String what, String cursor) implements Told {}
    }

    record Never() {}

    final class Words implements Feed.Teller<String, Told> {
        @Override
        public Told part(FeedBook.Part<String> part) {
            return new Told.Known(part.id(), part.what());
        }

        @Override
        public Told whole(Cursor upTo) {
            return new Told.Whole(upTo.toString());
        }

        @Override
        public Told entry(FeedBook.Entry<String> entry, Cursor upTo) {
            return new Told.Added(entry.id(), entry.what(), upTo.toString());
        }
    }
}
