package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.HouseCall;
import hob.contract.Who;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about security says of every call who may ask it, and says what the contracts say.
class SecurityPageTest {
    private static final String PAGE = "docs/SECURITY.md";
    private static final String PART = "who-may-ask";

    @Test
    void tableOfWhoMayAskWhatIsTheCodes() throws Exception {
        Golden.checkPart(PAGE, PART, table(contracts()));
    }

    @Test
    void allContractsAreFound() throws Exception {
        assertThat(contracts()).contains(HouseCall.class).allMatch(Class::isSealed);
    }

    @Test
    void rowNamesTheCallersOfTheCallAndElseOfItsRoom() {
        assertThat(table(List.of(Rooms.Writing.class, Rooms.Thinking.class))).contains("""
                | agent | `think` | matrix, person |
                | agent | `tick` | chore |
                | memory | `write` | agent, person |
                | memory | `scribble` | agent, rag, person |
                """);
    }

    /// The alarm: someone was let in, and the page does not say so.
    @Test
    void pageThatKeepsACallerBackIsFound(@TempDir Path scratch) throws Exception {
        var page = scratch.resolve(PAGE);
        Files.createDirectories(page.getParent());
        var planted = table(contracts()).replaceFirst("(`set_log_level` \\| )person", "$1nobody");
        Files.writeString(page, "<!-- generated: " + PART + " -->\n" + planted + "<!-- end: " + PART + " -->\n");
        var wanted = table(contracts());
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(() -> Golden.checkPart(PAGE, PART, wanted))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("nobody"));
    }

    /// A contract is a sealed interface of calls in `hob.contract`.
    private static List<Class<?>> contracts() throws IOException, URISyntaxException {
        var classes = Path.of(HouseCall.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.list(classes.resolve("hob/contract"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(name -> named("hob.contract." + name.substring(0, name.length() - 6)))
                    .filter(type -> type.isInterface() && type.isSealed() && Call.class.isAssignableFrom(type))
                    .toList();
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String table(List<Class<?>> contracts) {
        return "| daemon | call | who may ask it |\n|---|---|---|\n"
                + contracts.stream()
                        .sorted(Comparator.comparing(SecurityPageTest::daemon).thenComparing(Class::getName))
                        .flatMap(contract -> CallType.in(contract).stream())
                        .map(call -> "| %s | `%s` | %s |%n".formatted(daemon(call.room()), call.name(), who(call)))
                        .collect(Collectors.joining());
    }

    private static String daemon(Class<?> contract) {
        return Objects.requireNonNullElse(CallType.in(contract).getFirst().service(), "every daemon");
    }

    private static String who(CallType call) {
        return call.who().containsAll(EnumSet.allOf(Who.class))
                ? "whoever is let in"
                : call.who().stream()
                        .map(who -> who.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(", "));
    }
}
