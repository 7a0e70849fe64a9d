package hob.ipc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A descriptor that another process handed to this one, before anyone knows what it is. Only a daemon that was handed
/// some pays for these questions.
@SuppressWarnings("restricted") // as in Kernel
public final class Handed {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int ADDRESS_BYTES = 110; // struct sockaddr_un: a family in two bytes, a path in 108

    private static final MethodHandle FCNTL = function(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Handed() {}

    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /// Programs that this process starts do not inherit it.
    static void closeOnExec(int descriptor) {
        try {
            var _ = (int) FCNTL.invokeExact(descriptor, F_SETFD, FD_CLOEXEC);
        } catch (Throwable e) {
            throw broken("fcntl", e);
        }
    }

    /// Whether callers can knock at it.
    static boolean isListening(int descriptor) {
        return option(descriptor, SO_DOMAIN) == AF_UNIX
                && option(descriptor, SO_TYPE) == SOCK_STREAM
                && option(descriptor, SO_ACCEPTCONN) == 1;
    }

    /// What is no socket has no options.
    private static int option(int descriptor, int option) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocateFrom(JAVA_INT, 0);
            var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            var failed = (int) GETSOCKOPT.invokeExact(descriptor, SOL_SOCKET, option, value, length);
            return failed == 0 ? value.get(JAVA_INT, 0) : -1;
        } catch (Throwable e) {
            throw broken("getsockopt", e);
        }
    }

    /// The file under which it was bound, whether or not it is still there; null where it was none.
    static @Nullable Path boundTo(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var address = arena.allocate(ADDRESS_BYTES, JAVA_INT.byteAlignment());
            var length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
            var failed = (int) GETSOCKNAME.invokeExact(descriptor, address, length);
            return failed != 0 || address.get(JAVA_SHORT, 0) != AF_UNIX ? null : path(address, length.get(JAVA_INT, 0));
        } catch (Throwable e) {
            throw broken("getsockname", e);
        }
    }

    private static @Nullable Path path(MemorySegment address, int length) {
        var name = address.asSlice(Short.BYTES, Math.clamp(length, Short.BYTES, ADDRESS_BYTES) - Short.BYTES)
                .toArray(JAVA_BYTE);
        var end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return end == 0
                ? null
                : Path.of(new String(name, 0, end, StandardCharsets.UTF_8)); // an abstract name begins with 0
    }

    /// For what nobody here knows what to do with.
    public static void close(int descriptor) {
        try {
            var _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw broken("close", e);
        }
    }

    private static IllegalStateException broken(String function, Throwable e) {
        return new IllegalStateException(function + " of the C library could not be called", e);
    }
}
