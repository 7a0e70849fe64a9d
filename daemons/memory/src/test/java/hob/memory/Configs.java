package hob.memory;

import hob.contract.HouseCall.LogLevel;
import java.nio.file.Path;

/// Configs for tests: the defaults, but for what a test is about.
final class Configs {
    private Configs() {}

    static MemoryConfig with(Path constitution) {
        return new MemoryConfig(LogLevel.INFO, constitution, 5000);
    }
}
