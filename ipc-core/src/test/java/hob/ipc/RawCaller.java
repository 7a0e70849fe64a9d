package hob.ipc;

import hob.testing.RawConnection;
import hob.testing.Workshop;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A caller of the workshop that sends any bytes at all. It takes nothing for an answer but a whole frame with a whole
/// record in it.
final class RawCaller implements AutoCloseable {
    private final RawConnection connection;

    private RawCaller(RawConnection connection) {
        this.connection = connection;
    }

    static RawCaller at(Path door) throws IOException {
        return new RawCaller(RawConnection.to(door));
    }

    /// As far as anybody takes them: who was refused may hear of it before he has said all.
    void send(byte... bytes) {
        try {
            connection.send(bytes);
        } catch (IOException closed) {
            // what was answered before can still be heard
        }
    }

    void endSending() {
        try {
            connection.sayNoMore();
        } catch (IOException closed) {
            // then it was closed by the other end already, which is as good
        }
    }

    boolean hears(int milliseconds) throws IOException {
        return connection.hears(milliseconds);
    }

    /// The next answer, whole; null when the connection was closed before its first byte.
    @Nullable
    Record answer() {
        var body = hear();
        if (body == null) {
            return null;
        }
        return Objects.requireNonNull(
                Wire.read(new Frame(body, 0, body.length), new Envelope(), true, RawCaller::shape), "no such answer");
    }

    private byte @Nullable [] hear() {
        try {
            return connection.hearBytes();
        } catch (EOFException half) {
            throw new AssertionError("half an answer", half);
        } catch (IOException reset) { // closed with bytes of ours unread
            return null;
        }
    }

    /// The fault that comes next.
    Fault fault() {
        if (answer() instanceof FaultFrame.Error error) {
            return FaultFrame.read(error);
        }
        throw new AssertionError("no fault came");
    }

    private static RecordShape shape(String name) {
        return Stream.concat(CallType.in(Workshop.class).stream().map(CallType::answer), Stream.of(FaultFrame.SHAPE))
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("an answer of type " + name));
    }

    /// What is left until the other end closes.
    List<Record> rest() {
        var rest = new ArrayList<Record>();
        for (var answer = answer(); answer != null; answer = answer()) {
            rest.add(answer);
        }
        return rest;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
