/// Measures the wire beside its rivals, `scripts/dev bench ipc`, and how members start, `scripts/dev bench start`.
///
/// `IpcBench` starts each rival as a `Pair` of processes, one that answers and one that asks. Only the pair whose
/// turn it is runs, the others are stopped by signal; they take turns, so that a machine that gets busier hurts all
/// alike. A Java process is a `Peer` with a `Rival` in it; the yardstick is `pingpong.c`, which speaks the same few
/// lines.
///
/// `StartBench` starts members and a client as processes from the release that `scripts/up` runs, in every way in which
/// a
/// JVM can be started, in turns.
///
/// It stands outside the usual build (profile `bench`): what it needs, Hob does not ship.
@NullMarked
package hob.bench;

import org.jspecify.annotations.NullMarked;
