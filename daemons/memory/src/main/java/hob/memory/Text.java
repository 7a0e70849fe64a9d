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
            lines.add(String.valueOf(text.substring(0, at).lines().count() + (atLineStart(text, at) ? 1 : 0)));
        }
        return String.join(", ", lines);
    }

    private static boolean atLineStart(String text, int at) {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private static String inserted(String text, String lines, int afterLine) {
        var there = text.lines().toList();
        if (afterLine > there.size()) {
            throw Fault.invalid("'after_line' is " + afterLine + ", and the text has " + there.size() + " lines");
        }
        var all = new ArrayList<>(there.subList(0, afterLine));
        all.addAll(lines.lines().toList());
        all.addAll(there.subList(afterLine, there.size()));
        return String.join("\n", all) + (text.endsWith("\n") ? "\n" : "");
    }

    private static String appended(String text, String lines) {
        return text.isEmpty() || text.endsWith("\n") ? text + lines : text + "\n" + lines;
    }
}
