package hob.contract;

/// A call that is answered by many records: items as they come, and at the end an `R`.
/// `I` is the record that comes, or a sealed interface where several kinds do.
public interface StreamCall<I, R extends Record> extends Call<R> {}
