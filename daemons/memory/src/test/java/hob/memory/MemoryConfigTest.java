package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.daemon.Config;
import hob.testing.ConfigPromises;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryConfigTest implements ConfigPromises {
    @Override
    public Family member() {
        return Family.MEMORY;
    }

    @Override
    public Class<? extends Record> config() {
        return MemoryConfig.class;
    }

    /// Another default is another behaviour of every installation that says nothing: it is changed on purpose, here
    /// too.
    @Test
    void defaultsArePinned() {
        assertThat(Config.defaults(MemoryConfig.class))
                .isEqualTo(new MemoryConfig(LogLevel.INFO, Path.of("/etc/hob/constitution.md"), 5000));
    }
}
