package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.contract.Who;
import hob.ipc.CallType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What the tab key may offer, and where: read from the contract, and so all of it and nothing else.
final class Offers {
    private final Errand errand;

    Offers(Errand errand) {
        this.errand = errand;
    }

    static List<String> words() {
        return Arrays.stream(Family.values()).map(Family::word).toList();
    }

    static List<String> verbs() {
        return Arrays.stream(Verb.values()).map(Verb::word).toList();
    }

    static List<String> levels() {
        return Arrays.stream(LogLevel.values())
                .map(level -> level.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Of all verbs.
    static List<String> options() {
        return OptionSpecs.common();
    }

    /// By the word of the verb that alone listens to them.
    static Map<String, List<String>> ownOptions() {
        return OptionSpecs.own();
    }

    /// By the word of the member: what a person may ask it.
    Map<String, List<String>> calls() {
        var calls = new LinkedHashMap<String, List<String>>();
        for (var member : Family.values()) {
            calls.put(
                    member.word(),
                    asked(member).map(call -> Names.kebab(call.name())).toList());
        }
        return calls;
    }

    /// By `WORD CALL`.
    Map<String, List<String>> fields() {
        var fields = new LinkedHashMap<String, List<String>>();
        for (var member : Family.values()) {
            asked(member)
                    .forEach(call -> fields.put(
                            member.word() + " " + Names.kebab(call.name()),
                            call.call().fields().stream()
                                    .map(field -> Names.kebab(field.name()))
                                    .toList()));
        }
        return fields;
    }

    /// By `WORD CALL FIELD`, where a field has but so many values.
    Map<String, List<String>> values() {
        var values = new LinkedHashMap<String, List<String>>();
        for (var member : Family.values()) {
            asked(member).forEach(call -> {
                for (var field : call.call().fields()) {
                    var choices = new ArrayList<>(field.choices().stream()
                            .map(choice -> Names.kebab(choice.toLowerCase(Locale.ROOT)))
                            .toList());
                    if (field.type().equals("true or false")) {
                        choices.addAll(List.of("true", "false"));
                    }
                    if (!choices.isEmpty()) {
                        values.put(
                                member.word() + " " + Names.kebab(call.name()) + " " + Names.kebab(field.name()),
                                choices);
                    }
                }
            });
        }
        return values;
    }

    private Stream<CallType> asked(Family member) {
        return errand.calls(member).stream().filter(call -> call.who().contains(Who.PERSON));
    }
}
