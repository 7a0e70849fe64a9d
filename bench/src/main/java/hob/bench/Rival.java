package hob.bench;

import java.nio.file.Path;

/// A way to call another process.
interface Rival {
    /// One side's connection.
    interface Asker extends AutoCloseable {
        /// Sends a call of so many bytes and waits for an answer of as many.
        void call(int bytes) throws Exception;

        @Override
        default void close() {
            // where only a process that ends gives it back
        }
    }

    /// Begins to answer at this door, and returns when it does.
    void serve(Path door) throws Exception;

    Asker connect(Path door) throws Exception;

    /// Where the asking side calls.
    default Thread.Builder threads() {
        return Thread.ofPlatform();
    }

    static Rival named(String name) {
        return switch (name) {
            case "hob" -> new HobRival();
            case "grpc" -> new GrpcRival();
            case "dbus" -> new DbusRival();
            default -> RawRival.named(name);
        };
    }

    static void check(int expected, int got) {
        if (expected != got) {
            throw new IllegalStateException("an answer of " + got + " instead of " + expected + " bytes");
        }
    }
}
