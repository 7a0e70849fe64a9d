package hob.hand;

import hob.ipc.Suggestion;
import java.util.Collection;
import java.util.List;

/// What people write with hyphens travels with underscores; both are understood.
final class Names {
    private Names() {}

    static String kebab(String name) {
        return name.replace('_', '-');
    }

    static String snake(String typed) {
        return typed.replace('-', '_');
    }

    /// Either empty, or `; did you mean 'set-block'?`.
    static String suggestion(String typed, Collection<String> known) {
        List<String> kebab = known.stream().map(Names::kebab).toList();
        return Suggestion.of(kebab(typed), kebab);
    }

    static String quoted(String typed) {
        return "'" + Suggestion.quoted(typed) + "'";
    }
}
