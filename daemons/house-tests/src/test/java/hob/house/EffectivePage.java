package hob.house;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What holds for each unit, as a page for people: one table for both systemds, with what differs marked.
final class EffectivePage {
    private static final int WIDTH = 120;

    private final StringBuilder page = new StringBuilder("""
            # What holds for each unit

            Written by a test, from what `systemctl show` says on a booted Debian 12 (systemd 252) and Debian 13 (257): every
            setting that is not as systemd has it for a unit that says nothing. `scripts/dev update` writes it anew.
            """);

    private EffectivePage() {}

    static String of(
            SortedMap<String, SortedMap<String, String>> on252, SortedMap<String, SortedMap<String, String>> on257) {
        var written = new EffectivePage();
        var units = new TreeSet<>(on252.keySet());
        units.addAll(on257.keySet());
        for (var unit : units) {
            written.table(unit, on252.getOrDefault(unit, new TreeMap<>()), on257.getOrDefault(unit, new TreeMap<>()));
        }
        return written.page.toString();
    }

    private void table(String unit, SortedMap<String, String> on252, SortedMap<String, String> on257) {
        page.append("\n## ").append(unit).append("\n\n| setting | value | on 257 |\n|---|---|---|\n");
        var keys = new TreeSet<>(on252.keySet());
        keys.addAll(on257.keySet());
        var calls = keys.remove("SystemCallFilter");
        for (var key : keys) {
            var older = cell(on252.get(key));
            var newer = cell(on257.get(key));
            page.append("| %s | %s | %s |\n".formatted(key, older, older.equals(newer) ? "" : newer));
        }
        if (calls) {
            calls(words(on252.get("SystemCallFilter")), words(on257.get("SystemCallFilter")));
        }
    }

    private static String cell(@Nullable String value) {
        return value == null ? "as ever" : value.isEmpty() ? "none" : "`" + value.replace("|", "\\|") + "`";
    }

    private static List<String> words(@Nullable String value) {
        return value == null ? List.of() : Arrays.asList(value.split(" ", -1));
    }

    private void calls(List<String> on252, List<String> on257) {
        var both = new ArrayList<>(on252);
        both.retainAll(on257);
        list("Calls to the kernel that are let through", both);
        list("And on 252", on252.stream().filter(call -> !both.contains(call)).toList());
        list("And on 257", on257.stream().filter(call -> !both.contains(call)).toList());
    }

    private void list(String title, List<String> words) {
        if (words.isEmpty()) {
            return;
        }
        page.append("\n").append(title).append(" (").append(words.size()).append("):\n\n```\n");
        var line = new StringBuilder();
        for (var word : words) {
            if (line.length() + 1 + word.length() > WIDTH) {
                page.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        page.append(line).append("\n```\n");
    }
}
