/// A socket that carries records.
///
/// The way of a call: `Frames` makes a frame of bytes, `Wire` a record of the frame (by its `RecordShape`), `Handlers`
/// finds who answers, and back. `Server` is the door at one end, `Client` the hand at the other. It carries any
/// contract and knows no daemon; it is the only package that knows the family's JSON.
@NullMarked
package hob.ipc;

import org.jspecify.annotations.NullMarked;
