package hob.house;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The screen of `hob status` with sample values for all that differs from run to run, so that its picture changes only
/// when the command does.
final class Sample {
    /// A checkout in somebody's home folder. The real one must have as many letters, or lines would break elsewhere.
    static final String CHECKOUT = "/home/robin/hob";

    private static final String GAP = "  ";
    private static final String COLOUR = "\u001b\\[[0-9;]*m";

    private Sample() {}

    static String of(String screen, String checkout) {
        if (checkout.length() != CHECKOUT.length()) {
            throw new IllegalArgumentException(checkout + " is not as long as " + CHECKOUT);
        }
        var lines = screen.replace("\r", "")
                .replace(checkout, CHECKOUT)
                .replaceAll("(?<=kill -(CONT|KILL) )\\d+", "2417")
                .lines()
                .toList();
        var begin = lines.indexOf(lines.stream()
                .filter(line -> shown(line).startsWith("MEMBER "))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no table in " + lines)));
        var end = begin;
        while (end < lines.size() && lines.get(end).contains(GAP)) {
            end++;
        }
        return String.join(
                        "\n",
                        Stream.of(
                                        lines.subList(0, begin),
                                        table(lines.subList(begin, end)),
                                        lines.subList(end, lines.size()))
                                .flatMap(List::stream)
                                .toList())
                + "\n";
    }

    /// Other values make other columns.
    private static List<String> table(List<String> lines) {
        var rows =
                lines.stream().map(line -> Arrays.asList(line.split(" {2,}"))).toList();
        if (!laidOut(rows).equals(lines)) {
            throw new IllegalArgumentException("cells do not stand beneath their heads in " + lines);
        }
        return laidOut(rows.stream()
                .map(row -> row.stream().map(Sample::cell).toList())
                .toList());
    }

    private static String cell(String value) {
        return value.replaceFirst("^\\d{4}-\\d\\d-\\d\\d .*\\)$", "2026-11-21 06:40:12 (11 h 44 min ago)")
                .replaceFirst("^\\d+(\\.\\d+)? [KM]iB$", "71 MiB")
                .replaceFirst("^\\d+$", "2417");
    }

    private static List<String> laidOut(List<List<String>> rows) {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                var column = i;
                var width = rows.stream()
                        .mapToInt(other -> shown(other.get(column)).length())
                        .max()
                        .orElseThrow();
                line.append(row.get(i))
                        .append(" ".repeat(width - shown(row.get(i)).length()))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String shown(String text) {
        return text.replaceAll(COLOUR, "");
    }
}
