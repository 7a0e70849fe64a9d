/// SQLite at home: a daemon's own database, with one who writes and a few who read.
///
/// `Store` is opened in `Main`. `Store.write` hands a `Transaction` to a deed; what it returns was committed and
/// synced. Deeds that come while another commit is under way share the next one (`Writer`). `DoneTable` keeps the keys
/// of deeds in the same transaction as the deeds. A full disk is told as `UNAVAILABLE`, reading goes on, and writing
/// comes back by itself.
@NullMarked
package hob.store;

import org.jspecify.annotations.NullMarked;
