package hob.hand;

import hob.contract.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// `hob help`: what can be done, or how.
final class Help {
    private static final String INDENT = "  ";

    private final Errand errand;
    private final Paint paint;
    private final int width;

    private Help(Errand errand) {
        this.errand = errand;
        this.paint = errand.paint();
        this.width = errand.surroundings().columns();
    }

    static Exit run(Errand errand, List<String> words) {
        var help = new Help(errand);
        if (words.isEmpty()) {
            help.all();
            return Exit.OK;
        }
        var verb = Verb.named(words.getFirst());
        if (verb == null) {
            return Describing.run(errand, words.subList(0, Math.min(words.size(), 2)));
        } else if (verb == Verb.CALL && words.size() > 1) {
            return Describing.run(errand, words.subList(1, Math.min(words.size(), 3)));
        }
        help.one(verb);
        return Exit.OK;
    }

    private void all() {
        var out = errand.out();
        say("Asks the family of Hob.", "");
        out.line("");
        var verbs = new ArrayList<List<String>>();
        for (var verb : Verb.values()) {
            verbs.add(List.of(verb.synopsis(), verb.doc()));
        }
        verbs.add(List.of("hob WORD CALL [FIELD=VALUE]...", "Ask a member: " + words() + "."));
        rows(verbs);
        out.line("");
        options(_ -> true);
        out.line("");
        say(
                "A value is typed as it is; @FILE is the text of a file, - what comes in, and =VALUE a value that begins so"
                        + " itself. A list is a,b,c or JSON.",
                "");
        say("'hob WORD' lists the calls of a member, 'hob WORD CALL --help' the fields of one.", "");
        say("Exit codes, and all else: 'man hob'.", "");
    }

    private void one(Verb verb) {
        say(verb.synopsis(), "");
        say(verb.doc(), INDENT);
        errand.out().line("");
        options(verb::takes);
    }

    private static String words() {
        return Arrays.stream(Family.values()).map(Family::word).collect(Collectors.joining(", "));
    }

    private void options(Predicate<String> taken) {
        rows(OptionSpecs.ALL.stream()
                .filter(option -> taken.test(option.longestName()))
                .map(option -> List.of(OptionSpecs.label(option), String.join(" ", option.description())))
                .toList());
    }

    private void say(String text, String indent) {
        Columns.wrapped(text, width == 0 ? 0 : width - indent.length())
                .forEach(line -> errand.out().line(indent + line));
    }

    /// What it is beside what it does, or below where there is no room beside it.
    private void rows(List<List<String>> rows) {
        var left =
                rows.stream().mapToInt(row -> Columns.of(row.getFirst())).max().orElse(0);
        var beside = width == 0 || width - left - 2 * INDENT.length() >= 2 * Terminal.COLUMNS_LEAST;
        for (var row : rows) {
            var lines = new ArrayList<>(Columns.wrapped(
                    row.getLast(), width == 0 ? 0 : beside ? width - left - 2 * INDENT.length() : width - 4));
            var name = paint.heading(beside ? Columns.padded(row.getFirst(), left) : row.getFirst());
            errand.out().line(INDENT + name + (beside ? INDENT + lines.removeFirst() : ""));
            lines.forEach(line -> errand.out().line(INDENT + (beside ? " ".repeat(left) : "") + INDENT + line));
        }
    }
}
