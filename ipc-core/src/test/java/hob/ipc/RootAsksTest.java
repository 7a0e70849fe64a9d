package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Ping;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Root looks after the private house of somebody else, and speaks to nobody there but whose house it is.
@Tag("wire")
@Timeout(60)
class RootAsksTest {
    @Test
    void rootIsAnsweredInAHouseByWhomItBelongsTo() throws Exception {
        var hindrance = OtherUsers.hindrance();
        assumeTrue(hindrance.isEmpty(), hindrance);
        try (var users = new OtherUsers()) {
            users.makeDoorFolder(Family.MEMORY, "alice");
            var server = users.start("alice", ServeMain.class, "MEMORY:alone");
            assertThat(server.inputReader().readLine()).isEqualTo("ready");
            try (var memory = new Client(House.ofOneUser(users.doors()), Family.MEMORY)) {
                assertThatThrownBy(() -> memory.ask(new Ping()))
                        .isInstanceOf(Fault.class)
                        .hasMessageEndingWith("is uid " + users.uid("alice") + ", and not ours (uid 0)");
                Files.setAttribute(users.doors(), "unix:uid", users.uid("alice"));
                assertThat(memory.ask(new Ping()).pid()).isEqualTo(server.pid());
            }
        }
    }
}
