package hob.memory;

import hob.contract.Family;
import hob.contract.MemoryBlocks;
import hob.daemon.Daemon;
import hob.daemon.Life;
import hob.ipc.DoneBook;
import hob.ipc.Handlers;
import hob.store.Store;
import hob.store.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A planted fault: hob-memory, but for the notes of what was done, which are committed behind the deeds. Whoever kills
/// it between the two finds deeds done twice.
final class ApartMain {
    private ApartMain() {}

    static void main(String[] args) {
        Daemon.run(Family.MEMORY, MemoryConfig.class, args, ApartMain::open);
    }

    static Handlers<?> open(MemoryConfig config, Life life) throws IOException {
        var store = life.keep(Store.open(life.state().resolve("memory.db"), Main.class));
        return Main.answer(config, life, store, Handlers.of(new Apart(store.done()), MemoryBlocks.class));
    }

    private static final class Apart implements DoneBook<Transaction> {
        private final DoneBook<Transaction> real;

        /// Of the deed that is being done: there is one writer.
        private List<Entry> late = new ArrayList<>();

        Apart(DoneBook<Transaction> real) {
            this.real = real;
        }

        private record Done<R extends @Nullable Object>(R answer, List<Entry> notes) {}

        @Override
        public <R extends @Nullable Object> R transaction(Work<Transaction, R> work) throws Exception {
            var done = real.transaction(tx -> {
                late = new ArrayList<>();
                return new Done<>(work.in(tx), late);
            });
            if (!done.notes().isEmpty()) {
                real.transaction(tx -> {
                    for (var note : done.notes()) {
                        real.put(tx, note);
                    }
                    return true;
                });
            }
            return done.answer();
        }

        @Override
        public @Nullable Entry find(Transaction tx, String caller, String key) throws Exception {
            return real.find(tx, caller, key);
        }

        @Override
        public void put(Transaction tx, Entry entry) {
            late.add(entry);
        }

        @Override
        public void remove(Transaction tx, String caller, String key) throws Exception {
            real.remove(tx, caller, key);
        }

        @Override
        public int settle(Transaction tx, String caller, List<String> keys) throws Exception {
            return real.settle(tx, caller, keys);
        }
    }
}
