package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import hob.contract.Default;
import hob.contract.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    enum Pace {
        SLOW,
        VERY_FAST
    }

    record Kettle(
            @Doc("Where it stands.") @Default("/kitchen") Path place,

            @Default("5") @Between(least = "1", most = "100")
            int cupsMax,

            @Default("30s") @Between(least = "1s", most = "10m")
            Duration boilFor,

            @Default("slow") Pace pace,
            @Live @Default("true") boolean whistles,
            @Default("") List<String> friends,
            String colour) {
        Kettle {
            if (colour.equals("red") && cupsMax > 50) {
                throw new IllegalArgumentException("a red kettle has no more than 50 cups: see 'colour', 'cups-max'");
            }
        }
    }

    record Locked(@Live Secret word) {}

    record Cup(
            @Default("200") @Between(least = "1", most = "500")
            int volumeMl) {}

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("kettle.toml"), text);
    }

    @Test
    void whatIsGivenWinsOverWhatIsDefault() throws Exception {
        var kettle = Config.read(Kettle.class, file("""
                # the kitchen's
                cups-max = 7
                boil-for = "2m"
                pace = "very-fast"
                friends = ["cup", "pot"]
                colour = "red"
                """));
        assertThat(kettle)
                .isEqualTo(new Kettle(
                        Path.of("/kitchen"),
                        7,
                        Duration.ofMinutes(2),
                        Pace.VERY_FAST,
                        true,
                        List.of("cup", "pot"),
                        "red"));
        assertThat(Config.effective(kettle)).contains("cups-max=7 boil-for=\"2m\" pace=\"very-fast\"");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        var file = file("""
                cup-max = 7
                boil-for = "2 minutes"
                pace = "fast"
                cups-max = 1000
                whistles = "yes"
                """);
        var wrong = catchThrowable(() -> Config.read(Kettle.class, file));
        assertThat(wrong).isInstanceOf(Config.Wrong.class);
        assertThat(String.valueOf(wrong.getMessage()).lines())
                .containsExactly(
                        file + ": 'colour' is missing; it must be a text, in quotation marks",
                        file + ":1: 'cup-max' is unknown; did you mean 'cups-max'?",
                        file
                                + ":2: 'boil-for' must be a time from 1s to 10m, such as \"30s\" (with ms, s, m, h or d);"
                                + " did you mean \"2m\"?",
                        file + ":3: 'pace' must be one of \"slow\", \"very-fast\"",
                        file + ":4: 'cups-max' is outside 1..100",
                        file + ":5: 'whistles' must be true or false, without quotation marks");
    }

    @Test
    void theRecordsOwnRulesAreToldWithTheOthers() throws IOException {
        var file = file("colour = \"red\"\ncups-max = 60\nlid = \"on\"\n");
        assertThatThrownBy(() -> Config.read(Kettle.class, file)).hasMessage("""
                        %1$s:1: a red kettle has no more than 50 cups: see 'colour', 'cups-max'
                        %1$s:3: 'lid' is unknown""".formatted(file));
    }

    @Test
    void theRecordsOwnRulesWaitUntilAllValuesAreKnown() throws IOException {
        var file = file("colour = \"red\"\ncups-max = 60\npace = \"\"\n");
        assertThatThrownBy(() -> Config.read(Kettle.class, file))
                .hasMessage(file + ":3: 'pace' must be one of \"slow\", \"very-fast\"");
    }

    @Test
    void defaultsAreARecord() throws Exception {
        assertThat(Config.defaults(Cup.class)).isEqualTo(new Cup(200)).isEqualTo(Config.read(Cup.class, file("")));
        assertThatThrownBy(() -> Config.defaults(Kettle.class)).hasMessage("'colour' has no default");
    }

    @Test
    void aFileThatIsNotThereIsAnEmptyOne() {
        assertThatThrownBy(() -> Config.read(Kettle.class, folder.resolve("none.toml")))
                .hasMessageEndingWith("none.toml: 'colour' is missing; it must be a text, in quotation marks");
    }

    @Test
    void aFileThatSomeoneNamedIsThere() {
        assertThatThrownBy(() -> Config.readNamed(Kettle.class, folder.resolve("none.toml")))
                .hasMessage(folder.resolve("none.toml")
                        + ": is not there, and must be, since --config names it: an empty one leaves all defaults");
    }

    @Test
    void aSecretStandsNowhereAndPrintsNothing() throws Exception {
        assertThatThrownBy(() -> Config.read(Locked.class, file("word = \"sesame\"")))
                .hasMessageContaining("must not stand here");

        var word = Files.writeString(folder.resolve("word"), "sesame\n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Config.read(Locked.class, file("word = \"file:" + word + "\"")))
                .hasMessageContaining("chmod 600 " + word);

        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
        var locked = Config.read(Locked.class, file("word = \"file:" + word + "\""));
        assertThat(locked.word().reveal()).isEqualTo("sesame");
        assertThat(Config.effective(locked)).isEqualTo("word=(secret)");
        assertThat(locked.toString()).doesNotContain("sesame");
    }

    @Test
    void changesAreToldWithWhatTheyWereAndWhetherTheyTakeEffect() throws Exception {
        var before = Config.read(Kettle.class, file("colour = \"red\"\nboil-for = \"90s\""));
        assertThat(Config.changes(before, Config.read(Kettle.class, file("colour = \"red\"\nboil-for = \"90s\""))))
                .isEmpty();
        var now = Config.read(Kettle.class, file("""
                whistles = false
                boil-for = "1500ms"
                colour = "the \\"red\\" one"
                friends = ["cup", "pot"]
                """));
        assertThat(Config.changes(before, now))
                .containsExactly(
                        new Changed("boil-for", "\"90s\"", "\"1500ms\"", false),
                        new Changed("whistles", "true", "false", true),
                        new Changed("friends", "[]", "[\"cup\", \"pot\"]", false),
                        new Changed("colour", "\"red\"", "\"the \\\"red\\\" one\"", false));
    }

    @Test
    void anotherSecretIsAChangeThatShowsNothing() throws Exception {
        var word = Files.writeString(folder.resolve("word"), "sesame\n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
        var before = Config.read(Locked.class, file("word = \"file:" + word + "\""));
        Files.writeString(word, "abracadabra\n");
        var now = Config.read(Locked.class, file("word = \"file:" + word + "\""));
        assertThat(Config.changes(before, now)).containsExactly(new Changed("word", "(secret)", "(secret)", true));
    }

    @Test
    void aSecretThatIsNoneIsTold() throws Exception {
        var word = Files.writeString(folder.resolve("word"), " \n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
        var file = file("word = \"file:" + word + "\"");
        assertThatThrownBy(() -> Config.read(Locked.class, file))
                .hasMessage(file + ":1: 'word' names " + word + ", which is empty");
        Files.writeString(word, "x".repeat(70_000));
        assertThatThrownBy(() -> Config.read(Locked.class, file))
                .hasMessage(file + ":1: 'word' names " + word + ", which is longer than any secret");
        Files.write(word, new byte[] {-1});
        assertThatThrownBy(() -> Config.read(Locked.class, file))
                .hasMessage(file + ":1: 'word' names " + word + ", which is not text in UTF-8");
        Files.delete(word);
        Files.createDirectory(word, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThatThrownBy(() -> Config.read(Locked.class, file))
                .hasMessage(file + ":1: 'word' names " + word + ", which is a folder, and must be a file");
    }
}
