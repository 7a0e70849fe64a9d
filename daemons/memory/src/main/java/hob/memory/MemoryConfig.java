package hob.memory;

import hob.contract.Default;
import hob.contract.Doc;
import java.nio.file.Path;

record MemoryConfig(
        @Doc("Where memory keeps what it knows.") @Default("/var/lib/hob/memory")
        Path stateDir) {}
