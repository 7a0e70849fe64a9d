package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people read about the units is what the units say.
class UnitsReadmeTest {
    private static final String README = "units/README.md";
    private static final String SECURITY = "docs/SECURITY.md";

    /// From here on units read the files in `since-254`.
    private static final int NEWER = 254;

    @Test
    void readmeTellsEachMember() throws IOException {
        Golden.checkPart(README, "members", members(units()));
    }

    @Test
    void readmeTellsEveryFile() throws IOException {
        Golden.checkPart(README, "files", files());
    }

    @Test
    void securityPageTellsWhatAStolenMemberMeets() {
        Golden.checkPart(SECURITY, "attempts", attempts());
    }

    /// The alarm: a unit takes more than people read.
    @Test
    void aUnitThatTakesMoreThanThePageSaysIsFound(@TempDir Path folder) throws IOException {
        var scratch = ScratchCopy.in(folder)
                .change("units/hob-memory.service.d/30-limits.conf", "MemoryMax=512M", "MemoryMax=5G");
        var wanted = members(scratch.root().resolve("units"));
        Checkout.at(
                scratch.root(),
                () -> assertThatThrownBy(() -> Golden.checkPart(README, "members", wanted))
                        .isInstanceOf(AssertionError.class));
    }

    private static Path units() {
        return Checkout.root().resolve("units");
    }

    private static String members(Path units) {
        var rows = Arrays.stream(Family.values())
                .filter(member -> Files.exists(units.resolve(member.unit())))
                .map(member -> row(member, Setting.of(units, member.unit(), NEWER)))
                .collect(Collectors.joining());
        return "| unit | asks | user | reaches | heap, soft and hard ceiling | threads | processor | exposed at most | its log |\n"
                + "|---|---|---|---|---|---|---|---|---|\n" + rows;
    }

    private static String row(Family member, List<Setting> settings) {
        var asks = member.asks().isEmpty()
                ? "nobody"
                : member.asks().stream().map(Family::word).collect(Collectors.joining(", "));
        var exposure = Exposure.of(settings);
        return "| [%1$s](%1$s) | %2$s | `%3$s` | %4$s | %5$s, %6$s, %7$s | %8$s | %9$s | %10$.1f | `journalctl -u %11$s` |\n"
                .formatted(
                        member.unit(),
                        asks,
                        last(settings, "User"),
                        exposure.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        last(settings, "Environment").replaceFirst("HEAP=(\\d+)m", "$1M"),
                        last(settings, "MemoryHigh"),
                        last(settings, "MemoryMax"),
                        last(settings, "TasksMax"),
                        last(settings, "CPUQuota"),
                        exposure.tenths() / 10.0,
                        member.user());
    }

    /// Each file below the folder, with the first sentence of what it says of itself.
    private static String files() throws IOException {
        try (var files = Files.walk(units())) {
            return "| file | what |\n|---|---|\n"
                    + files.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("README.md"))
                            .sorted()
                            .map(file -> "| [%1$s](%1$s) | %2$s |\n"
                                    .formatted(units().relativize(file), firstSentence(file)))
                            .collect(Collectors.joining());
        }
    }

    private static String firstSentence(Path file) {
        var comment = Golden.read(file)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^# ?", ""))
                .collect(Collectors.joining(" "));
        assertThat(comment)
                .as("what %s says of itself in its first lines", file)
                .isNotBlank();
        return comment.split("(?<=[.]) ", 2)[0];
    }

    private static String attempts() {
        return "| attempt | answer |\n|---|---|\n"
                + Arrays.stream(Attempt.values())
                        .map(attempt -> "| %s | `%s` |\n"
                                .formatted(
                                        attempt.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                        attempt.answer().replace("|", "` or `")))
                        .collect(Collectors.joining());
    }

    private static String last(List<Setting> settings, String key) {
        return settings.stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::value)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new AssertionError("no " + key + " in " + settings));
    }
}
