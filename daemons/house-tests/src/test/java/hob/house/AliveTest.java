package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.testing.Eventually;
import org.junit.jupiter.api.Test;

class AliveTest {
    /// The program that the shell becomes knows nothing of the child it has.
    @Test
    void whoHasEndedIsNotAliveWhetherAskedOrNot() throws Exception {
        var parent = new ProcessBuilder("sh", "-c", "sh -c 'read -r line' & exec sleep 1000").start();
        try {
            Eventually.await("it has a child", () -> parent.children().findAny().isPresent());
            var child = parent.children().findAny().orElseThrow();
            Eventually.await("the child has ended", () -> !Alive.is(child));
            assertThat(child.isAlive()).as("it is a zombie").isTrue();
            assertThat(Alive.is(parent.toHandle())).isTrue();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
