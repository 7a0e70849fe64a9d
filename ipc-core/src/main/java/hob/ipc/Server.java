package hob.ipc;

import hob.contract.Family;
import hob.contract.HouseCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A daemon's door and all who came in. Each connection has a platform thread of its own; the slot for it is taken
/// before the caller is let in, so that overload waits in the kernel.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /// Those who were refused keep their socket for a round or two, so that they read why; more of them than this just
    /// lose it.
    private static final int FAREWELLS_MOST = 64;

    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// How long work that was stopped may take to say so, and then a caller who does not listen.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /// What a draining server tells those who come too late for it: the next one is soon there.
    static final Duration RESTART = Duration.ofMillis(100);

    private final House house;
    private final Family member;
    private final Handlers<?> handlers;
    private final Limits limits;
    private final DoorKeeper keeper;
    private final CallLog callLog = new CallLog();
    private final Meters meters;
    private final Allowance allowance;
    private final int frameBytesMost;
    private final Semaphore slots;
    private final Watch watch = new Watch(this);
    private final Damper damper = new Damper();
    private final Thread porter;

    /// Another one where the file of the one before is gone.
    private volatile Door door;

    /// Since when the porter has been busy with one caller, by `System.nanoTime()`; 0 while it waits for one.
    private volatile long welcomingSince;

    /// Changed only under the lock of this, and looked at without it: who asks whether all is well must not wait for
    /// it.
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private final Map<String, Integer> shares = new HashMap<>();
    private final Deque<Farewell> farewells = new ArrayDeque<>();
    private volatile boolean draining;

    private record Farewell(AFUNIXSocketChannel channel, long since) {}

    private Server(House house, Family member, Handlers<?> handlers, Limits limits, Meters meters, Door door) {
        this.house = house;
        this.member = member;
        this.limits = limits;
        this.meters = meters;
        this.door = door;
        this.keeper = new DoorKeeper(house, member);
        this.allowance = new Allowance(limits.largeFrameBytes());
        this.slots = new Semaphore(limits.connections());
        this.handlers = handlers.complete();
        this.frameBytesMost = this.handlers.calls().stream()
                .mapToInt(CallType::callBytesMost)
                .max()
                .orElse(Limits.FRAME_BYTES);
        if (frameBytesMost > limits.largeFrameBytes()) {
            throw new IllegalArgumentException("all large frames together may have " + limits.largeFrameBytes()
                    + " bytes, and one alone " + frameBytesMost);
        }
        this.porter = Thread.ofPlatform().name("door").unstarted(this::letIn);
    }

    /// Begins to answer at this door.
    ///
    /// @throws IllegalStateException where a call of the contract is answered by nobody
    public static Server open(
            House house, Family member, Door door, Handlers<?> handlers, Upkeep upkeep, Limits limits, Meters meters) {
        var answers = new HouseAnswers(house, member, handlers, upkeep, meters);
        return open(house, member, door, handlers.with(HouseCall.class, answers::answerIn), limits, meters);
    }

    /// The same with these handlers alone: what every house is asked is then answered by them, or by nobody.
    static Server open(House house, Family member, Door door, Handlers<?> handlers, Limits limits, Meters meters) {
        var server = new Server(house, member, handlers, limits, meters, door);
        server.watch.start();
        server.porter.start();
        return server;
    }

    private void letIn() {
        for (var at = door; ; at = door) {
            while (!at.isClosed()) {
                letOneIn(at);
            }
            var isLast = at == door;
            if (!isLast) {
                letInThoseWhoWaitedAt(at);
            }
            try {
                at.letGo();
            } catch (IOException e) {
                LOG.warn("letting go of the door {}: {}", at.path(), e.toString());
            }
            if (isLast) {
                return;
            }
        }
    }

    /// Whatever goes wrong with one caller, the porter stays for the next.
    private void letOneIn(Door at) {
        slots.acquireUninterruptibly();
        var isTaken = false;
        try {
            var channel = at.accept();
            isTaken = channel != null && welcome(channel);
        } catch (IOException | RuntimeException e) {
            damper.say("let in", more -> LOG.error("cannot let in who knocks at {}: {}{}", at.path(), e, more));
            at.rest();
        } finally {
            welcomingSince = 0;
            if (!isTaken) {
                slots.release();
            }
        }
    }

    /// They found the door while it was in its place, and have done nothing wrong. More than could wait there are none.
    private void letInThoseWhoWaitedAt(Door old) {
        try {
            for (int i = 0; i <= Door.WAITING_MOST && !draining; i++) {
                slots.acquireUninterruptibly();
                var channel = old.acceptLate();
                if (channel == null || !welcome(channel)) {
                    slots.release();
                }
                if (channel == null) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            slots.release();
            LOG.warn("those who still wait at the old door {} knock again: {}", old.path(), e.toString());
        } finally {
            welcomingSince = 0;
        }
    }

    /// Lets callers in at another door from now on, since nobody finds the one before any more.
    public void goOverTo(Door next) throws IOException {
        Door old;
        synchronized (this) {
            if (draining) {
                next.close();
                next.letGo();
                return;
            }
            old = door;
            door = next;
        }
        old.giveUp();
    }

    private boolean welcome(AFUNIXSocketChannel channel) {
        welcomingSince = System.nanoTime() | 1; // never the 0 that says "nobody"
        try {
            var caller = keeper.whoIs(channel);
            var connection = new Connection(this, channel, caller, true);
            remember(connection);
            start(connection);
            return true;
        } catch (Fault refused) {
            meters.refused(refused.code());
            sayWhy(channel, refused);
        } catch (IOException e) {
            LOG.debug("a caller was gone before it was let in: {}", e.toString());
            closeQuietly(channel);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
        return false;
    }

    /// The daemon's own connection: it takes nobody's slot.
    void welcomeItself(AFUNIXSocketChannel channel) throws IOException {
        try {
            var connection = new Connection(this, channel, keeper.whoIs(channel), false);
            remember(connection);
            start(connection);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private void start(Connection connection) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name("call " + connection.caller().name())
                    .uncaughtExceptionHandler(this::ended)
                    .start(connection);
        } catch (OutOfMemoryError e) {
            if (!String.valueOf(e.getMessage()).contains("native thread")) {
                throw e; // it is the heap
            }
            withdraw(connection); // the system gives no more threads
            throw Fault.busy(member.word() + " cannot have another thread", Duration.ofSeconds(1));
        }
    }

    /// Whatever ended this one connection, the others go on; but where the heap is full nothing does.
    private void ended(Thread thread, Throwable e) {
        var ends = Thread.getDefaultUncaughtExceptionHandler();
        if (e instanceof OutOfMemoryError && ends != null) {
            ends.uncaughtException(thread, e);
        } else {
            LOG.error("the thread '{}' failed", thread.getName(), e);
        }
    }

    private void sayWhy(AFUNIXSocketChannel channel, Fault refused) {
        try {
            var out = new Outgoing();
            FaultFrame.write(out, refused);
            channel.write(out.frame()); // fits the empty buffer of a new socket
            if (bidFarewell(channel)) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("a caller did not wait for its refusal: {}", e.toString());
        }
        closeQuietly(channel);
    }

    private synchronized void remember(Connection connection) {
        if (draining) {
            throw Fault.unavailable("starting anew; it was not begun", RESTART);
        }
        var share = connection.caller().share();
        var open = shares.getOrDefault(share, 0);
        if (open >= limits.connectionsPerCaller()) {
            throw Fault.busy(
                    connection.caller().name() + " has " + open + " connections to " + member.word()
                            + ", which is its share",
                    Duration.ofSeconds(1));
        }
        shares.put(share, open + 1);
        connections.add(connection);
        meters.connections(connections.size());
        if (connections.size() == 1) {
            watch.wake();
        }
    }

    synchronized void forget(Connection connection) {
        if (withdraw(connection)) {
            if (connection.hasSlot()) {
                slots.release();
            }
            notifyAll();
        }
    }

    private synchronized boolean withdraw(Connection connection) {
        if (!connections.remove(connection)) {
            return false;
        }
        shares.computeIfPresent(connection.caller().share(), (_, open) -> open == 1 ? null : open - 1);
        meters.connections(connections.size());
        return true;
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    /// One question to the kernel for all that are at work. Asked under the lock that closing needs too, so that no
    /// descriptor can have become another's meanwhile.
    synchronized void stopWhereCallersHungUp() {
        var working = connections.stream().filter(Connection::isWorking).toList();
        if (working.isEmpty()) {
            return;
        }
        var gone =
                Kernel.hungUp(working.stream().mapToInt(Connection::descriptor).toArray());
        gone.stream().forEach(i -> working.get(i).hungUp());
    }

    private synchronized boolean bidFarewell(AFUNIXSocketChannel channel) {
        if (farewells.size() >= FAREWELLS_MOST) {
            return false;
        }
        farewells.add(new Farewell(channel, System.nanoTime()));
        watch.wake();
        return true;
    }

    /// Whether some are still to be ended.
    synchronized boolean endFarewells() {
        var now = System.nanoTime();
        while (!farewells.isEmpty() && now - farewells.element().since() > FAREWELL_NANOS) {
            closeQuietly(farewells.remove().channel());
        }
        return !farewells.isEmpty();
    }

    private static void closeQuietly(AFUNIXSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a refused connection: {}", e.toString());
        }
    }

    /// Nobody new is let in; what was read is answered; what was not read is not begun, and its caller can tell. What
    /// is still at work after the grace is stopped.
    public void drain(Duration grace) {
        synchronized (this) {
            draining = true;
        }
        closeDoor();
        connections().forEach(connection -> connection.shutDown(false));
        if (!emptyWithin(grace)) {
            connections().forEach(connection -> connection.stop(Connection.ENDING));
            if (!emptyWithin(LAST_WORDS)) {
                connections().forEach(connection -> connection.shutDown(true));
                emptyWithin(LAST_WORDS);
            }
        }
        watch.end();
        synchronized (this) {
            farewells.forEach(farewell -> closeQuietly(farewell.channel()));
            farewells.clear();
        }
    }

    private void closeDoor() {
        try {
            door.close();
        } catch (IOException e) {
            LOG.warn("closing the door {}: {}", door.path(), e.toString());
        }
    }

    /// Why nothing goes on here any more, so that only a new start helps; null while it does. That all slots are taken
    /// and callers wait is none of it.
    public @Nullable String stuck() {
        var now = System.nanoTime();
        if (draining) {
            return null;
        } else if (!porter.isAlive()) {
            return "the thread that lets callers in has ended";
        } else if (!watch.isAlive()) {
            return "the thread that looks after deadlines has ended";
        }
        var since = welcomingSince;
        if (since != 0 && now - since > Limits.WELCOME_TIME.toNanos()) {
            return "the thread that lets callers in has been busy with one of them for "
                    + Duration.ofNanos(now - since).toSeconds() + " s";
        }
        return connections().stream()
                .map(connection -> connection.overstays(now))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// By which the daemon asks itself whether it still answers.
    public Pulse pulse() {
        return new Pulse(this);
    }

    private synchronized boolean emptyWithin(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        while (!connections.isEmpty()) {
            var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        drain(Duration.ofSeconds(1));
    }

    Family member() {
        return member;
    }

    /// What a person types to read what it said of a bug.
    String journalCommand(String options) {
        return house.journalCommand(member, options);
    }

    Handlers<?> handlers() {
        return handlers;
    }

    Limits limits() {
        return limits;
    }

    DoorKeeper keeper() {
        return keeper;
    }

    CallLog callLog() {
        return callLog;
    }

    Meters meters() {
        return meters;
    }

    Allowance allowance() {
        return allowance;
    }

    int frameBytesMost() {
        return frameBytesMost;
    }

    boolean isDraining() {
        return draining;
    }

    void deadlineAt(long deadline) {
        watch.deadlineAt(deadline);
    }

    /// What can be asked without changing anything, in the order of the contracts.
    public List<CallType> queries() {
        return handlers.calls().stream().filter(call -> !call.isChange()).toList();
    }

    /// For tests and health: how many callers are in.
    public int open() {
        return connections().size();
    }
}
