package hob.daemon;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import org.jspecify.annotations.Nullable;

/// Whether there is room left when all garbage is gone: where there is none, all time goes into looking for some.
final class Heap {
    /// In percent.
    private static final int FREE_LEAST = 2;

    /// Below this nothing need be looked at more closely. The survivors' space, which nobody can fill, is within it.
    private static final double DOUBTFUL = 0.9;

    private Heap() {}

    /// What is wrong, or null. Garbage is taken away only where it could be what fills the heap.
    static @Nullable String full() {
        var runtime = Runtime.getRuntime();
        if (runtime.totalMemory() - runtime.freeMemory() < runtime.maxMemory() * DOUBTFUL || free() >= FREE_LEAST) {
            return null;
        }
        System.gc();
        var free = free();
        return free >= FREE_LEAST
                ? null
                : "the heap is full: " + free + " % of " + (runtime.maxMemory() >> 20) + " MiB are free";
    }

    /// In percent of what can be filled: pools without a limit of their own are within another's.
    private static long free() {
        var used = 0L;
        var most = 0L;
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && !isForSurvivors(pool)) {
                used += pool.getUsage().getUsed();
                most += Math.max(0, pool.getUsage().getMax());
            }
        }
        return 100 * (most - used) / most;
    }

    /// Half of it is always empty.
    private static boolean isForSurvivors(MemoryPoolMXBean pool) {
        return pool.getName().contains("Survivor");
    }
}
