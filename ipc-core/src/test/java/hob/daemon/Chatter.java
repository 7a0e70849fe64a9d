package hob.daemon;

import static hob.contract.Who.PERSON;

import hob.contract.Call;
import hob.contract.Doc;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;
import hob.contract.StreamCall;

/// Streams that do not end by themselves.
@Service("memory")
@For(PERSON)
sealed interface Chatter<R extends Record> extends Call<R> {

    @Doc("Say a word again and again.")
    @Query(deadline = "10m")
    record Repeat(String word) implements Chatter<Hushed>, StreamCall<Word, Hushed> {}

    @Doc("Say something when there is something to say, which is never.")
    @Query(deadline = "10m")
    record Brood() implements Chatter<Hushed>, StreamCall<Word, Hushed> {}

    record Word(String word) {}

    record Hushed() {}
}
