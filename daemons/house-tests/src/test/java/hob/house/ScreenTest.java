package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A picture shows what the terminal did, differs when that differs, and only then.
class ScreenTest {
    private static final String RAN = """
            \u001b[1mThe house at /tmp/hob-abcdef\u001b[0m\r
            \r
            \u001b[1mMEMBER  STATE  SINCE                          MEMORY  PROCESS\u001b[0m\r
            memory  \u001b[32mwell\u001b[0m   2026-11-21 18:02:00 (5 s ago)  70 MiB  25264\r
            rag     \u001b[1;31mhung\u001b[0m   -                              -       7\r
            \u001b[2mnot here: agent\u001b[0m\r
            \r
            \u001b[1;31mrag, process\u001b[0m: it is stopped\r
              \u001b[1mkill -CONT 7\u001b[0m\r
            """;

    private static String drawn(String ran) {
        return Screen.of(Sample.of(ran, "/tmp/hob-abcdef")).svg("hob status", 80);
    }

    @Test
    void coloursAndWordsAreDrawn() {
        assertThat(Screen.of("a < b & \u001b[1;31mred\u001b[22m, still\u001b[0m \u001b[2mdim\u001b[m\n\nend\n")
                        .svg("a & b", 20))
                .contains(
                        "<title>a &amp; b</title>",
                        "\">a &lt; b &amp; <tspan fill=\"#ff7b72\" font-weight=\"bold\">red</tspan>"
                                + "<tspan fill=\"#ff7b72\">, still</tspan> <tspan fill-opacity=\"0.65\">dim</tspan></text>\n"
                                + "<text x=\"20\" y=\"92\">end</text>\n");
    }

    @Test
    void aPictureIsXmlWithoutScripts() throws Exception {
        var picture = drawn(RAN.replace("stopped", "<script>alert('&')</script>"));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getDocumentElement().getTextContent()).contains("it is <script>alert('&')</script>");
    }

    @Test
    void whatCannotBeDrawnIsAnError() {
        assertThatThrownBy(() -> Screen.of("\u001b[48;5;1mx")).hasMessageContaining("no picture of SGR 48");
        assertThatThrownBy(() -> Screen.of("\u001b[2J")).hasMessageContaining("no picture of U+001B");
        assertThatThrownBy(() -> Screen.of("a\rb")).hasMessageContaining("no picture of U+000D");
    }

    @Test
    void anotherTimeMakesNoOtherPicture() {
        var later = RAN.replace(
                        "2026-11-21 18:02:00 (5 s ago)  70 MiB  25264", "2027-01-02 03:04:05 (now)  9.5 MiB  12")
                .replace("SINCE                          MEMORY ", "SINCE                      MEMORY  ")
                .replace("-                              -       7", "-                          -        4194303")
                .replace("-CONT 7", "-CONT 4194303");
        assertThat(drawn(later)).isEqualTo(drawn(RAN)).contains("/home/robin/hob", "kill -CONT 2417");
    }

    @Test
    void anotherScreenIsFound(@TempDir Path checkout) {
        Checkout.at(checkout, () -> {
            assertThatThrownBy(() -> Golden.check("well.svg", drawn(RAN)), "where there is no picture")
                    .hasMessageContaining("scripts/dev update");
            write(checkout.resolve("well.svg"), drawn(RAN));
            Golden.check("well.svg", drawn(RAN));
            expectRed(RAN.replace("it is stopped", "it has stopped"));
            expectRed(RAN.replace("[32mwell", "[33mwell"));
            expectRed(RAN.replace("  \u001b[1mkill", " \u001b[1mkill"));
            expectRed(RAN.replace("70 MiB", "-     "));
        });
    }

    private static void expectRed(String other) {
        assertThat(other).isNotEqualTo(RAN);
        assertThatThrownBy(() -> Golden.check("well.svg", drawn(other)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("well.svg is not what the code says; 'scripts/dev update' writes it anew");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cellsThatStandBesideTheirHeadsAreFound() {
        assertThatThrownBy(() -> drawn(RAN.replace("hung\u001b[0m   -", "hung\u001b[0m  -")))
                .hasMessageContaining("cells do not stand beneath their heads");
        assertThatThrownBy(() -> Sample.of(RAN, "/tmp/much-longer-than-that"))
                .hasMessageContaining("is not as long as");
    }
}
