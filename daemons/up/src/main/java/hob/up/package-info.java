/// # scripts/up
///
/// The family as plain processes from a checkout, as systemd would have it: a member starts when those it asks have
/// come up, says by `NOTIFY_SOCKET` that it answers, is started again when it dies, and is drained in reverse order.
///
/// It is started by `scripts/up` and never installed. A `Member` is a thread that starts the process and outlives it;
/// the `Household` is all of them; a `Release` is the folder of jars they run from, and `Cache` the ahead-of-time
/// cache in it.
///
/// It trusts the user whose house it is, and keeps nothing but logs. Known gap: it does not keep a door open over a
/// restart, as systemd does; callers find nobody meanwhile, and ask again.
@NullMarked
package hob.up;

import org.jspecify.annotations.NullMarked;
