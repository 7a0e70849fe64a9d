package hob.hand;

import hob.contract.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Asks several members at once, so that one who is slow does not make the others look slow.
final class AtOnce {
    private AtOnce() {}

    /// @param late says what is known of one who took longer than all of it may take
    static <T> List<T> ask(List<Family> members, long millis, Function<Family, T> question, Function<Family, T> late) {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        // Not closed: that would wait for those who hang, and threads of a daemon end with the process.
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("asking-", 0).factory());
        var asked = new ArrayList<Future<T>>();
        for (var member : members) {
            asked.add(threads.submit(() -> question.apply(member)));
        }
        threads.shutdown();
        var told = new ArrayList<T>();
        for (int i = 0; i < asked.size(); i++) {
            told.add(within(until, asked.get(i), members.get(i), late));
        }
        return told;
    }

    private static <T> T within(long until, Future<T> asked, Family member, Function<Family, T> late) {
        try {
            return asked.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return late.apply(member);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted, which nobody should do", e);
        }
    }
}
