package hob.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Which Hob this is, as the build wrote it down.
public final class Version {
    private Version() {}

    public static String text() {
        try (var written = Version.class.getResourceAsStream("version")) {
            if (written == null) {
                throw new IllegalStateException("the build left out hob/daemon/version");
            }
            return new String(written.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
