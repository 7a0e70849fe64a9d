package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.contract.HouseCall.Ping;
import hob.testing.Bench;
import hob.testing.TempHouse;
import hob.testing.Workshop.Add;
import hob.testing.Workshop.Count;
import hob.testing.Workshop.Echo;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The shortest way through everything: where to begin reading.
class FirstCallTest {
    @Test
    void goesThereAndBack() throws Exception {
        try (var house = new TempHouse()) {
            var bench = house.keep(new Bench(house.door(Family.MEMORY).resolveSibling("book.db")));
            house.serve(Family.MEMORY, bench.handlers());
            var memory = house.client(Family.MEMORY);

            assertThat(memory.ask(new Ping()).name()).isEqualTo("memory");
            assertThat(memory.ask(new Echo("hö")).text()).isEqualTo("hö");
            assertThat(memory.ask(new Add(3)).sum()).isEqualTo(3);

            var items = new ArrayList<Object>();
            assertThat(memory.listen(new Count(12, ""), items::add).items()).isEqualTo(12);
            assertThat(items).hasSize(12);
        }
    }
}
