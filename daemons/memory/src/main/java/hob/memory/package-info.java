/// # hob-memory
///
/// The truth of the family: what Hob knows is kept here, and nowhere else.
///
/// ## What it does
///
/// It keeps the core blocks: a few named texts that stand before the model's eyes in every turn. A block is written
/// whole (`set_block`) or in part (`edit_block`), and each change is a revision that says who made it, when, in which
/// turn and why. No revision is ever thrown away: `block_history` lists them, `block` shows what one said, and
/// `revert_block` brings it back. Who says which revision they expect is told of a newer one instead of writing over
/// it. A person can make a block read-only, and can take one away (`guard_block`, `remove_block`).
///
/// First of all stands the constitution, which is a file of root's (`constitution` in the config) and is written by no
/// call. Where there is no such file, a built-in one holds.
///
/// ## Whom it asks
///
/// Nobody.
///
/// ## What it trusts
///
/// Its own state folder and the constitution's owner. Of its callers it believes what the kernel says of them; the
/// agent may read and write blocks, and only a person may guard or remove them.
///
/// ## What it keeps
///
/// `memory.db` in its state folder: the revisions, and the keys of what was done. What it answered as done is on disk.
/// It may be killed at any moment; a disk that is full is told as `UNAVAILABLE`, reading goes on, and writing comes
/// back by itself when there is room.
///
/// ## How to read it
///
/// `Main` opens the parts and says who answers what; `CoreBlocks` holds the rules; `Revisions` is the SQL; `V1.sql` the
/// tables.
///
/// ## Known gaps
///
/// Revisions carry no word of trust yet, and what is learnt is not yet published: the rooms for facts, the diary and
/// the feed of changes are still empty.
@NullMarked
package hob.memory;

import org.jspecify.annotations.NullMarked;
