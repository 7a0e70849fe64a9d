package hob.ipc;

/// The way back to a caller who listens: items go out as they come, each at most 256 KiB as it travels.
@FunctionalInterface
public interface Stream<I> {
    /// Waits while the caller is slow.
    ///
    /// @throws CallerGone when nobody listens any more: let it pass, the call is over
    void send(I item);
}
