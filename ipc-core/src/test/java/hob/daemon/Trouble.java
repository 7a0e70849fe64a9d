package hob.daemon;

import static hob.contract.Who.PERSON;

import hob.contract.Call;
import hob.contract.Doc;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;

/// What can go wrong in a daemon, on demand.
@Service("memory")
@For(PERSON)
sealed interface Trouble<R extends Record> extends Call<R> {

    @Doc("Call without end.")
    @Query(deadline = "5s")
    record Recurse() implements Trouble<Planted> {}

    @Doc("Never end, whoever asks for it.")
    @Query(deadline = "500ms")
    record Hang() implements Trouble<Planted> {}

    @Doc("Keep the thread that lets callers in busy with the next one.")
    @Query(deadline = "5s")
    record HoldPorter() implements Trouble<Planted> {}

    @Doc("End the thread that lets callers in by an Error.")
    @Query(deadline = "5s")
    record EndPorter() implements Trouble<Planted> {}

    @Doc("Have a part say that nothing goes on there any more, or that it does.")
    @Query(deadline = "5s")
    record Stick(boolean stuck) implements Trouble<Planted> {}

    @Doc("Fill the heap until there is next to no room, or make room again.")
    @Query(deadline = "60s")
    record Fill(boolean full) implements Trouble<Planted> {}

    @Doc("Fill the heap over the brim.")
    @Query(deadline = "60s")
    record Overflow() implements Trouble<Planted> {}

    @Doc("Take memory outside of the heap without end.")
    @Query(deadline = "60s")
    record Swell() implements Trouble<Planted> {}

    record Planted() {}
}
