package hob.ipc;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.CHORE;
import static hob.contract.Who.MATRIX;
import static hob.contract.Who.PERSON;
import static hob.contract.Who.RAG;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.Query;
import hob.contract.Service;

/// A few rooms that name different callers, for the tests of the door-keeper.
final class Rooms {
    private Rooms() {}

    @Service("agent")
    @For({MATRIX, PERSON})
    sealed interface Thinking<R extends Record> extends Call<R> {
        @Query(deadline = "10s")
        record Think() implements Thinking<Done> {}

        @Query(deadline = "10s")
        @For(CHORE)
        record Tick() implements Thinking<Done> {}
    }

    @Service("memory")
    @For({AGENT, PERSON})
    sealed interface Writing<R extends Record> extends Call<R> {
        @Query(deadline = "10s")
        record Write() implements Writing<Done> {}

        /// Careless: what it does is writing, and the feed's reader is let in too.
        @Query(deadline = "10s")
        @For({AGENT, RAG, PERSON})
        record Scribble() implements Writing<Done> {}
    }

    @Service("memory")
    @For({AGENT, RAG, PERSON})
    sealed interface Reading<R extends Record> extends Call<R> {
        @Query(deadline = "10s")
        record Read() implements Reading<Done> {}
    }

    record Done() {}

    static Handlers<?> of(Family member) {
        return switch (member) {
            case AGENT ->
                Handlers.of(Thinking.class)
                        .on(Thinking.Think.class, _ -> new Done())
                        .on(Thinking.Tick.class, _ -> new Done());
            case MEMORY ->
                Handlers.of(Writing.class, Reading.class)
                        .on(Writing.Write.class, _ -> new Done())
                        .on(Writing.Scribble.class, _ -> new Done())
                        .on(Reading.Read.class, _ -> new Done());
            default -> Handlers.of();
        };
    }
}
