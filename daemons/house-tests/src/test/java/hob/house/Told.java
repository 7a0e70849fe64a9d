package hob.house;

import hob.testing.Box;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A line of systemd itself about a unit.
///
/// @param at in microseconds of the machine's own clock, which `System.nanoTime()` counts by too
record Told(long at, String line) {
    private static final Pattern LINE = Pattern.compile("\\[ *(\\d+)\\.(\\d{6})] \\S+ systemd\\[1]: (.*)");

    /// What such a line is about; systemd marks each kind by a number of its own.
    enum Event {
        STARTING("7d4958e842da4a758f6c1cdc7b36dcc5"),
        STARTED("39f53479d3a045ac8e11786248231fbf"),
        STOPPING("de5b426a63be47a7b6ac3eaac82e2f6f"),
        STOPPED("9d1aaa27d60140bd96365438aad20286"),
        ENDED_WELL("7ad2d189f7e94e70a38c781354912448"),
        ENDED_BADLY("98e322203f7a4ed290d09fe03c09fe15");

        private final String number;

        Event(String number) {
            this.number = number;
        }
    }

    /// All that was told of it since the boot, in order.
    static List<Told> of(Box box, String unit, Event... events) {
        var numbers =
                Stream.of(events).map(event -> "MESSAGE_ID=" + event.number).collect(Collectors.joining(" "));
        return box.said("journalctl --sync; journalctl -b -q --no-pager -o short-monotonic UNIT=" + unit + " "
                        + numbers)
                .lines()
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Told(Long.parseLong(line.group(1) + line.group(2)), line.group(3)))
                .toList();
    }

    /// The last time that this was told.
    static long last(Box box, String unit, Event event) {
        var all = of(box, unit, event);
        if (all.isEmpty()) {
            throw new AssertionError("systemd never told " + event + " of " + unit);
        }
        return all.getLast().at();
    }
}
