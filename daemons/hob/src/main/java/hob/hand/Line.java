package hob.hand;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
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
        } catch (UnmatchedArgumentException e) {
            throw unknown(e.getUnmatched().getFirst());
        } catch (OverwrittenOptionException e) {
            throw Refused.usage(name(e.getOverwritten().toString()) + " is given twice");
        } catch (MissingParameterException e) {
            var missing = e.getMissing().getFirst();
            throw Refused.usage(name(missing.toString()) + " wants " + missing.paramLabel() + " behind it");
        } catch (ParameterException e) {
            var flag = typed.stream()
                    .filter(word -> word.startsWith("--") && word.contains("="))
                    .findFirst();
            if (flag.isPresent()) {
                throw unknown(flag.get());
            }
            throw Refused.usage(Objects.requireNonNullElse(e.getMessage(), "the options cannot be read"));
        }
    }

    private static Refused unknown(String option) {
        var name = option.split("=", 2)[0];
        var known = OptionSpecs.ALL.stream().map(spec -> spec.longestName()).toList();
        if (known.contains(name)) {
            return Refused.usage(name + " takes no value");
        }
        return Refused.usage("there is no option " + Names.quoted(name) + Names.suggestion(name, known)
                + " ('hob --help' lists them)");
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
