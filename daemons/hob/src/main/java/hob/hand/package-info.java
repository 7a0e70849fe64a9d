/// # hob
///
/// The hand: what a person asks the family with, and the first thing they touch.
///
/// `Main` is the process, `Hand` one command from its words to its exit code. A `Verb` is what can be done; a call of a
/// member is put together by `Asking` from the contract, so that there is no list of calls to keep. What is wrong is
/// said in one sentence (`Refused`) and by one of the codes of `Exit`.
///
/// It asks every member, and is asked by nobody. It trusts the kernel's word for who answers it, and nothing that an
/// answer says: what could move a terminal's cursor is shown as text.
///
/// Known gaps: in a private house it cannot tell why a member that is not there did not start.
@NullMarked
package hob.hand;

import org.jspecify.annotations.NullMarked;
