package hob.house;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.MemoryBlocks.Block;
import hob.contract.MemoryBlocks.BlockWritten;
import hob.contract.MemoryBlocks.Blocks;
import hob.contract.MemoryBlocks.EditBlock;
import hob.contract.MemoryBlocks.SetBlock;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.Fault;
import hob.ipc.House;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One caller of memory, which writes a block of its own and reads it, call after call, and believes nothing.
final class Calling extends Thread {
    /// Several deaths one after the other are waited for, whatever else the machine has to do.
    static final Manner PATIENTLY = Manner.USUAL.within(Duration.ofSeconds(60));

    /// What takes so long was waiting for a daemon that was not there, or for the machine.
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// What became of calls.
    enum Count {
        QUERIES,
        KEYED,
        UNKEYED,
        /// Changes without a key of which nobody can say whether they were done.
        UNKNOWN_UNKEYED,
        /// Calls that were told that memory is not there, and how it is started.
        UNAVAILABLE,
        /// All others that were not answered, or not truly.
        FAILED,
        NOT_DONE_ONCE,
        ASKED_AGAIN,
        ANSWERED_OTHERWISE
    }

    private record Keyed(Call<BlockWritten> call, String key, BlockWritten answer) {}

    private final Client client;
    private final String block;
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Set<String> answered = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final List<Keyed> waited = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private long longest;
    private @Nullable String text;
    private int calls;
    private volatile boolean ended;
    private volatile boolean keysOnly;

    Calling(House house, int number, boolean patient) {
        super("caller " + number);
        setDaemon(true);
        block = "caller-" + number;
        client = patient ? new Client(house, Family.MEMORY) : new Client(house, Family.MEMORY, Duration.ZERO);
    }

    String block() {
        return block;
    }

    void useKeysOnly() {
        keysOnly = true;
    }

    void end() {
        ended = true;
    }

    @Override
    public void run() {
        for (int call = 0; !ended; call++) {
            var began = System.nanoTime();
            try {
                call(call);
            } catch (Fault fault) {
                note(fault);
            } catch (RuntimeException | AssertionError e) {
                complain(e.toString());
            }
            tookFrom(began);
        }
        client.close();
    }

    private void call(int call) {
        var key = block + "-" + call;
        switch (call % 5) {
            case 0 -> change(new SetBlock(block, key, null, key), key, true);
            case 1 -> query();
            case 2 -> change(edit(key), key, true);
            case 3 -> queryAll();
            default -> change(new SetBlock(block, key, null, key), key, keysOnly);
        }
    }

    private Call<BlockWritten> edit(String key) {
        return text == null
                ? new SetBlock(block, key, null, key)
                : new EditBlock(block, text, key, null, null, null, null, key);
    }

    private void change(Call<BlockWritten> call, String key, boolean keyed) {
        var before = text;
        text = null;
        var began = System.nanoTime();
        try {
            var answer = client.ask(call, keyed ? PATIENTLY.keyed(key) : PATIENTLY);
            text = key;
            noteAnswered(key);
            add(keyed ? Count.KEYED : Count.UNKEYED);
            if (keyed && System.nanoTime() - began > WAIT_NANOS) {
                waited.add(new Keyed(call, key, answer));
            }
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.UNKNOWN) {
                text = before;
                throw fault;
            }
            unknown.add(key);
            if (keyed) {
                throw fault;
            }
            add(Count.UNKNOWN_UNKEYED);
        }
    }

    void noteAnswered(String key) {
        answered.add(key);
    }

    private void query() {
        if (text != null) {
            isMine(client.ask(new Block(block, null), PATIENTLY).block().text());
            add(Count.QUERIES);
        }
    }

    private void queryAll() {
        var all = client.ask(new Blocks(), PATIENTLY).blocks();
        all.stream().filter(one -> one.name().equals(block)).forEach(mine -> isMine(mine.text()));
        add(Count.QUERIES);
    }

    /// What was answered as written is what is read, whoever died in between.
    private void isMine(String read) {
        if (text != null && !text.equals(read)) {
            complain("wrote " + text + " and read " + read);
        }
    }

    private void note(Fault fault) {
        if (fault.code() == Fault.Code.UNAVAILABLE
                && String.valueOf(fault.getMessage()).contains("'systemctl start hob-memory.service'")) {
            add(Count.UNAVAILABLE);
        } else {
            complain(fault.toString());
        }
    }

    private void complain(String complaint) {
        add(Count.FAILED);
        if (complaints.size() < 5) {
            complaints.add(complaint);
        }
    }

    private void tookFrom(long began) {
        var now = System.nanoTime();
        longest = Math.max(longest, now - began);
        if (now - began > WAIT_NANOS) {
            waits.add("wait " + began / 1000 + " " + now / 1000);
        }
        synchronized (this) {
            calls++;
            notifyAll();
        }
    }

    synchronized int calls() {
        return calls;
    }

    synchronized void awaitCalls(int count) throws InterruptedException {
        while (calls < count) {
            wait();
        }
    }

    /// Those that were on their way while memory died: they are answered as before, and not done another time.
    void askAgain(Client other) {
        for (var each : waited) {
            add(Count.ASKED_AGAIN);
            if (!other.ask(each.call(), PATIENTLY.keyed(each.key())).equals(each.answer())) {
                add(Count.ANSWERED_OTHERWISE);
            }
        }
    }

    void checkDoneOnce(Map<String, Integer> done) {
        var all = new HashMap<>(done);
        answered.forEach(key -> all.putIfAbsent(key, 0));
        all.forEach((key, times) -> {
            if (times != 1 || !(answered.contains(key) || unknown.contains(key))) {
                add(Count.NOT_DONE_ONCE);
                complaints.add(key + " was done " + times + " times"
                        + (answered.contains(key) ? "" : ", and was not answered"));
            }
        });
    }

    private void add(Count count) {
        counts.merge(count, 1L, Long::sum);
    }

    long count(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    /// From when to when, in microseconds of the machine's own clock, which is systemd's too.
    List<String> waits() {
        return waits;
    }

    List<String> complaints() {
        return complaints;
    }
}
