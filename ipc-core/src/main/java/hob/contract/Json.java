package hob.contract;

/// A piece of JSON that travels as it is: for what has no record of its own, such as a schema.
public record Json(String text) {}
