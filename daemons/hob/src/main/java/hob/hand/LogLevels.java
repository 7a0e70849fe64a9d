package hob.hand;

import java.util.ArrayList;
import java.util.List;

/// `hob log-level WORD LEVEL`: a call that a person wants often enough to have a short form.
final class LogLevels {
    private LogLevels() {}

    static Exit run(Errand errand, List<String> words) {
        if (words.size() != 2) {
            throw Refused.usage("log-level wants WORD and LEVEL, such as 'hob log-level memory debug'");
        }
        var call = new ArrayList<>(List.of(words.getFirst(), "set-log-level", "level==" + words.getLast()));
        return Asking.run(errand, call);
    }
}
