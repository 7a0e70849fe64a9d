package hob.contract;

/// One thing a daemon can be asked. The record's components are what is asked with; `R` is the record that answers.
/// Implemented only by the records of sealed contracts.
public interface Call<R extends Record> {}
