package hob.hand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text in the columns of a terminal.
final class Columns {
    /// What [Paint] puts between.
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private Columns() {}

    /// How many it takes: colours and marks that join the letter before take none, the scripts of East Asia and
    /// pictures two.
    static int of(String text) {
        var shown = text.indexOf('\u001b') < 0 ? text : COLOUR.matcher(text).replaceAll("");
        return shown.codePoints().map(Columns::of).sum();
    }

    private static int of(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default ->
                (point >= 0x1100 && point <= 0x115F)
                                || (point >= 0x2E80 && point <= 0xA4CF)
                                || (point >= 0xAC00 && point <= 0xD7A3)
                                || (point >= 0xF900 && point <= 0xFAFF)
                                || (point >= 0xFE30 && point <= 0xFE6F)
                                || (point >= 0xFF00 && point <= 0xFF60)
                                || (point >= 0x1F300 && point <= 0x1FAFF)
                                || (point >= 0x20000 && point <= 0x3FFFD)
                        ? 2
                        : 1;
        };
    }

    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /// Breaks between words, where a line is longer than it may be. A word that is too long by itself stays whole, so
    /// that a path can be copied.
    ///
    /// @param width 0 is any
    static List<String> wrapped(String line, int width) {
        if (width <= 0 || of(line) <= width) {
            return List.of(line);
        }
        var lines = new ArrayList<String>();
        var current = new StringBuilder();
        for (var word : line.split(" ", -1)) {
            if (!current.isEmpty() && of(current.toString()) + 1 + of(word) > width) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }

    /// As text and nothing else: what an answer holds may come from anywhere, and must not move the cursor of whoever
    /// reads it, nor turn the direction of what follows.
    static String harmless(String text) {
        if (text.codePoints().noneMatch(Columns::isHarmful)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isHarmful(point)) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean isHarmful(int point) {
        return (Character.isISOControl(point) && point != '\n' && point != '\t')
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
