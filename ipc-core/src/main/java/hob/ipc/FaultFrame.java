package hob.ipc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a fault travels.
final class FaultFrame {
    /// Its name is its `type`.
    @SuppressWarnings("AvoidCommonTypeNames") // it never leaves this file's own tellings
    record Error(Fault.Code code, String error, @Nullable Long retryAfterMs) {}

    /// A sentence, not a report; and where something newer stands in the way, the whole of that.
    private static final int SENTENCE_CHARS_MOST = 42_000;

    static final RecordShape SHAPE = RecordShape.of(Error.class);

    private FaultFrame() {}

    static void write(Outgoing out, Fault fault) {
        var retryAfter = fault.retryAfter();
        var error = new Error(
                fault.code(),
                StrictText.mended(fault.getMessage(), SENTENCE_CHARS_MOST),
                retryAfter == null ? null : retryAfter.toMillis());
        Wire.writeAnswer(out, SHAPE, error, false, Limits.FRAME_BYTES);
    }

    static Fault read(Error error) {
        var retryAfter = error.retryAfterMs();
        return new Fault(
                error.code(),
                error.error(),
                null,
                retryAfter == null ? null : Duration.ofMillis(Math.clamp(retryAfter, 1, 60_000)));
    }
}
