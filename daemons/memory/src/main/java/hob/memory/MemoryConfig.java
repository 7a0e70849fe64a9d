package hob.memory;

import hob.contract.Default;
import hob.contract.Doc;
import hob.contract.HouseCall.LogLevel;
import hob.daemon.Between;
import hob.daemon.Configured;
import hob.daemon.Live;
import java.nio.file.Path;

/// What hob-memory can be told.
record MemoryConfig(
        @Doc("How much is logged: at \"info\" an idle daemon is silent.") @Default("info") @Live
        LogLevel logLevel,

        @Doc("The file with the block that stands first in every prompt, and that no call can write.")
        @Default("/etc/hob/constitution.md")
        @Live
        Path constitution,

        @Doc("How many characters a new block may have: each is paid for in every prompt.")
        @Default("5000")
        @Between(least = "100", most = "20000")
        @Live
        int blockChars)
        implements Configured {}
