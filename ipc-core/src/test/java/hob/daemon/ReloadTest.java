package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Part;
import hob.contract.HouseCall.Ping;
import hob.contract.HouseCall.SetLogLevel;
import hob.testing.Eventually;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A SIGHUP takes over what can be taken over, and says of the rest what to do.
@Tag("life")
@Timeout(120)
class ReloadTest {
    private final Troubled daemon;

    ReloadTest() throws IOException {
        daemon = new Troubled()
                .configured("cups-max = 7", "boil-for = \"30s\"")
                .start()
                .awaitReady();
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
    }

    /// And waits until it says that it is done.
    private String reload(String... settings) throws Exception {
        daemon.configured(settings);
        var before = daemon.told().size();
        daemon.signal("HUP");
        Eventually.await("it is ready again", () -> daemon.told().size() >= before + 2);
        assertThat(daemon.told().get(before)).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
        return daemon.told().get(before + 1);
    }

    @Test
    void liveSettingIsAppliedAndAnotherRefusedWithOneSentence() throws Exception {
        assertThat(reload("cups-max = 9", "boil-for = \"2m\""))
                .isEqualTo("READY=1\nSTATUS=answering; 'boil-for' waits for 'scripts/dev again memory'");
        daemon.awaitLastLines(
                "9 cups from now on",
                "warning: 'boil-for' stays \"30s\", and will be \"2m\" by 'scripts/dev again memory'",
                "config read again: cups-max: 7 -> 9");
        assertThat(reload("cups-max = 9", "boil-for = \"30s\"")).isEqualTo("READY=1\nSTATUS=answering");
        daemon.awaitLastLines("config read again: nothing to apply");
        assertThat(daemon.client().ask(new Ping()).pid())
                .isEqualTo(daemon.process().pid());
    }

    @Test
    void wrongFileIsRefusedWithAllItsLines() throws Exception {
        assertThat(reload("cup-max = 9", "boil-for = \"2 minutes\""))
                .isEqualTo("READY=1\nSTATUS=answering, with the config of before: 2 wrong in " + daemon.config()
                        + ", 'hob status' says what");
        daemon.awaitLastLines(
                "error: " + daemon.config() + ":1: 'cup-max' is unknown; did you mean 'cups-max'?",
                "error: " + daemon.config() + ":2: 'boil-for' must be a time, such as \"30s\" (with ms, s, m, h or d);"
                        + " did you mean \"2m\"?");
        reload("cups-max = 7");
        daemon.awaitLastLines("config read again: nothing to apply");
    }

    @Test
    void aRefusedFileIsToldByHealthUntilAGoodOneIsRead() throws Exception {
        assertThat(config()).isEqualTo(Part.well("config"));
        reload("cup-max = 9");
        assertThat(config())
                .isEqualTo(Part.ill(
                        "config",
                        "it is wrong, so that the one of before stays in force; mend it, then have it read again\n"
                                + daemon.config() + ":1: 'cup-max' is unknown; did you mean 'cups-max'?",
                        "kill -HUP " + daemon.process().pid()));
        daemon.configured("cups-max = 9"); // nobody has read it yet
        assertThat(config().ok()).isFalse();
        reload("cups-max = 60", "boil-for = \"2m\"");
        assertThat(config().wrong()).contains("more than 50 cups boil for a minute");
        reload("cups-max = 9");
        assertThat(config()).isEqualTo(Part.well("config"));
    }

    private Part config() {
        return daemon.client().ask(new Health()).parts().getFirst();
    }

    /// Each file was right, but not what is in force together with what can be applied.
    @Test
    void mixtureThatBreaksARuleOfTheRecordIsRefused() throws Exception {
        assertThat(reload("cups-max = 60", "boil-for = \"2m\"")).contains("with the config of before: ");
        daemon.awaitLine("more than 50 cups boil for a minute");
    }

    @Test
    void logLevelCanBeChangedAndWhatAPersonSetStays() throws Exception {
        reload("log-level = \"debug\"");
        daemon.awaitLine("config read again: log-level: \"info\" -> \"debug\"");
        daemon.client().ask(new SetLogLevel(LogLevel.WARN));
        reload("log-level = \"debug\"", "cups-max = 8");
        reload("log-level = \"deep\""); // an error, which is still told: all before it was, too
        daemon.awaitLine(":1: 'log-level'");
        assertThat(daemon.lines()).noneMatch(line -> line.contains("8 cups from now on")); // which is no warning
    }
}
