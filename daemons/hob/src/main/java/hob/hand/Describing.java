package hob.hand;

import hob.contract.Family;
import hob.contract.Who;
import hob.ipc.CallType;
import hob.ipc.Description;
import hob.ipc.RecordShape;
import hob.ipc.RecordShape.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// `hob describe WORD [CALL]`: what the contract says, which needs no member to be there.
final class Describing {
    private final Errand errand;
    private final Paint paint;
    private final int width;

    private Describing(Errand errand) {
        this.errand = errand;
        this.paint = errand.paint();
        this.width = errand.surroundings().columns();
    }

    static Exit run(Errand errand, List<String> words) {
        var describing = new Describing(errand);
        if (words.isEmpty()) {
            describing.family();
            return Exit.OK;
        }
        var member = Errand.member(words.getFirst());
        var calls = words.size() == 1 ? errand.calls(member) : List.of(errand.call(member, words.get(1)));
        if (errand.options().json()) {
            errand.out().line(Description.of(member, calls));
        } else if (words.size() == 1) {
            describing.calls(member, calls);
        } else {
            describing.call(member, calls.getFirst());
        }
        return Exit.OK;
    }

    private void family() {
        for (var member : Family.values()) {
            if (errand.options().json()) {
                errand.out().line(Description.of(member, errand.calls(member)));
            } else {
                errand.out().line(isMissing(member) ? paint.quiet(member.word() + " (not here)") : member.word());
            }
        }
    }

    /// In the house that is meant, where there is one; what is asked here needs none.
    private boolean isMissing(Family member) {
        try {
            return !Errand.isHere(errand.house(), member);
        } catch (Refused nowhere) {
            return false;
        }
    }

    private void calls(Family member, List<CallType> calls) {
        errand.out().line(paint.heading("hob " + member.word() + " CALL [FIELD=VALUE]..."));
        var left = calls.stream().mapToInt(call -> call.name().length()).max().orElse(0);
        for (var call : calls) {
            if (call.who().contains(Who.PERSON)) {
                row(Names.kebab(call.name()), left, Names.asTyped(call.doc()));
            }
        }
    }

    private void call(Family member, CallType call) {
        errand.out().line(paint.heading("hob " + member.word() + " " + synopsis(call)));
        say(Names.asTyped(call.doc()), "  ");
        say(manner(call), "  ");
        fields("Fields", call.call());
        call.items().forEach(item -> fields("Each item, " + Names.kebab(item.name()), item));
        fields(call.isStream() ? "At the end, " + Names.kebab(call.answer().name()) : "Answer", call.answer());
    }

    /// What must be said stands plain, the rest in brackets.
    static String synopsis(CallType call) {
        return Names.kebab(call.name())
                + call.call().fields().stream()
                        .map(field -> {
                            var word = Names.kebab(field.name()) + "="
                                    + field.name().toUpperCase(Locale.ROOT);
                            return field.isRequired() ? " " + word : " [" + word + "]";
                        })
                        .collect(Collectors.joining());
    }

    static String manner(CallType call) {
        return (call.isChange() ? "A change, done once under its key. " : "A query. ") + "Answered within "
                + Times.lasting(call.deadline()) + ", or as --deadline says.";
    }

    private void fields(String title, RecordShape shape) {
        if (shape.fields().isEmpty()) {
            return;
        }
        errand.out().line("");
        errand.out().line(paint.heading(title));
        var left = shape.fields().stream()
                .mapToInt(field -> field.name().length())
                .max()
                .orElse(0);
        shape.fields().forEach(field -> row(Names.kebab(field.name()), left, words(field)));
    }

    static String words(Field field) {
        var words = new ArrayList<String>();
        if (!field.doc().isEmpty()) {
            words.add(Names.asTyped(field.doc()));
        }
        var type = field.choices().isEmpty()
                ? field.type().replace("`", "").replaceFirst(" \\(.*\\)", "")
                : field.choices().stream()
                        .map(choice -> Names.kebab(choice.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(", "));
        words.add("(" + type
                + (field.fallback() == null
                        ? field.isRequired() ? "" : "; may be left out"
                        : "; else " + (field.fallback().equals("") ? "empty" : field.fallback()))
                + ")");
        return String.join(" ", words);
    }

    private void say(String text, String indent) {
        Columns.wrapped(text, width == 0 ? 0 : width - indent.length())
                .forEach(line -> errand.out().line(indent + line));
    }

    private void row(String name, int left, String text) {
        var beside = width == 0 || width - left - 4 >= Terminal.COLUMNS_LEAST;
        var lines = new ArrayList<>(Columns.wrapped(text, width == 0 ? 0 : beside ? width - left - 4 : width - 4));
        errand.out().line("  " + Columns.padded(name, beside ? left : 0) + (beside ? "  " + lines.removeFirst() : ""));
        lines.forEach(line -> errand.out().line("    " + (beside ? " ".repeat(left) : "") + line));
    }
}
