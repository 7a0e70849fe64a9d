package hob.hand;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The jars and folders that the command itself consists of. Who runs another's checkout may not be able to read them
/// all, and finds out when the first class is wanted that is in one of these.
final class OwnFiles {
    private OwnFiles() {}

    /// A sentence, where this was thrown for want of one of them.
    static Optional<String> missing(@Nullable Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoClassDefFoundError) {
                return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .filter(file -> !Files.isReadable(file))
                        .findFirst()
                        .map(file -> file + " is a part of hob, and is not there or may not be read by you");
            }
        }
        return Optional.empty();
    }
}
