package hob.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something that must not be seen: it does not print itself, and stands in no config file, only in a credential of
/// systemd or in a file that nobody else can read.
public final class Secret {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// What systemd takes for the name of one; what leads out of its folder is none.
    private static final Pattern CREDENTIAL = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,255}");

    /// A key or a token has less, a certificate with its chain as well.
    private static final int BYTES_MOST = 64 << 10;

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
            if (!CREDENTIAL.matcher(name).matches()) {
                throw new IllegalArgumentException("names no credential: a name has letters, digits, '.', '-' and '_'");
            } else if (credentials == null) {
                throw new IllegalArgumentException("names the credential '" + name
                        + "', and systemd gave none: add 'LoadCredential=" + name + ":/path' to the unit");
            }
            return read(credentials.resolve(name));
        } else if (where.startsWith("file:/")) {
            var file = Path.of(where.substring("file:".length()));
            checkOwnersAlone(file);
            return read(file);
        }
        throw new IllegalArgumentException("is a secret, which must not stand here: write \"file:/path\" of a file"
                + " with 'chmod 600', or \"credential:NAME\" of one that the unit loads");
    }

    private static void checkOwnersAlone(Path file) {
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalArgumentException(
                        "names " + file + ", which others can read: 'chmod 600 " + file + "'");
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Secret read(Path file) {
        try (var input = Files.newInputStream(file)) {
            var bytes = input.readNBytes(BYTES_MOST + 1);
            if (bytes.length > BYTES_MOST) {
                throw new IllegalArgumentException("names " + file + ", which is longer than any secret");
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("names " + file + ", which is empty");
            }
            return new Secret(text);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static IllegalArgumentException unreadable(Path file, IOException e) {
        return new IllegalArgumentException("names " + file + ", which " + ConfigText.reason(file, e), e);
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
