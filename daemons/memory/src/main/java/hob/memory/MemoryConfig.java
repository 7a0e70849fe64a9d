package hob.memory;

/// What hob-memory can be told. Nothing yet: a key that would not be enforced is an error.
record MemoryConfig() {}
