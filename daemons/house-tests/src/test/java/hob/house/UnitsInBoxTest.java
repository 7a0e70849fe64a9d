package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What UnitsTest says by this machine's systemd is said by the next Debian's too, and so is what is wrong.
@Tag("slow")
@Tag("systemd")
class UnitsInBoxTest {
    private static final Box.Tree TREE = Box.Tree.TRIXIE;

    @TempDir
    Path folder = Path.of("");

    @Test
    void anotherSystemdSaysTheSameOfTheUnitsAndOfEveryFault() throws IOException {
        assumeTrue(TREE.missing().isEmpty(), TREE::missing);
        var shared = Files.createDirectories(folder.resolve("shared"));
        try (var box = Box.boot(TREE, "--bind", shared + ":/mnt/paper")) {
            assertThat(findings(box, shared.resolve("right")))
                    .as("what is wrong with the units")
                    .isEmpty();
            for (var fault : UnitFault.values()) {
                var scratch = ScratchCopy.in(Files.createDirectories(folder.resolve(fault.name())));
                fault.plantIn(scratch);
                var found = new ArrayList<String>();
                Checkout.at(scratch.root(), () -> found.addAll(findings(box, shared.resolve(fault.name()))));
                assertThat(String.join("\n", found))
                        .as("what was found of %s", fault)
                        .contains(fault.words());
            }
            Figures.note("faults-in-units-found-by-another-systemd", UnitFault.values().length, "faults");
        }
    }

    private static List<String> findings(Box box, Path root) {
        try {
            var paper = PaperSystem.in(root, new InBox(box));
            var found = new ArrayList<>(UnitFindings.of(paper));
            found.addAll(UnitFindings.ofPeople(paper));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record InBox(Box box) implements PaperSystem.Programs {
        @Override
        public Command run(String... words) {
            return box.exec(words);
        }

        @Override
        public String seen(Path folder) {
            return "/mnt/paper/" + folder.getFileName();
        }
    }
}
