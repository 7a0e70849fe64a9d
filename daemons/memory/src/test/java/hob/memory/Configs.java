package hob.memory;

import java.nio.file.Path;

/// Configs for tests: the defaults, but for what a test is about.
final class Configs {
    private Configs() {}

    static MemoryConfig with(Path constitution) {
        return new MemoryConfig(constitution, 5000);
    }
}
