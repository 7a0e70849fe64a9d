package hob.house;

import hob.testing.Box;
import hob.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the journal of a box says of a unit from now on: the unit's own lines, and systemd's about it.
final class UnitJournal {
    private static final Pattern LINE =
            Pattern.compile("\\[ *(?<at>[0-9.]+)\\] \\S+ (?<who>[^\\[:]+)(\\[(?<pid>\\d+)\\])?: (?<text>.*)");

    private final Box box;
    private final String unit;
    private final int before;

    /// @param at in seconds since the machine was started
    /// @param who under which name it was said: the daemon's, or systemd
    record Line(double at, String who, String pid, String text) {
        boolean isOfSystemd() {
            return who.equals("systemd");
        }
    }

    private UnitJournal(Box box, String unit, int before) {
        this.box = box;
        this.unit = unit;
        this.before = before;
    }

    static UnitJournal from(Box box, String unit) {
        return new UnitJournal(box, unit, new UnitJournal(box, unit, 0).lines().size());
    }

    List<Line> lines() {
        var said = box.said("journalctl --sync; journalctl -q -o short-monotonic --no-pager -b -u " + unit);
        var lines = new ArrayList<Line>();
        said.lines().forEach(text -> {
            var line = LINE.matcher(text);
            if (line.matches()) { // the rest of a line of several is not
                var pid = line.group("pid") == null ? "" : line.group("pid");
                lines.add(new Line(Double.parseDouble(line.group("at")), line.group("who"), pid, line.group("text")));
            }
        });
        return lines.subList(Math.min(before, lines.size()), lines.size());
    }

    List<Line> with(String words) {
        return lines().stream().filter(line -> line.text().contains(words)).toList();
    }

    /// Waits for so many lines with these words, and gives them back.
    List<Line> await(String words, int count) {
        Eventually.await(
                () -> count + " times '" + words + "' comes in the journal, which says " + lines(),
                () -> with(words).size() >= count);
        return with(words);
    }

    Line await(String words) {
        return await(words, 1).getFirst();
    }
}
