package hob.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// One measured process. It does what the lines of its standard input say, and ends with them.
final class Peer {
    private final Rival rival;
    private final Path door;
    private final boolean asks;

    private Peer(Rival rival, Path door, boolean asks) {
        this.rival = rival;
        this.door = door;
        this.asks = asks;
    }

    static void main(String[] args) throws Exception {
        var peer = new Peer(Rival.named(args[1]), Path.of(args[2]), args[0].equals("call"));
        try {
            peer.run();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // whatever threads a rival keeps
    }

    private void run() throws Exception {
        if (!asks) {
            rival.serve(door);
            doAsTold(_ -> {});
        } else {
            doAsTold(rival.connect(door));
        }
    }

    private void doAsTold(Rival.Asker asker) throws Exception {
        say("ready");
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = line.split(" ", -1);
            var numbers =
                    Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
            switch (words[0]) {
                case "measure" -> say(measure(asker, numbers[0], numbers[1]));
                case "many" -> say(many(numbers[0], numbers[1], numbers[2]));
                case "allocated" -> say(allocatedBytes());
                case "heap" -> say(heapBytes());
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private String measure(Rival.Asker asker, int bytes, int calls) throws Exception {
        var nanos = new long[calls];
        var task = new FutureTask<>(() -> {
            for (int i = 0; i < calls; i++) {
                var began = System.nanoTime();
                asker.call(bytes);
                nanos[i] = System.nanoTime() - began;
            }
            return calls;
        });
        rival.threads().start(task);
        task.get();
        Arrays.sort(nanos);
        return nanos[calls / 2] + " " + nanos[calls / 10] + " " + nanos[(int) (calls * 0.99)];
    }

    private String many(int connections, int bytes, int milliseconds) throws Exception {
        var count = new LongAdder();
        var tasks = new ArrayList<FutureTask<Integer>>();
        for (int i = 0; i < connections; i++) {
            tasks.add(new FutureTask<>(() -> {
                try (var asker = rival.connect(door)) {
                    var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
                    for (; System.nanoTime() - until < 0; count.increment()) {
                        asker.call(bytes);
                    }
                }
                return connections;
            }));
        }
        tasks.forEach(rival.threads()::start);
        for (var task : tasks) {
            task.get();
        }
        return Long.toString(count.sum());
    }

    private static String allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Long.toString(threads.getTotalThreadAllocatedBytes());
    }

    private static String heapBytes() {
        System.gc();
        return Long.toString(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static void say(String line) throws IOException {
        System.out.println(line);
        System.out.flush();
    }
}
