package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hob.contract.Default;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a person gets wrong in a config file, it is told in a sentence by which it can be mended.
class ConfigWordsTest {
    private static final String UNKNOWN_CUPS = " is unknown; did you mean 'cups-max'?";
    private static final String MUST_CUPS = "'cups-max' must be a whole number from 1 to 100";
    private static final String MUST_BOIL =
            "'boil-for' must be a time from 1s to 10m, such as \"30s\" (with ms, s, m, h or d)";
    private static final String MUST_PACE = "'pace' must be one of \"slow\", \"very-fast\"";
    private static final String MUST_PLACE = "'place' must be an absolute path, such as \"/etc/hob\"";
    private static final String MUST_FRIENDS = "'friends' must be a list of texts, such as [\"one\", \"two\"]";
    private static final String COMMA = "'friends' wants a comma between its entries, and ']' behind the last";
    private static final String SECTION = " begins a section, and no settings stand in one: leave this line out";
    private static final String NO_SETTING =
            "this is no setting; a line is 'key = value', or a comment that begins with '#'";
    private static final String BACKSLASH =
            "'place' has a '\\' that TOML takes for the beginning of something: write '\\\\', or take single quotes";
    private static final String NO_SPACE = "'colour' has something near it that looks like a space and is none ";
    private static final String IN_CLEAR =
            "'word' is a secret, which must not stand here: write \"file:/path\" of a file"
                    + " with 'chmod 600', or \"credential:NAME\" of one that the unit loads";
    private static final String NO_WORD =
            "'word' is missing; it must be a secret, as \"credential:NAME\" or \"file:/path\"";

    enum Pace {
        SLOW,
        VERY_FAST
    }

    record Kettle(
            @Default("/kitchen") Path place,

            @Default("5") @Between(least = "1", most = "100")
            int cupsMax,

            @Default("0.5") @Between(least = "0", most = "1")
            double filled,

            @Default("7") int serial,

            @Default("30s") @Between(least = "1s", most = "10m")
            Duration boilFor,

            @Default("slow") Pace pace,
            @Default("true") boolean whistles,
            @Default("") List<String> friends,
            @Default("red") String colour) {}

    record Locked(Secret word) {}

    /// @param told without the name of the file: `3: 'key' ...`, or ` 'key' ...` where it is about no line
    record Mistake(Class<? extends Record> type, String text, List<String> told) {
        @Override
        public String toString() {
            return text.codePoints()
                    .mapToObj(point -> point < ' ' || point > '~' ? "<%x>".formatted(point) : Character.toString(point))
                    .collect(Collectors.joining());
        }
    }

    private static Mistake told(String text, String... told) {
        return new Mistake(Kettle.class, text, lines(told));
    }

    private static Mistake secret(String text, String... told) {
        return new Mistake(Locked.class, text, lines(told));
    }

    /// What is said of line 1 needs no number here.
    private static List<String> lines(String... told) {
        return Arrays.stream(told)
                .map(line -> line.matches("[0-9]*: .*") ? line : "1: " + line)
                .toList();
    }

    static Stream<Mistake> keys() {
        return Stream.of(
                told("cup-max = 7", "'cup-max'" + UNKNOWN_CUPS),
                told("cupsMax = 7", "'cupsMax'" + UNKNOWN_CUPS),
                told("cups_max = 7", "'cups_max'" + UNKNOWN_CUPS),
                told("CUPS_MAX = 7", "'CUPS_MAX'" + UNKNOWN_CUPS),
                told("cups.max = 7", "'cups.max'" + UNKNOWN_CUPS),
                told("cups max = 7", "'cups max'" + UNKNOWN_CUPS),
                told("'cups max' = 7", "'cups max'" + UNKNOWN_CUPS),
                told("cup-max = seven", "'cup-max'" + UNKNOWN_CUPS, "'cup-max' has a value that is not understood"),
                told("lid = 1", "'lid' is unknown"),
                told("lid = {open = true}", "'lid' is unknown"),
                told("a.b = 1\na.c = 2", "'a.b' is unknown", "2: 'a.c' is unknown"),
                told(
                        "cups-max = 1\n\ncups-max = 2",
                        "3: 'cups-max' stands here once more; the first time is in line 1"),
                told("[kettle]\ncups-max = 3", "'[kettle]'" + SECTION),
                told("[[kettle]] # mine\ncups-max = 3", "'[[kettle]]'" + SECTION),
                told("[kettle\ncups-max = 3", "'[kettle'" + SECTION),
                told("[colour]\nx = 1", "'[colour]'" + SECTION),
                told("[lid]\n[lid]", "'[lid]'" + SECTION, "2: '[lid]'" + SECTION));
    }

