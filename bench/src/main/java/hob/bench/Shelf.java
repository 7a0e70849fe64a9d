package hob.bench;

import hob.contract.Call;
import hob.contract.Doc;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.Who;

/// The contract that is measured: a call as the daemons have them, with a text that makes it as large as wanted.
@Service("memory")
@For(Who.PERSON)
public sealed interface Shelf<R extends Record> extends Call<R> {

    @Doc("Fetch a text.")
    @Query(deadline = "5s")
    record Fetch(String title, int limit) implements Shelf<Fetched> {
        /// A call whose frame has so many bytes.
        static Fetch ofFrame(int bytes) {
            return new Fetch("x".repeat(bytes - FETCH_BYTES), 5);
        }

        int frameBytes() {
            return title.length() + FETCH_BYTES;
        }
    }

    record Fetched(String text, int found, boolean complete) {
        static Fetched ofFrame(int bytes) {
            return new Fetched("x".repeat(bytes - FETCHED_BYTES), 5, true);
        }

        int frameBytes() {
            return text.length() + FETCHED_BYTES;
        }
    }

    /// All of the frame but the text.
    int FETCH_BYTES = """
            {"type":"fetch","title":"","limit":5,"deadline_ms":4999,"trace":"0123456789abcdef"}""".length();

    int FETCHED_BYTES = """
            {"type":"fetched","text":"","found":5,"complete":true}""".length();
}
