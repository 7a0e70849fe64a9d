package hob.ipc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Objects;
import org.newsclub.net.unix.FileDescriptorAccess;
import org.newsclub.net.unix.FileDescriptorCast;

/// The few questions to the C library that Java has no words for: who hung up, and who knocks. Who is who, `Users`
/// asks.
///
/// To bind a function takes a millisecond or two of every start, so that each is bound by those alone who call it.
@SuppressWarnings("restricted") // that is what it is for; daemons run with --enable-native-access
final class Kernel {
    private static final short POLLIN = 0x1;
    private static final short POLLOUT = 0x4;
    private static final int POLLHUP = 0x10;
    private static final int POLL_ENTRY_BYTES = 8; // int fd, short events, short revents

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle POLL =
            function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private Kernel() {}

    static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    static int descriptor(FileDescriptorAccess socket) throws IOException {
        return FileDescriptorCast.using(Objects.requireNonNull(socket.getFileDescriptor(), "closed"))
                .as(Integer.class);
    }

    /// Whose peers are gone, by one question for all. A peer that only said it will send no more is not gone.
    static BitSet hungUp(int... descriptors) {
        try (var arena = Arena.ofConfined()) {
            var entries = arena.allocate((long) POLL_ENTRY_BYTES * descriptors.length, POLL_ENTRY_BYTES);
            for (int i = 0; i < descriptors.length; i++) {
                entries.set(JAVA_INT, (long) i * POLL_ENTRY_BYTES, descriptors[i]);
            }
            poll(entries, descriptors.length, 0);
            var gone = new BitSet(descriptors.length);
            for (int i = 0; i < descriptors.length; i++) {
                if ((entries.get(JAVA_SHORT, (long) i * POLL_ENTRY_BYTES + 6) & POLLHUP) != 0) {
                    gone.set(i);
                }
            }
            return gone;
        }
    }

    /// One socket, which its own thread asks about again and again.
    static final class Waiting {
        private final MemorySegment entry = Arena.ofAuto().allocate(POLL_ENTRY_BYTES, POLL_ENTRY_BYTES);

        Waiting(int descriptor) {
            entry.set(JAVA_INT, 0, descriptor);
        }

        /// Whether there is something to read, or the end of it, before the time is over.
        boolean readable(int milliseconds) {
            return ready(POLLIN, milliseconds);
        }

        /// Whether there is room to write, or nobody to write to, before the time is over.
        boolean writable(int milliseconds) {
            return ready(POLLOUT, milliseconds);
        }

        /// Whether the peer is gone; one that only said it will send no more is not.
        boolean hungUp() {
            return ready((short) 0, 0) && (entry.get(JAVA_SHORT, 6) & POLLHUP) != 0;
        }

        private boolean ready(short events, int milliseconds) {
            entry.set(JAVA_SHORT, 4, events);
            return poll(entry, 1, milliseconds) > 0;
        }
    }

    /// Wakes a thread that waits for callers, without touching the socket at which they knock.
    static final class Bell implements AutoCloseable {
        private static final int EFD_CLOEXEC = 0x80000;

        private static final MethodHandle EVENTFD =
                function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle WRITE =
                function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
        private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        private final int descriptor;

        /// Guarded by this: the number of a descriptor that was closed may be another's by now, and ringing would write
        /// into it.
        private boolean closed;

        Bell() {
            try {
                descriptor = (int) EVENTFD.invokeExact(0, EFD_CLOEXEC);
            } catch (Throwable e) {
                throw broken("eventfd", e);
            }
            if (descriptor < 0) {
                throw new IllegalStateException("no more descriptors are to be had");
            }
        }

        synchronized void ring() {
            if (closed) {
                return;
            }
            try (var arena = Arena.ofConfined()) {
                var written = (long) WRITE.invokeExact(descriptor, arena.allocateFrom(JAVA_LONG, 1), 8L);
                if (written != 8) {
                    throw new IllegalStateException("the bell does not ring");
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw broken("write", e);
            }
        }

        /// Waits until someone knocks or the bell rings.
        void awaitKnock(int listener) {
            try (var arena = Arena.ofConfined()) {
                var entries = arena.allocate(2L * POLL_ENTRY_BYTES, POLL_ENTRY_BYTES);
                var descriptors = new int[] {listener, descriptor};
                for (int i = 0; i < descriptors.length; i++) {
                    entries.set(JAVA_INT, (long) i * POLL_ENTRY_BYTES, descriptors[i]);
                    entries.set(JAVA_SHORT, (long) i * POLL_ENTRY_BYTES + 4, POLLIN);
                }
                poll(entries, descriptors.length, -1);
            }
        }

        /// Waits until the bell rings, and no longer than this.
        void awaitRing(int milliseconds) {
            new Waiting(descriptor).readable(milliseconds);
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                var _ = (int) CLOSE.invokeExact(descriptor);
            } catch (Throwable e) {
                throw broken("close", e);
            }
        }
    }

    private static int poll(MemorySegment entries, int count, int milliseconds) {
        try {
            return (int) POLL.invokeExact(entries, (long) count, milliseconds);
        } catch (Throwable e) {
            throw broken("poll", e);
        }
    }

    static IllegalStateException broken(String function, Throwable e) {
        return new IllegalStateException(function + " of the C library could not be called", e);
    }
}
