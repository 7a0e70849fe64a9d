/// # hob-memory
///
/// The truth of the family: what Hob knows is kept here, and nowhere else.
///
/// It asks nobody. What it learns it publishes, so that others can follow.
///
/// Known gaps: it answers what every house is asked, and nothing of its own; the rooms for blocks, facts and the feed
/// of changes are still empty.
@NullMarked
package hob.memory;

import org.jspecify.annotations.NullMarked;
