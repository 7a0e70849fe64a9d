package hob.daemon;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.daemon.Chatter.Brood;
import hob.daemon.Chatter.Hushed;
import hob.daemon.Chatter.Repeat;
import hob.daemon.Chatter.Word;
import hob.daemon.Trouble.EndPorter;
import hob.daemon.Trouble.Fill;
import hob.daemon.Trouble.Hang;
import hob.daemon.Trouble.HoldPorter;
import hob.daemon.Trouble.Overflow;
import hob.daemon.Trouble.Planted;
import hob.daemon.Trouble.Recurse;
import hob.daemon.Trouble.Stick;
import hob.daemon.Trouble.Swell;
import hob.ipc.Handlers;
import hob.ipc.Server;
import hob.testing.Bench;
import java.lang.foreign.Arena;
import java.lang.reflect.RecordComponent;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A daemon like any other, as a process of its own, that gets into trouble when it is asked to.
final class TroubledMain {
    private static final Logger LOG = LoggerFactory.getLogger(TroubledMain.class);

    private final Life life;
    private final Store store;
    private final List<byte[]> ballast = new ArrayList<>();

    private TroubledMain(Life life, Store store) {
        this.life = life;
        this.store = store;
    }

    static void main(String[] args) {
        Daemon.run(Family.MEMORY, TroubledConfig.class, args, TroubledMain::open);
    }

    private static Handlers<?> open(TroubledConfig config, Life life) throws Exception {
        var store = life.keep(new Store(new Bench(life.state().resolve("book.db"))));
        LOG.info("opening");
        new CountDownLatch(1).await(config.openFor().toMillis(), TimeUnit.MILLISECONDS);
        switch (config.opening()) {
            case WELL -> LOG.debug("opened");
            case FINDS_DAMAGE ->
                throw new Damaged("the book is damaged: 'hob memory restore' brings back the last copy");
            case FINDS_NO_DISK -> throw new NoSuchFileException("/mnt/book");
            case HAS_A_BUG -> throw new IllegalStateException("a bug");
        }
        life.onReload(TroubledConfig.class, changed -> LOG.info("{} cups from now on", changed.cupsMax()));
        return config.troubled()
                ? new TroubledMain(life, store).trouble(chatter(store.bench().handlers(Chatter.class, Trouble.class)))
                : chatter(store.bench().handlers(Chatter.class));
    }

    private static <T> Handlers<T> chatter(Handlers<T> handlers) {
        return handlers.stream(Repeat.class, (call, listener) -> {
                    while (true) {
                        listener.send(new Word(call.word()));
                    }
                })
                .stream(Brood.class, (_, _) -> {
            new CountDownLatch(1).await();
            return new Hushed();
        });
    }

    private <T> Handlers<T> trouble(Handlers<T> handlers) {
        return handlers.on(Recurse.class, TroubledMain::recurse)
                .on(Hang.class, _ -> hang())
                .on(HoldPorter.class, _ -> plantAtTheDoor(TroubledMain::hang))
                .on(
                        EndPorter.class,
                        _ -> plantAtTheDoor(() -> {
                            throw new Error("planted");
                        }))
                .on(Stick.class, this::stick)
                .on(Fill.class, this::fill)
                .on(Overflow.class, _ -> overflow())
                .on(Swell.class, _ -> swell());
    }

    /// A part that says what it is told to say.
    static final class Store implements Kept {
        private final Bench bench;
        private volatile boolean isStuck;

        Store(Bench bench) {
            this.bench = bench;
        }

        Bench bench() {
            return bench;
        }

        @Override
        public Part health() {
            return Part.well("store");
        }

        @Override
        public @Nullable String stuck() {
            return isStuck ? "its writer has done nothing for 31 s" : null;
        }

        @Override
        public void close() {
            try {
                bench.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @SuppressWarnings({"InfiniteLoopStatement", "ThreadPriorityCheck"})
    private static Planted hang() {
        while (true) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            Thread.interrupted(); // it heeds nothing
        }
    }

    private Planted stick(Stick call) {
        store.isStuck = call.stuck();
        return new Planted();
    }

    /// Where the porter counts each caller's share, something happens.
    private Planted plantAtTheDoor(Runnable trouble) throws ReflectiveOperationException {
        var shares = Server.class.getDeclaredField("shares");
        shares.setAccessible(true);
        shares.set(server(), new HashMap<String, Integer>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Integer getOrDefault(Object key, Integer none) {
                trouble.run();
                return none;
            }
        });
        return new Planted();
    }

    private Server server() throws ReflectiveOperationException {
        var opened = Life.class.getDeclaredField("opened");
        opened.setAccessible(true);
        for (var kept : (Collection<?>) Objects.requireNonNull(opened.get(life))) {
            var part = component(kept, "part");
            if (part instanceof Record && component(part, "server") instanceof Server server) {
                return server;
            }
        }
        throw new IllegalStateException("there is no server in this life");
    }

    private static @Nullable Object component(@Nullable Object of, String name) throws ReflectiveOperationException {
        for (RecordComponent component : Objects.requireNonNull(of).getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                component.getAccessor().setAccessible(true);
                return component.getAccessor().invoke(of);
            }
        }
        return null;
    }

    /// Little by little, and until it stays full: the virtual machine itself throws things away as room gets scarce.
    private Planted fill(Fill call) {
        ballast.clear();
        for (int looks = 0; call.full() && looks < 10; looks++) {
            if (Heap.full() == null) {
                ballast.add(new byte[256 << 10]);
                looks = 0;
            }
        }
        return new Planted();
    }

    private Planted overflow() {
        while (true) {
            ballast.add(new byte[1 << 20]);
        }
    }

    /// Each page is touched, or it would be nobody's.
    private static Planted swell() {
        while (true) {
            Arena.global().allocate(1 << 20).fill((byte) 1);
        }
    }

    private static Planted recurse(Recurse call) {
        return depth(1) > 0 ? new Planted() : hang();
    }

    private static int depth(int so) {
        return so == 0 ? 0 : 1 + depth(so + 1);
    }
}