    static Stream<Mistake> values() {
        return Stream.of(
                told("cups-max = '7'", MUST_CUPS + ", without quotation marks"),
                told("cups-max = 1.5", MUST_CUPS),
                told("cups-max = 0", "'cups-max' is outside 1..100"),
                told("cups-max = 99999999999", "'cups-max' is outside 1..100"),
                told("cups-max = 99999999999999999999", "'cups-max' is outside 1..100"),
                told("serial = 99999999999", "'serial' is outside -2147483648..2147483647"),
                told("filled = nan", "'filled' is outside 0..1"),
                told("filled = '0.5'", "'filled' must be a number from 0 to 1, without quotation marks"),
                told("boil-for = '30 s'", MUST_BOIL + "; did you mean \"30s\"?"),
                told("boil-for = '30sec'", MUST_BOIL + "; did you mean \"30s\"?"),
                told("boil-for = '2 Minutes'", MUST_BOIL + "; did you mean \"2m\"?"),
                told("boil-for = '500 millis'", MUST_BOIL + "; did you mean \"500ms\"?"),
                told("boil-for = '1 hour'", MUST_BOIL + "; did you mean \"1h\"?"),
                told("boil-for = 30", MUST_BOIL),
                told("boil-for = '30'", MUST_BOIL),
                told("boil-for = '1h30m'", MUST_BOIL),
                told("boil-for = '20m'", "'boil-for' is outside 1s..10m"),
                told("pace = 'fast'", MUST_PACE),
                told("pace = 'slwo'", MUST_PACE + "; did you mean 'slow'?"),
                told("pace = 'VERY_FAST'", MUST_PACE + "; did you mean 'very-fast'?"),
                told("pace = 1", MUST_PACE),
                told("whistles = 'true'", "'whistles' must be true or false, without quotation marks"),
                told("whistles = 1", "'whistles' must be true or false"),
                told("place = 'kitchen'", MUST_PLACE),
                told("place = '~/kitchen'", MUST_PLACE + "; only a shell knows what '~' means"),
                told("place = '$HOME/kitchen'", MUST_PLACE + "; only a shell knows what '$' means"),
                told("place = \"/a\\u0000b\"", MUST_PLACE + "; it has a character that no path has"),
                told("friends = 'cup'", MUST_FRIENDS),
                told("friends = ['cup', 1]", MUST_FRIENDS),
                told("colour = 5", "'colour' must be a text, in quotation marks"),
                told("colour = {x = 1}", "'colour' must be a text, in quotation marks"),
                told("colour = 'red'\r\n\r\npace = ''\r\n", "3: " + MUST_PACE));
    }

    static Stream<Mistake> syntax() {
        return Stream.of(
                told("cups-max =", "'cups-max' has no value; it must be a whole number from 1 to 100"),
                told("cups-max = # many", "'cups-max' has no value; it must be a whole number from 1 to 100"),
                told("cups-max == 3", "'cups-max' has '=' twice"),
                told("cups-max: 3", "'cups-max' wants '=' instead of ':'"),
                told("cups-max 3", "'cups-max' wants '=' and a value behind it"),
                told("cups-max", "'cups-max' wants '=' and a value behind it"),
                told("cups-max = five", MUST_CUPS),
                told("cups-max = 07", MUST_CUPS + ", without a zero in front"),
                told("cups-max = 5 cups", MUST_CUPS + ", with nothing behind it"),
                told("cups-max = 5;", MUST_CUPS + ", with nothing behind it"),
                told("filled = 0,5", "'filled' must be a number from 0 to 1, with '.' and not ','"),
                told("whistles = yes", "'whistles' must be true or false"),
                told("boil-for = 30s # half", "'boil-for' wants quotation marks: boil-for = \"30s\""),
                told("boil-for = 30 sec", MUST_BOIL + "; did you mean \"30s\"?"),
                told("pace = slow", "'pace' wants quotation marks: pace = \"slow\""),
                told("pace = Slow", MUST_PACE + "; did you mean 'slow'?"),
                told("place = /kitchen", "'place' wants quotation marks: place = \"/kitchen\""),
                told("place = \"C:\\Users\"", BACKSLASH),
                told("place = \"\\kitchen\"", BACKSLASH),
                told("colour = “red”", "'colour' wants straight quotation marks, \"like these\""),
                told(
                        "colour = \"red\nserial = = 2",
                        "'colour' wants a closing quotation mark",
                        "2: 'serial' has '=' twice"),
                told("colour = 'red", "'colour' wants a closing quotation mark"),
                told("colour = 'red' and blue", "'colour' has something behind its value"),
                told(
                        "colour = \"\"\"red\nserial = 2",
                        "'colour' wants the same three quotation marks again at its end"),
                told("colour\u00a0= 'red'", NO_SPACE + "(\\u00a0)"),
                told("colour = 'red'\u200b", NO_SPACE + "(\\u200b)"),
                told("friends = ['cup' 'pot']", COMMA),
                told("friends = [\n 'cup'\n 'pot'\n]\nlid = 1", COMMA, "5: 'lid' is unknown"),
                told("friends = ['cup', 'pot'", COMMA),
                told("friends = [cup]", "'friends' must be a list, such as [\"one\", \"two\"]"),
                told("friends = cup, pot", MUST_FRIENDS),
                told("// mine", "this is no setting; a comment begins with '#'"),
                told("; mine", "this is no setting; a comment begins with '#'"),
                told("{\"serial\": 1}", NO_SETTING),
                told("<<<<<<< mine\nserial = 1", NO_SETTING),
                told("= 3", NO_SETTING),
                told("export serial = 3", NO_SETTING));
    }

