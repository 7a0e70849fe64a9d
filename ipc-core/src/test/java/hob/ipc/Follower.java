package hob.ipc;

import hob.contract.Family;
import hob.testing.Eventually;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One that follows a diary in a thread of its own.
final class Follower implements AutoCloseable {
    private final LinkedBlockingQueue<Diary.Told> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Fault> end = new AtomicReference<>();
    private final Client client;
    private final Thread thread;

    Follower(House house, String consumer, @Nullable String cursor) {
        client = new Client(house, Family.MEMORY);
        thread = Thread.ofPlatform().start(() -> {
            try {
                client.listen(new Diary.Follow(consumer, cursor), heard::add);
            } catch (Fault fault) {
                end.set(fault);
            }
        });
    }

    Diary.Told next() throws InterruptedException {
        return Objects.requireNonNull(
                heard.poll(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS), "nothing more was told");
    }

    Fault end() throws InterruptedException {
        thread.join(Eventually.GUARD);
        return Objects.requireNonNull(end.get(), "it goes on");
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
