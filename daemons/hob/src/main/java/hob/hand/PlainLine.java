package hob.hand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A line as nearly all are: words, flags, and options with their value behind them or behind a `=`. Whatever else
/// begins with a hyphen is picocli's to judge, which knows how to say what is wrong with it, but takes longer to be
/// loaded than the command takes to be done.
///
/// @param options by their names; a flag has an empty value
record PlainLine(List<String> words, Map<String, String> options) {
    private static final Set<String> FLAGS =
            Set.of("--json", "--help", "--version", "--follow", "--dry-run", "--purge", "--user");
    private static final Set<String> WITH_VALUE =
            Set.of("--deadline", "--key", "--trace", "--color", "--lines", "--since", "--level", "--cache", "--prefix");

    /// Null where it is not plain.
    static @Nullable PlainLine read(List<String> typed) {
        var words = new ArrayList<String>();
        var options = new HashMap<String, String>();
        for (int at = 0; at < typed.size(); at++) {
            var word = typed.get(at);
            if (!word.startsWith("-")) {
                words.add(word);
                continue;
            }
            var name = word;
            var value = "";
            if (WITH_VALUE.contains(word) && at + 1 < typed.size()) {
                value = typed.get(++at);
            } else if (word.contains("=")) {
                name = word.substring(0, word.indexOf('='));
                value = word.substring(word.indexOf('=') + 1);
            }
            var isPlain = value.isEmpty() ? FLAGS.contains(word) : WITH_VALUE.contains(name) && !value.startsWith("-");
            if (!isPlain || options.put(name, value) != null) {
                return null;
            }
        }
        return new PlainLine(words, options);
    }
}
