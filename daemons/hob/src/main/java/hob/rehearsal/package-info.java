/// # A rehearsal
///
/// Tries a whole release before anybody lives in it, and makes its ahead-of-time cache of the same run: `Training` is
/// the run, in a process of its own, `Stage` what starts it, `Release` what it is a run of.
@NullMarked
package hob.rehearsal;

import org.jspecify.annotations.NullMarked;
