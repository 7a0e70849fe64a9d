package hob.memory;

import hob.contract.Default;
import hob.contract.Doc;
import hob.daemon.Between;
import hob.daemon.Live;
import java.nio.file.Path;

/// What hob-memory can be told.
record MemoryConfig(
        @Doc("The file with the block that no call can write.") @Default("/etc/hob/constitution.md") @Live
        Path constitution,

        @Doc("How many characters a new block can have: each of them is paid for in every turn.")
        @Default("5000")
        @Between(least = "100", most = "20000")
        @Live
        int blockChars) {}
