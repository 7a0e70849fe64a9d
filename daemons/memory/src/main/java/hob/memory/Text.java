package hob.memory;

import hob.contract.MemoryBlocks.EditBlock;
import hob.ipc.Fault;
import java.util.ArrayList;
import java.util.Objects;

/// How a part of a block's text is changed.
final class Text {
    private Text() {}

    /// As a person counts: what looks like one character is mostly one.
    static int chars(String text) {
        return text.codePointCount(0, text.length());
    }

    /// For a C library such as SQLite's a text ends there: it would count less of it than there is.
    static void checkWhole(String text) {
        var at = text.indexOf('\0');
        if (at >= 0) {
            throw Fault.invalid("character " + (chars(text.substring(0, at)) + 1)
                    + " of the text would be U+0000, which no text has");
        }
    }

    static String edited(String text, EditBlock edit) {
        if (edit.replace() != null) {
            return replaced(text, edit.replace(), Objects.requireNonNull(edit.with()));
        }
        return edit.insert() != null
                ? inserted(text, edit.insert(), Objects.requireNonNull(edit.afterLine()))
                : appended(text, Objects.requireNonNull(edit.append()));
    }

    private static String replaced(String text, String old, String with) {
        var at = text.indexOf(old);
        if (at < 0) {
            throw Fault.notFound("'replace' does not stand in the text, which is:\n" + text);
        }
        if (text.indexOf(old, at + 1) >= 0) {
            throw Fault.invalid("'replace' stands in the text more than once, in the lines " + lines(text, old)
                    + "; take more of what is around it");
        }
        return text.substring(0, at) + with + text.substring(at + old.length());
    }

    private static String lines(String text, String old) {
        var lines = new ArrayList<String>();
        for (int at = text.indexOf(old); at >= 0 && lines.size() < 10; at = text.indexOf(old, at + 1)) {
            lines.add(String.valueOf(
                    1 + text.substring(0, at).chars().filter(c -> c == '\n').count()));
        }
        return String.join(", ", lines);
    }

    /// All other lines stay as they are, also where they end in another way.
    private static String inserted(String text, String lines, int afterLine) {
        var at = 0;
        for (int line = 0; line < afterLine; line++) {
            if (at == text.length()) {
                throw Fault.invalid("'after_line' is " + afterLine + ", and the text has " + line + " lines");
            }
            var end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        }
        if (at == text.length() && !text.endsWith("\n")) {
            return appended(text, lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
        }
        return text.substring(0, at) + (lines.endsWith("\n") ? lines : lines + "\n") + text.substring(at);
    }

    private static String appended(String text, String lines) {
        return text.isEmpty() || text.endsWith("\n") ? text + lines : text + "\n" + lines;
    }
}
