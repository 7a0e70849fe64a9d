package hob.ipc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who is who, as the user databases have it. The C library answers in memory of its own, which the next question
/// overwrites: so one asks at a time.
@SuppressWarnings("restricted") // that is what it is for; daemons run with --enable-native-access
final class Users {
    private static final int GROUPS_MOST = 1024;
    private static final int NAME_BYTES_MOST = 4096; // far beyond what any tool makes; the name ends with a NUL

    private static final Function GETUID = new Function("getuid", FunctionDescriptor.of(JAVA_INT));
    private static final Function GETPWNAM = new Function("getpwnam", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final Function GETPWUID = new Function("getpwuid", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final Function GETGRNAM = new Function("getgrnam", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final Function GETGROUPLIST =
            new Function("getgrouplist", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));

    private Users() {}

    /// Bound when it is first called: most processes call one of these in all their life, and some none.
    private static final class Function {
        private final String name;
        private final FunctionDescriptor descriptor;
        private @Nullable MethodHandle bound;

        Function(String name, FunctionDescriptor descriptor) {
            this.name = name;
            this.descriptor = descriptor;
        }

        synchronized MethodHandle bound() {
            if (bound == null) {
                bound = Kernel.function(name, descriptor);
            }
            return bound;
        }
    }

    static int ownUid() {
        try {
            return (int) GETUID.bound().invokeExact();
        } catch (Throwable e) {
            throw Kernel.broken("getuid", e);
        }
    }

    static synchronized OptionalInt uid(String user) {
        try (var arena = Arena.ofConfined()) {
            var entry = (MemorySegment) GETPWNAM.bound().invokeExact(arena.allocateFrom(user));
            // struct passwd: name, passwd, uid, gid, ...
            return entry.address() == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(entry.reinterpret(24).get(JAVA_INT, 16));
        } catch (Throwable e) {
            throw Kernel.broken("getpwnam", e);
        }
    }

    /// What the user databases call this uid.
    static synchronized Optional<String> user(int uid) {
        try {
            var entry = (MemorySegment) GETPWUID.bound().invokeExact(uid);
            return entry.address() == 0
                    ? Optional.empty()
                    : Optional.of(entry.reinterpret(8)
                            .get(ADDRESS, 0)
                            .reinterpret(NAME_BYTES_MOST)
                            .getString(0));
        } catch (Throwable e) {
            throw Kernel.broken("getpwuid", e);
        }
    }

    static synchronized OptionalInt gid(String group) {
        try (var arena = Arena.ofConfined()) {
            var entry = (MemorySegment) GETGRNAM.bound().invokeExact(arena.allocateFrom(group));
            // struct group: name, passwd, gid, ...
            return entry.address() == 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(entry.reinterpret(20).get(JAVA_INT, 16));
        } catch (Throwable e) {
            throw Kernel.broken("getgrnam", e);
        }
    }

    /// All groups that the user databases know this uid to be in: the kernel's word carries one alone.
    static synchronized IntStream groups(int uid) {
        try (var arena = Arena.ofConfined()) {
            var entry = (MemorySegment) GETPWUID.bound().invokeExact(uid);
            if (entry.address() == 0) {
                return IntStream.empty();
            }
            var passwd = entry.reinterpret(24);
            var groups = arena.allocate(JAVA_INT, GROUPS_MOST);
            var count = arena.allocateFrom(JAVA_INT, GROUPS_MOST);
            var found = (int)
                    GETGROUPLIST.bound().invokeExact(passwd.get(ADDRESS, 0), passwd.get(JAVA_INT, 20), groups, count);
            var known = new int[Math.clamp(found, 0, GROUPS_MOST)];
            MemorySegment.copy(groups, JAVA_INT, 0, known, 0, known.length);
            return IntStream.of(known);
        } catch (Throwable e) {
            throw Kernel.broken("getgrouplist", e);
        }
    }
}
