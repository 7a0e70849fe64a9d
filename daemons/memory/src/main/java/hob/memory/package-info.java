/// # hob-memory
///
/// The truth of the family: what Hob knows is kept here, and nowhere else.
///
/// It asks nobody. What it learns it publishes, so that others can follow.
///
/// Known gaps: it only tells its version so far; the rooms for blocks, facts and the feed of changes are still empty.
@NullMarked
package hob.memory;

import org.jspecify.annotations.NullMarked;
