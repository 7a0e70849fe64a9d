package hob.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that nobody expected to end has ended, or the heap is full: nothing can be relied on any more, and a new
/// start is the remedy. The connections' threads are not among them; they have a handler of their own.
final class LastWords implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    /// Made beforehand: when they are needed, there is no room to make them.
    private final byte[] heapIsFull;

    /// Known beforehand: to end must need no class that is not loaded yet, for it may be the jars that are gone.
    private final int exit = Exit.SOFTWARE.code();

    private final FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
    private volatile Notify notify = Notify.NOBODY;

    private LastWords(String who) {
        heapIsFull = (Log.errorPrefix() + who + " ends: its heap is full (-Xmx says how large it may be)\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static LastWords prepare(String who) {
        var words = new LastWords(who);
        Thread.setDefaultUncaughtExceptionHandler(words);
        return words;
    }

    /// Whom to tell too.
    void tell(Notify systemd) {
        notify = systemd;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        try {
            if (e instanceof OutOfMemoryError) {
                stderr.write(heapIsFull);
            } else {
                var sentence = "the thread '" + thread.getName() + "' has ended, and nothing goes on without it";
                LOG.error(sentence, e);
                notify.status(sentence + ": " + e);
            }
        } catch (IOException | RuntimeException | Error unheard) {
            // There is nobody left to be told.
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }
}
