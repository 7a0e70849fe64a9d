package hob.hand;

import hob.ipc.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What people write with hyphens travels with underscores; both are understood.
final class Names {
    private static final Pattern TRAVELLING = Pattern.compile("'([a-z0-9]+(?:_[a-z0-9]+)+)'");

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
        return Suggestion.of(kebab(typed).toLowerCase(Locale.ROOT), kebab);
    }

    /// What a member says of itself, in the words in which its calls and fields are typed.
    ///
    /// @param known names as they travel: what else stands in quotes may be anybody's, such as a block's
    static String asTyped(String sentence, Collection<String> known) {
        return TRAVELLING
                .matcher(sentence)
                .replaceAll(found -> known.contains(found.group(1)) ? kebab(found.group()) : found.group());
    }

    /// What a contract says of itself, in which whatever stands so in quotes is a name.
    static String asTyped(String doc) {
        return TRAVELLING.matcher(doc).replaceAll(found -> kebab(found.group()));
    }

    static String quoted(String typed) {
        return "'" + Suggestion.quoted(typed) + "'";
    }
}
