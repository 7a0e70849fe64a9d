package hob.ipc;

import java.time.Duration;

/// What a server bears. Every number has its reason; a test may draw them closer.
///
/// @param connections how many callers at once: each has a thread, and a family with its chores needs a few dozen
/// @param connectionsPerCaller so that no one member can lock out another
/// @param frameTime a whole frame from its first byte on: a local peer that needs longer is stuck
/// @param writeTime for a peer that does not read its answer, for the same reason
/// @param idleTime a connection that nobody used for so long is given back; the client opens another unseen
/// @param largeFrameBytes all frames over 64 KiB that are being read or answered, together
public record Limits(
        int connections,
        int connectionsPerCaller,
        Duration frameTime,
        Duration writeTime,
        Duration idleTime,
        int largeFrameBytes) {
    /// What may be sent when a contract says nothing else.
    static final int FRAME_BYTES = 1 << 20;

    /// What a contract may ask for at most.
    static final int FRAME_BYTES_MOST = 16 << 20;

    /// Up to here a frame needs no allowance.
    static final int SMALL_FRAME_BYTES = 64 << 10;

    /// A buffer that grew larger is given back after its frame. One that doubled until it held a small frame with its
    /// length is kept, or each frame near the limit would make it grow anew.
    static final int BUFFER_BYTES_KEPT = 2 * SMALL_FRAME_BYTES;

    /// How long a large frame waits for its allowance before its caller is told to come back.
    static final Duration ALLOWANCE_TIME = Duration.ofSeconds(1);

    /// An item of a stream: small enough that a slow reader never holds much.
    static final int ITEM_BYTES = 256 << 10;

    /// Deep enough for any record of ours; what is deeper was made to hurt.
    static final int NESTING = 64;

    /// No call is worth more than a day of waiting.
    static final Duration DEADLINE_MOST = Duration.ofDays(1);

    /// Work that goes on so long after its deadline heeds nothing any more; whoever does is done within a second.
    static final Duration OVERSTAY = Duration.ofSeconds(10);

    /// Letting one caller in takes a few microseconds, with a slow directory of users perhaps seconds.
    static final Duration WELCOME_TIME = Duration.ofSeconds(10);

    public static final Limits DEFAULT =
            new Limits(256, 64, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(5), 64 << 20);

    public Limits withConnections(int all, int perCaller) {
        return new Limits(all, perCaller, frameTime, writeTime, idleTime, largeFrameBytes);
    }

    public Limits withTimes(Duration frame, Duration write, Duration idle) {
        return new Limits(connections, connectionsPerCaller, frame, write, idle, largeFrameBytes);
    }
}
