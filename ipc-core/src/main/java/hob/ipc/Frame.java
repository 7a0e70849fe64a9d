package hob.ipc;

/// The body of one frame: a window into its connection's buffer, good until the next one is read.
@SuppressWarnings("ArrayRecordComponent") // a window, never compared
record Frame(byte[] bytes, int from, int to) {}
