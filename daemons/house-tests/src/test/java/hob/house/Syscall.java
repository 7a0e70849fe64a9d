package hob.house;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The kernel asked directly, by the numbers of its calls on x86-64; an answer below 0 is an error's number.
@SuppressWarnings("restricted") // what is asked here no library asks
final class Syscall {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Arena ARENA = Arena.global();
    private static final MemorySegment STATE = ARENA.allocate(Linker.Option.captureStateLayout());
    private static final long ERRNO =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle CALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle SPAWN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("posix_spawn"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(1L, "EPERM"),
            Map.entry(2L, "ENOENT"),
            Map.entry(3L, "ESRCH"),
            Map.entry(13L, "EACCES"),
            Map.entry(14L, "EFAULT"),
            Map.entry(22L, "EINVAL"),
            Map.entry(30L, "EROFS"),
            Map.entry(38L, "ENOSYS"),
            Map.entry(95L, "EOPNOTSUPP"),
            Map.entry(97L, "EAFNOSUPPORT"),
            Map.entry(101L, "ENETUNREACH"),
            Map.entry(111L, "ECONNREFUSED"),
            Map.entry(115L, "EINPROGRESS"));

    /// A program that was started and ended otherwise than well.
    private static final long ENDED = -1000;

    private static final AtomicLong TARGET = new AtomicLong();

    private Syscall() {}

    interface Deed {
        long answer() throws Throwable;
    }

    static void target(long process) {
        TARGET.set(process);
    }

    static long target() {
        return TARGET.get();
    }

    static String named(long answer) {
        if (answer <= ENDED) {
            return "exit " + (ENDED - answer);
        }
        return answer >= 0 ? "done" : NAMES.getOrDefault(-answer, "error " + -answer);
    }

    static long call(long number, long... given) throws Throwable {
        var all = new long[6];
        System.arraycopy(given, 0, all, 0, given.length);
        var answer = (long) CALL.invokeExact(STATE, number, all[0], all[1], all[2], all[3], all[4], all[5]);
        return answer == -1 ? -STATE.get(JAVA_INT, ERRNO) : answer;
    }

    static long text(String text) {
        return ARENA.allocateFrom(text).address();
    }

    static long room(int bytes) {
        return ARENA.allocate(bytes, 8).address();
    }

    static long number(long number) {
        return ARENA.allocateFrom(JAVA_LONG, number).address();
    }

    /// Waits a second at most, since who is not to be reached often does not answer at all; and says something, since a
    /// socket for packets is told only then that nobody is there.
    static long connect(int family, int type, byte[] address) throws Throwable {
        var socket = call(41, family, type, 0);
        if (socket < 0) {
            return socket;
        }
        call(54, socket, 1, 21, ARENA.allocateFrom(JAVA_LONG, 1, 0).address(), 16);
        var answer = call(42, socket, bytes(address), address.length);
        for (int packet = 0; packet < 2 && answer >= 0 && type == 2; packet++) {
            answer = call(44, socket, text("?"), 1, 0, 0, 0);
        }
        return answer;
    }

    private static long bytes(byte[] bytes) {
        return ARENA.allocateFrom(JAVA_BYTE, bytes).address();
    }

    /// And waits for its end.
    static long start(String... words) throws Throwable {
        var argv = ARENA.allocate(ADDRESS, words.length + 1);
        for (int i = 0; i < words.length; i++) {
            argv.setAtIndex(ADDRESS, i, ARENA.allocateFrom(words[i]));
        }
        var child = ARENA.allocate(JAVA_INT);
        var none = MemorySegment.NULL;
        var error = (int)
                SPAWN.invokeExact(child, ARENA.allocateFrom(words[0]), none, none, argv, ARENA.allocate(ADDRESS, 1));
        return error != 0 ? -error : ended(child.get(JAVA_INT, 0));
    }

    private static long ended(long child) throws Throwable {
        var status = ARENA.allocate(JAVA_INT);
        call(61, child, status.address(), 0, 0);
        var exit = status.get(JAVA_INT, 0) >> 8;
        return exit == 0 ? 0 : ENDED - exit;
    }

    /// A child that is root where it is, and ends at once.
    static long cloneAsRoot() throws Throwable {
        var child = call(56, 0x10000000 | 17, 0, 0, 0, 0);
        if (child == 0) {
            call(231, 0);
        }
        return child < 0 ? child : ended(child);
    }

    /// Seized, and let go of.
    static long traced(long process) throws Throwable {
        var answer = call(101, 0x4206, process, 0, 0);
        if (answer == 0) {
            call(101, 17, process, 0, 0);
        }
        return answer;
    }

    /// Of memory that is there in every process: nothing is read, but it could be.
    static long readMemory(long process) throws Throwable {
        var from = ARENA.allocateFrom(JAVA_LONG, 0x10000, 8);
        var into = ARENA.allocateFrom(JAVA_LONG, room(8), 8);
        var answer = call(310, process, into.address(), 1, from.address(), 1);
        return answer == -14 ? 0 : answer; // nothing is there: it was looked at
    }

    /// The smallest program there is, which answers 0.
    static long bpf() {
        var code = ARENA.allocateFrom(JAVA_LONG, 0xb7, 0x95);
        return ARENA.allocateFrom(JAVA_LONG, 1 | 2L << 32, code.address(), text("GPL"), 0, 0, 0)
                .address();
    }
}
