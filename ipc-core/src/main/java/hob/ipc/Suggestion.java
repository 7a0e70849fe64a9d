package hob.ipc;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/// "Did you mean?", for words that are nearly right.
public final class Suggestion {
    /// A guess further off than this would rather confuse.
    private static final int EDITS_MOST = 3;

    /// Nobody needs to see more of a wrong word than this.
    private static final int CHARS_SHOWN = 60;

    private Suggestion() {}

    /// Either empty, or `; did you mean 'recall'?`.
    public static String of(String word, Collection<String> known) {
        if (word.length() > CHARS_SHOWN) {
            return "";
        }
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> edits(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(nearest -> edits(word, nearest) <= Math.min(EDITS_MOST, Math.max(1, nearest.length() / 2)))
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }

    /// Short, and with its control characters escaped, so that a stranger's words cannot forge a line of the journal.
    public static String quoted(String text) {
        var shown = text.codePoints()
                .limit(CHARS_SHOWN)
                .mapToObj(point -> Character.isISOControl(point) || isSurrogate(point)
                        ? String.format("\\u%04x", point)
                        : Character.toString(point))
                .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > CHARS_SHOWN ? shown + "..." : shown;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /// Levenshtein's distance, where two letters that changed places are one mistake, the commonest of all.
    private static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        var rowBefore = row;
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var before = row.clone();
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var above = row[j];
                var same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + same);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], rowBefore[j - 2] + 1);
                }
                diagonal = above;
            }
            rowBefore = before;
        }
        return row[to.length()];
    }
}
