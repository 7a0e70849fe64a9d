package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// What a person is told to type is what works.
class HouseTest {
    @TempDir
    private Path folder;

    private String start() {
        return House.ofOneUser(folder).startCommand(Family.LLM_PROXY);
    }

    @Test
    void membersOfAnInstalledHouseAreUnits() {
        var house = House.ofMembers(folder);
        assertThat(house.startCommand(Family.LLM_PROXY)).isEqualTo("systemctl start hob-llm-proxy.service");
        assertThat(house.restartCommand(Family.LLM_PROXY)).isEqualTo("systemctl restart hob-llm-proxy.service");
    }

    @Test
    void membersOfAUsersOwnHouseAreUnitsOfTheUsersSystemd() {
        var house = House.ofOneUser(Path.of("/run/user/1000/hob"));
        assertThat(house.startCommand(Family.LLM_PROXY)).isEqualTo("systemctl --user start hob-llm-proxy.service");
        assertThat(house.restartCommand(Family.LLM_PROXY)).isEqualTo("systemctl --user restart hob-llm-proxy.service");
        assertThat(house.journalCommand(Family.LLM_PROXY, " -n 1"))
                .isEqualTo("journalctl --user -u hob-llm-proxy.service -n 1");
        assertThat(house.oneUser()).isTrue();
    }

    @Test
    void aPrivateHouseOfACheckoutMayBeInTheFolderOfASessionToo() {
        var house = House.ofOneUser(Path.of("/run/user/1000/hob-tried"));
        assertThat(house.restartCommand(Family.LLM_PROXY)).isEqualTo("scripts/dev again llm-proxy");
    }

    @Test
    void whoIsThereInAPrivateHouseStartsAnewByItself() {
        assertThat(House.ofOneUser(folder).restartCommand(Family.LLM_PROXY)).isEqualTo("scripts/dev again llm-proxy");
    }

    @Test
    void whoIsMissingInAPrivateHouseIsStartedWithAllOrIntoThem() throws Exception {
        assertThat(start()).isEqualTo("scripts/up");

        var control = Files.createDirectories(folder.resolve("up")).resolve("control");
        try (var up = AFUNIXDatagramChannel.open()) {
            up.bind(AFUNIXSocketAddress.of(control));
            assertThat(start()).isEqualTo("scripts/dev again llm-proxy");
        }
        assertThat(control).as("what a house leaves behind").exists();
        assertThat(start()).isEqualTo("scripts/up");
    }
}
