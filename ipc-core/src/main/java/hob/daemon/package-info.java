/// The life of a daemon, written once. Read `Daemon` downward; what has an idea of its own has its own file:
///
/// - before it lives: `Arguments`, `Config`, `Place` (which house, whose state), `Exit` and `CannotStart` (how a start
///   fails in one line), `Rehearsal` (a whole life in a house that is thrown away);
/// - its door: `Inherited` and `Doorway` (taken back from systemd, or made and given to it to keep);
/// - while it lives: `Caretaker` (tells systemd that all is well, as long as it is), `Reload` (SIGHUP), `Life` and
///   `Kept` (what it opened, to be closed in reverse order);
/// - its end: `Signalled` (SIGTERM, also amid the start), `LastWords` (a thread that must live has ended, the heap is
///   full);
/// - whom it tells: `Notify` (systemd), `Log` (the journal, with fields).
///
/// Whatever thread ends by something that nobody caught ends the daemon, but for those of connections: whoever starts a
/// thread that may end so gives it a handler of its own.
@NullMarked
package hob.daemon;

import org.jspecify.annotations.NullMarked;
