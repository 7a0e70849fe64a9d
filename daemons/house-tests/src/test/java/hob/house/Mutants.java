package hob.house;

import hob.testing.Box;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Units that lack one line of another each. One that systemd sees as it sees the other tells that the line does
/// nothing:
/// systemd says nothing of it, be it overridden, in the wrong place, or what is so anyway.
///
/// @param folder is seen in the box as /mnt/mutants
record Mutants(Box box, Path folder) {
    /// The watchdog's is only known of one who runs, what installs a unit does nothing to it, and how long a start may
    /// take
    /// is so anyway on Debian, but not everywhere.
    private static final Set<String> NOT_TO_BE_SEEN = Set.of("WatchdogSec", "WantedBy", "TimeoutStartSec");

    int systemd() {
        return Integer.parseInt(box.said("systemctl --version").split("[ \n]", -1)[1]);
    }

    List<Setting> withoutEffect(List<Setting> lines) {
        try {
            plant(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        box.said("rm -f /run/systemd/system/mutant*; cp /mnt/mutants/* /run/systemd/system/; systemctl daemon-reload");
        var whole = shown("mutant-whole.service").getFirst();
        var shown =
                shown(IntStream.range(0, lines.size()).mapToObj(Mutants::name).toArray(String[]::new));
        var idle = new ArrayList<Setting>();
        for (int i = 0; i < lines.size(); i++) {
            if (shown.get(i).equals(whole)
                    && !NOT_TO_BE_SEEN.contains(lines.get(i).key())) {
                idle.add(lines.get(i));
            }
        }
        return idle;
    }

    private void plant(List<Setting> lines) throws IOException {
        try (var old = Files.list(folder)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(folder.resolve("mutant-whole.service"), unit(lines, lines.size()));
        for (int i = 0; i < lines.size(); i++) {
            Files.writeString(folder.resolve(name(i)), unit(lines, i));
        }
    }

    private static String name(int without) {
        return "mutant-" + without + ".service";
    }

    private static String unit(List<Setting> lines, int without) {
        var unit = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (i != without) {
                var line = lines.get(i);
                unit.append("[%s]\n%s=%s\n".formatted(line.section(), line.key(), line.value()));
            }
        }
        return unit.toString();
    }

    /// Without the names of their kind.
    private List<Map<String, String>> shown(String... units) {
        return Arrays.stream(
                        box.said("systemctl show -- " + String.join(" ", units)).split("\n\n", -1))
                .<Map<String, String>>map(Effective::parse)
                .toList();
    }
}