    /// Of what may be a secret nothing is repeated; each has `sesame` for it.
    static Stream<Mistake> secrets() {
        return Stream.of(
                secret("word = 'sesame'", IN_CLEAR),
                secret("word = sesame", IN_CLEAR),
                secret("word = \"sesame", "'word' wants a closing quotation mark"),
                secret("word = 'sesame' sesame", "'word' has something behind its value"),
                secret("word = ['sesame']", "'word' must be a secret, as \"credential:NAME\" or \"file:/path\""),
                secret("word sesame", "'word' wants '=' and a value behind it"),
                secret(
                        "wrd = sesame",
                        ": " + NO_WORD,
                        "'wrd' is unknown; did you mean 'word'?",
                        "'wrd' has a value that is not understood"),
                secret("sesame = ", ": " + NO_WORD, NO_SETTING),
                secret("-----KEY-----\nsesame=\n", ": " + NO_WORD, NO_SETTING, "2: " + NO_SETTING),
                secret("word = '''\nsesame=\n", "'word' wants the same three quotation marks again at its end"),
                secret("word = credential:x", "'word' wants quotation marks"),
                secret(
                        "word = 'credential:x'",
                        "'word' names the credential 'x', and systemd gave none: add 'LoadCredential=x:/path' to the unit"),
                secret(
                        "word = 'credential:../x'",
                        "'word' names no credential: a name has letters, digits, '.', '-' and '_'"),
                secret("word = 'file:/none'", "'word' names /none, which is not there"),
                secret("word = 'file:none'", IN_CLEAR),
                secret("", ": " + NO_WORD));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource({"keys", "values", "syntax", "secrets"})
    void mistakeIsToldInOneSentence(Mistake mistake) throws IOException {
        var file = Files.writeString(folder.resolve("kettle.toml"), mistake.text());
        assertThat(wrong(mistake.type(), file).lines())
                .containsExactlyElementsOf(mistake.told().stream()
                        .map(line -> file + (line.startsWith(":") ? "" : ":") + line)
                        .toList())
                .noneMatch(line -> line.contains("sesame"));
    }

    @Test
    void whatIsNoFileIsTold() {
        assertThat(wrong(Kettle.class, folder)).isEqualTo(folder + ": is a folder, and must be a file");
        assertThat(wrong(Kettle.class, Path.of("/dev/null/kettle.toml")))
                .isEqualTo("/dev/null/kettle.toml: cannot be read: Not a directory");
        assertThat(wrong(Kettle.class, Path.of("/dev/zero")))
                .isEqualTo("/dev/zero: is longer than 64 KiB, as no config is: is it the right file?");
    }

    /// The kernel lets nobody read this one, not even root.
    @Test
    void aFileThatMayNotBeReadIsTold() {
        assertThat(wrong(Kettle.class, Path.of("/proc/sys/vm/drop_caches")))
                .isEqualTo("/proc/sys/vm/drop_caches: may not be read by the user '%s': 'chmod a+r"
                                .formatted(System.getProperty("user.name"))
                        + " /proc/sys/vm/drop_caches' lets everyone read it, and no secret stands in it");
    }

    @Test
    void whatIsNoTextIsTold() throws IOException {
        var file = folder.resolve("kettle.toml");
        Files.write(file, "serial = 1\n\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(wrong(Kettle.class, file)).isEqualTo(file + ":2: is not text in UTF-8: is it the right file?");
        Files.writeString(file, "serial = 1\n\n\u0000");
        assertThat(wrong(Kettle.class, file))
                .isEqualTo(file + ":3: has a character that nobody sees (\\u0000): is it the right file?");
    }

    @Test
    void theMarkOfAnEditorIsNoMistake() throws Exception {
        var file = Files.writeString(folder.resolve("kettle.toml"), "\ufeffserial = 9\r\ncups-max = 8\r\n");
        assertThat(Config.readNamed(Kettle.class, file).serial()).isEqualTo(9);
    }

    @Test
    void moreThanAPersonReadsIsCounted() throws IOException {
        var file = Files.writeString(folder.resolve("kettle.toml"), "x\n".repeat(30));
        assertThat(wrong(Kettle.class, file).lines()).hasSize(21).last().isEqualTo(file + ": and 10 more");
    }

    private static String wrong(Class<? extends Record> type, Path file) {
        var thrown = catchThrowable(() -> Config.readNamed(type, file));
        assertThat(thrown).isInstanceOf(Config.Wrong.class);
        return String.valueOf(thrown.getMessage());
    }
}
