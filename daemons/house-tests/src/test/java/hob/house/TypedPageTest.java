package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.house.TypedPage.Block;
import hob.house.TypedPage.Typed;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That a page of commands cannot say what is not so.
class TypedPageTest {
    @TempDir
    private Path home;

    @Test
    void allThatOneIsToldToTypeInOperatingIsTyped() {
        var page = TypedPage.in(Golden.read(Checkout.root().resolve("docs/OPERATING.md")));
        assertThat(page.faults()).isEmpty();
        assertThat(page.blocks()).hasSizeGreaterThan(10);
    }

    @Test
    void aBlockIsReadWithWhatItNeedsAndWhatItPrints() {
        var page = TypedPage.in("""
                Say `echo one` first.

                <!-- before:
                touch here
                -->
                ```sh
                # a comment
                echo one
                cat <<'END' >here
                # its own line
                END
                echo a \\
                  b
                false  # ends with 1
                ```

                which prints

                ```text
                one
                ...
                ```
                """);
        assertThat(page.faults()).isEmpty();
        assertThat(page.blocks())
                .containsExactly(new Block(
                        "touch here\n",
                        List.of(
                                new Typed(8, "echo one", 0),
                                new Typed(9, "cat <<'END' >here\n# its own line\nEND", 0),
                                new Typed(12, "echo a \\\n  b", 0),
                                new Typed(14, "false", 1)),
                        List.of("one", "...")));
        assertThat(complaints(page)).isEmpty();
    }

    @Test
    void whatNobodyWouldTypeIsFound() {
        assertFault("```bash\nls\n```\n", "'```bash' begins a block that nobody types");
        assertFault("```\nls\n```\n", "begins a block that nobody types");
        assertFault("- so:\n  ```sh\n  ls\n  ```\n", "begins a block that nobody types");
        assertFault("```text\nall is well\n```\n", "begins a block that nobody types");
        assertFault("Type\n\n    systemctl stop hob.target\n", "nobody types it");
        assertFault("```sh\nls\n```\nor `ls -l` for more\n", "ls -l is named, and nowhere typed");
        assertFault("```sh\nls\n", "'```' is missing");
        assertFault("<!-- before: touch here -->\n", "stands before none");
    }

    private static void assertFault(String page, String sentence) {
        assertThat(TypedPage.in(page).faults())
                .as(page)
                .anySatisfy(fault -> assertThat(fault).contains(sentence));
    }

    @Test
    void aCommandThatEndsOtherwiseIsFound() {
        assertThat(complaints("```sh\ntrue\necho no; false\n```\n"))
                .containsExactly(
                        "3: 'echo no; false' ended with 1 and not with 0; it said:\nno\n",
                        "what comes after that was not typed");
        assertThat(complaints("```sh\ntrue  # ends with 1\n```\n"))
                .first()
                .asString()
                .contains("ended with 0 and not with 1");
        assertThat(complaints("<!-- before: false -->\n```sh\ntrue\n```\n"))
                .first()
                .asString()
                .contains("before a block: 'false' ended with 1");
    }

    @Test
    void whatIsPrintedOtherwiseIsFound() {
        var page = "```sh\necho one\necho two; echo three 17\n```\n```text\n%s\n```\n";
        assertThat(complaints(page.formatted("one\ntwo\nthree 17"))).isEmpty();
        assertThat(complaints(page.formatted("one\ntwo\nthree 99"))).isEmpty();
        assertThat(complaints(page.formatted("...\nthree 17"))).isEmpty();
        assertThat(complaints(page.formatted("one\n...\nthree 17"))).isEmpty();
        assertThat(complaints(page.formatted("one\n..."))).isEmpty();
        assertThat(complaints(page.formatted("one\ntwo"))).hasSize(1);
        assertThat(complaints(page.formatted("...\ntwo"))).hasSize(1);
        assertThat(complaints(page.formatted("one\nthree 17\n..."))).hasSize(1);
    }

    @Test
    void whoWentToAFolderIsStillThereInTheNextBlock() {
        assertThat(complaints("```sh\nmkdir deep\ncd deep\n```\n```sh\ntest \"$(basename \"$PWD\")\" = deep\n```\n"))
                .isEmpty();
    }

    private List<String> complaints(String page) {
        return complaints(TypedPage.in(page));
    }

    private List<String> complaints(TypedPage page) {
        return new Typist(
                        script -> Command.run(home, java.util.Map.of("HOME", home.toString()), words(script)),
                        Tour::blanked)
                .type(page);
    }

    private static List<String> words(String script) {
        return List.of("bash", "-c", script);
    }
}
