package hob.hand;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person looks at what is written, and how wide their window is.
///
/// @param columns 0 where nobody looks
record Terminal(boolean out, boolean err, int columns) {
    /// Narrower than this nothing can be laid out, and the terminal breaks the lines itself.
    static final int COLUMNS_LEAST = 20;

    private static final long TIOCGWINSZ = 0x5413;

    /// Nobody looks: pipes and files.
    static final Terminal NONE = new Terminal(false, false, 0);

    static Terminal ofThisProcess() {
        var out = isTerminal(1);
        return new Terminal(out, isTerminal(2), out ? width() : 0);
    }

    /// By its name: asking the C library costs more than all the rest of a small command.
    private static boolean isTerminal(int descriptor) {
        try {
            var name = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false; // it was closed
        }
    }

    @SuppressWarnings("restricted") // that is what it is for; the command runs with --enable-native-access
    private static int width() {
        var linker = Linker.nativeLinker();
        var ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(2));
        try (var arena = Arena.ofConfined()) {
            var size = arena.allocate(8, 2); // struct winsize: rows, columns, and two more shorts
            var done = (int) ioctl.invokeExact(1, TIOCGWINSZ, size);
            return done == 0 ? Short.toUnsignedInt(size.get(JAVA_SHORT, 2)) : 0;
        } catch (Throwable e) {
            return 0; // a terminal that does not say how wide it is breaks lines by itself
        }
    }
}
