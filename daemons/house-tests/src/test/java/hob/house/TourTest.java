package hob.house;

import static org.assertj.core.api.Assertions.assertThat;

import hob.house.Tour.Step;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types the README's tour, command by command, in a copy of the checkout, and holds what is printed against the page.
@Tag("slow")
@Tag("writes")
@Tag("hand")
class TourTest {
    private static final Path README = Checkout.root().resolve("README.md");

    @Test
    void theTourOfTheReadmeIsTrue(@TempDir Path folder) throws IOException {
        var page = Golden.read(README);
        var steps = Tour.in(page).steps();
        assertThat(steps).hasSizeGreaterThan(8);
        var printed = new ArrayList<String>();
        try (var upstairs = new Upstairs(folder)) {
            for (var step : steps) {
                printed.add(type(upstairs, step));
            }
        }
        if (Boolean.getBoolean("hob.update")) {
            Files.writeString(README, Tour.rewritten(page, changed(steps, printed)));
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            assertThat(Tour.blanked(printed.get(i)))
                    .as(
                            "$ %s%n('scripts/dev update' writes the README anew, then look at the diff)",
                            steps.get(i).command())
                    .isEqualTo(Tour.blanked(steps.get(i).printed()));
        }
    }

    /// Where only times and numbers differ, what stands there stays.
    private static List<String> changed(List<Step> steps, List<String> printed) {
        var changed = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            var stood = steps.get(i).printed();
            var isSame = Tour.blanked(stood).equals(Tour.blanked(printed.get(i)));
            changed.add(isSame && !stood.isEmpty() ? stood + "\n" : printed.get(i));
        }
        return changed;
    }

    /// As it would look in a checkout that lies in a home folder.
    private static String type(Upstairs upstairs, Step step) {
        var said = upstairs.run("bash", "-c", step.command());
        return said.output().replace(upstairs.root().toString(), "~/hob").stripTrailing() + "\n";
    }

    @Test
    void aStepThatPrintsSomethingElseIsFound() {
        var told = "hob-memory  well  2026-11-21 18:02:00 (5 s ago)  70 MiB  25264";
        assertThat(Tour.blanked("hob-memory  well 2027-01-02 03:04:05 (now)  9 MiB   12"))
                .isEqualTo(Tour.blanked(told));
        assertThat(Tour.blanked("hob-memory  ill 2027-01-02 03:04:05 (now)  9 MiB   12"))
                .isNotEqualTo(Tour.blanked(told));
    }

    @Test
    void aPageIsRewrittenInItsPlaces() {
        var page = "a\n```console\n$ one\nold\n$ two\n```\nb\n";
        assertThat(Tour.in(page).steps()).isEqualTo(List.of(new Step("one", "old"), new Step("two", "")));
        assertThat(Tour.rewritten(page, List.of("new\n", "2\n")))
                .isEqualTo("a\n```console\n$ one\nnew\n$ two\n2\n```\nb\n");
    }
}
