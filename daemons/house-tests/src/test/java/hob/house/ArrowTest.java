package hob.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hob.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows that must not be, each with its reason: the reason is what a red build prints.
class ArrowTest {
    private static final List<String> DAEMONS =
            List.of("memory", "rag", "agent", "matrix", "llmproxy", "runner", "hand", "up");

    private JavaClasses house;

    record Absent(String from, List<String> to, String because) {
        @Override
        public String toString() {
            return from + " -> " + String.join(", ", to);
        }
    }

    static Stream<Absent> arrows() {
        return Stream.concat(
                Stream.of(
                        absent("hob.contract..", "reading a contract starts nothing", "hob.ipc..", "hob.daemon.."),
                        absent(
                                "hob.contract..",
                                "a contract does not know that it travels as JSON",
                                "tools.jackson..",
                                "com.fasterxml.."),
                        absent(
                                "hob.ipc..",
                                "the socket carries any contract, and knows no daemon and no database",
                                "hob.daemon..",
                                "hob.store..",
                                "org.sqlite.."),
                        absent("hob.daemon..", "a life needs no database", "hob.store..", "org.sqlite.."),
                        absent("hob.store..", "a database holds answers, and does not read them", "tools.jackson.."),
                        absent("hob.daemon..", "the family's JSON is known to hob.ipc alone", "tools.jackson..")),
                DAEMONS.stream()
                        .flatMap(daemon -> Stream.of(
                                absent(
                                        "hob." + daemon + "..",
                                        "daemons meet only on sockets",
                                        DAEMONS.stream()
                                                .filter(other -> !other.equals(daemon))
                                                .map(other -> "hob." + other + "..")
                                                .toArray(String[]::new)),
                                absent(
                                        "hob." + daemon + "..",
                                        "which driver a database has is known to hob.store alone",
                                        "org.sqlite.."),
                                absent(
                                        "hob." + daemon,
                                        "daemons speak records; the family's JSON stays in hob.ipc, foreign JSON in a"
                                                + " package of its own",
                                        "tools.jackson..",
                                        "com.fasterxml.."))));
    }

    private static Absent absent(String from, String because, String... to) {
        return new Absent(from, List.of(to), because);
    }

    /// Whom we depend on is a name; what stands in it does not matter here, and takes long to read.
    @BeforeAll
    static void lookNoFurther() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    }

    @BeforeEach
    void read() throws IOException {
        try (var folders = Files.walk(Checkout.root(), 4)) {
            house = new ClassFileImporter()
                    .importPaths(folders.filter(folder -> folder.endsWith("target/classes"))
                            .toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void isAbsent(Absent arrow) {
        noClasses()
                .that()
                .resideInAPackage(arrow.from())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(arrow.to().toArray(String[]::new))
                .because(arrow.because())
                .allowEmptyShould(true) // a rule stands before its daemon does
                .check(house);
    }

    @Test
    void packagesRunInNoCircle() {
        slices().matching("hob.(**)")
                .should()
                .beFreeOfCycles()
                .because("a reader goes in one natural direction")
                .check(house);
    }
}
