package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.house.Calling.Count;
import hob.ipc.House;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A caller finds what was lost, done twice, or done and never asked.
class CallingTest {
    private final Calling calling = new Calling(House.ofOneUser(Path.of("/nowhere")), 0, true);

    private long notDoneOnce(Map<String, Integer> done) {
        calling.noteAnswered("one");
        calling.noteAnswered("two");
        calling.checkDoneOnce(done);
        return calling.count(Count.NOT_DONE_ONCE);
    }

    @Test
    void whatWasDoneOnceIsWell() {
        assertThat(notDoneOnce(Map.of("one", 1, "two", 1))).isZero();
    }

    @Test
    void whatWasLostIsFound() {
        assertThat(notDoneOnce(Map.of("one", 1))).isEqualTo(1);
    }

    @Test
    void whatWasDoneTwiceIsFound() {
        assertThat(notDoneOnce(Map.of("one", 1, "two", 2))).isEqualTo(1);
    }

    @Test
    void whatNobodyAskedIsFound() {
        assertThat(notDoneOnce(Map.of("one", 1, "two", 1, "three", 1))).isEqualTo(1);
    }
}
