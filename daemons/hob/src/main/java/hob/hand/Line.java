package hob.hand;

import hob.contract.Family;
import hob.contract.Rooms;
import hob.ipc.CallType;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line, read: its words without the options, and the options.
record Line(List<String> words, Options options) {
    static Line read(List<String> typed) {
        var plain = PlainLine.read(typed);
        return plain == null ? byPicocli(typed) : new Line(plain.words(), Options.of(plain.options()));
    }

    static Line byPicocli(List<String> typed) {
        if (typed.stream().anyMatch(word -> word.equals("-V"))) {
            throw Refused.usage("there is no option '-V'; did you mean '--version'?");
        }
        try {
            var parsed = OptionSpecs.parser()
                    .parseArgs(typed.stream()
                            .map(word -> word.equals("-h") ? "--help" : word)
                            .toArray(String[]::new));
            List<String> words = parsed.matchedPositionalValue(0, List.of());
            var options = new HashMap<String, String>();
            parsed.matchedOptions()
                    .forEach(option -> options.put(option.longestName(), Objects.toString(option.getValue())));
            return new Line(words, Options.of(options));
        } catch (RuntimeException e) {
            throw refused(e, typed);
        }
    }

    /// Not by a catch for each: what is caught somewhere is loaded at each start, and of picocli nothing can be in the
    /// ahead-of-time cache, which takes no class files of Java 5.
    private static RuntimeException refused(RuntimeException wrong, List<String> typed) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().getFirst(), typed);
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return Refused.usage(name(twice.getOverwritten().toString()) + " is given twice");
        }
        if (wrong instanceof MissingParameterException without) {
            var missing = without.getMissing().getFirst();
            return Refused.usage(name(missing.toString()) + " wants " + missing.paramLabel() + " behind it");
        }
        if (wrong instanceof ParameterException) {
            return typed.stream()
                    .filter(word -> word.startsWith("--") && word.contains("="))
                    .findFirst()
                    .map(flag -> unknown(flag, typed))
                    .orElseGet(() -> Refused.usage(
                            Objects.requireNonNullElse(wrong.getMessage(), "the options cannot be read")));
        }
        return wrong;
    }

    private static Refused unknown(String option, List<String> typed) {
        var name = option.split("=", 2)[0];
        var known = OptionSpecs.ALL.stream().map(spec -> spec.longestName()).toList();
        if (known.contains(name)) {
            return Refused.usage(name + " takes no value");
        }
        return Refused.usage("there is no option " + Names.quoted(name)
                + (isField(name, typed)
                        ? "; a field is written without hyphens before it: " + name.substring(2) + "=VALUE"
                        : Names.suggestion(name, known) + " ('hob --help' lists them)"));
    }

    /// Of some call of a member that stands on the line.
    private static boolean isField(String option, List<String> typed) {
        return option.startsWith("--")
                && Stream.of(Family.values())
                        .filter(member -> typed.contains(member.word()))
                        .flatMap(member -> Rooms.of(member).stream())
                        .flatMap(room -> CallType.in(room).stream())
                        .flatMap(call -> call.call().fields().stream())
                        .anyMatch(field -> field.name().equals(Names.snake(option.substring(2))));
    }

    /// picocli prints an option as `option --key (KEY)` or so.
    private static String name(String printed) {
        for (var spec : OptionSpecs.ALL) {
            if (printed.contains(spec.longestName())) {
                return spec.longestName();
            }
        }
        return printed;
    }
}
