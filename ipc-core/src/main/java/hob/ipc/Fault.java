package hob.ipc;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one way a call fails. The code tells the caller what to do next, the message tells a person.
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Code {
        /// The call itself is wrong; asking again will not help.
        INVALID,
        /// What was asked about is not there.
        NOT_FOUND,
        /// This caller may not ask this.
        DENIED,
        /// It does not fit what is there now; the message says what that is.
        CONFLICT,
        /// A limit is reached. It was not begun: ask again later.
        BUSY,
        /// Nobody is there to answer. It was not begun: ask again later.
        UNAVAILABLE,
        /// It may have happened. Ask for its outcome.
        UNKNOWN,
        /// A bug on the answering side; its journal has the stack trace.
        INTERNAL
    }

    private final Code code;
    private final transient @Nullable Duration retryAfter;
    private transient boolean isAnothers;

    public Fault(Code code, String message) {
        this(code, message, null, null);
    }

    public Fault(Code code, String message, Throwable cause) {
        this(code, message, cause, null);
    }

    Fault(Code code, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static Fault invalid(String message) {
        return new Fault(Code.INVALID, message);
    }

    public static Fault notFound(String message) {
        return new Fault(Code.NOT_FOUND, message);
    }

    public static Fault conflict(String message) {
        return new Fault(Code.CONFLICT, message);
    }

    public static Fault busy(String message, Duration retryAfter) {
        return new Fault(Code.BUSY, message, null, retryAfter);
    }

    public static Fault unavailable(String message, Duration retryAfter) {
        return new Fault(Code.UNAVAILABLE, message, null, retryAfter);
    }

    public Code code() {
        return code;
    }

    /// Whether the one who says so has done nothing: all codes but those that cannot know.
    boolean saysNothingHappened() {
        return code != Code.UNKNOWN && code != Code.INTERNAL && !isAnothers;
    }

    /// It was heard from a daemon that was asked on the way. What that one has not begun says nothing of what was done
    /// before it was asked.
    Fault heardFromAnother() {
        isAnothers = true;
        return this;
    }

    /// As it is told by a change that nobody takes back: where another daemon says that it has begun nothing, this one
    /// cannot say so too.
    Fault afterADeed(String change) {
        return isAnothers && saysNotBegun()
                ? new Fault(Code.UNKNOWN, "'" + change + "' may have been done in part: " + getMessage(), this)
                : this;
    }

    boolean saysNotBegun() {
        return code == Code.BUSY || code == Code.UNAVAILABLE;
    }

    /// When asking again may help, for `BUSY` and `UNAVAILABLE`.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
