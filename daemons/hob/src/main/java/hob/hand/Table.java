package hob.hand;

import java.util.ArrayList;
import java.util.List;

/// Rows under their heads, each column as wide as it must be.
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /// The rows under their heads; nothing, where one is wider than it may be.
    ///
    /// @param width 0 is any
    static List<String> lines(List<String> heads, List<List<String>> rows, int width, Paint paint) {
        var widths = new int[heads.size()];
        var all = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Columns.of(heads.get(i));
            for (var row : rows) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
            all += widths[i] + (i == 0 ? 0 : GAP.length());
        }
        if (width > 0 && all > width) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(paint.heading(line(heads, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /// Without blanks at its end.
    private static String line(List<String> cells, int... widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(Columns.padded(cells.get(i), widths[i]));
        }
        return line.toString().stripTrailing();
    }
}
