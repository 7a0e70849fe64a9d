package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Command;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@Tag("systemd")
class InSystemdTest {
    @ParameterizedTest
    @EnumSource
    void theFamilyStartsConfinedAndAnswers(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        try (var installed = Installed.in(tree).start()) {
            assertThat(installed.hob("status").output()).containsPattern("memory +well");
            assertThat(installed.box().show("hob-memory", "ActiveState")).isEqualTo("active");
            assertThat(installed.box().exec("hob", "ping", "--json"))
                    .extracting(Command::exit)
                    .isEqualTo(0);
            System.out.println(
                    installed
                            .box()
                            .said(
                                    "systemd-analyze security --no-pager hob-memory | tail -n 1; journalctl -u hob-memory -o short-monotonic --no-pager"));
        }
    }
}
