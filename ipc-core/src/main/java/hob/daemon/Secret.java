package hob.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that must not be seen: it does not print itself, and stands in no config file, only in a credential of
/// systemd or in a file that nobody else can read.
public final class Secret {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// `credential:NAME` or `file:/path`.
    ///
    /// @throws IllegalArgumentException with what is wrong, in words that go on after the key
    static Secret from(String where, @Nullable Path credentials) {
        if (where.startsWith("credential:")) {
            var name = where.substring("credential:".length());
            if (credentials == null) {
                throw new IllegalArgumentException("names the credential '" + name
                        + "', and systemd gave none: add 'LoadCredential=" + name + ":/path' to the unit");
            }
            return read(credentials.resolve(name));
        }
        if (where.startsWith("file:/")) {
            var file = Path.of(where.substring("file:".length()));
            checkOwnersAlone(file);
            return read(file);
        }
        throw new IllegalArgumentException(
                "is not 'credential:NAME' or 'file:/path': a secret does not stand in a config file");
    }

    private static void checkOwnersAlone(Path file) {
        try {
            var rights = Files.getPosixFilePermissions(file);
            if (!OWNERS.containsAll(rights)) {
                throw new IllegalArgumentException(
                        "names " + file + ", which others can read: 'chmod 600 " + file + "'");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("names " + file + ", which cannot be read: " + e, e);
        }
    }

    private static Secret read(Path file) {
        try {
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("names " + file + ", which cannot be read: " + e, e);
        }
    }

    /// For the one who must know it. Never to be logged.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
