package hob.hand;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options as picocli reads them, and as help and manual print them. It is not looked at where the line is a plain
/// one: picocli alone takes a third of the time of a small command.
final class OptionSpecs {
    static final List<OptionSpec> ALL = List.of(
            flag("--json", "Say it as JSON, one object a line; errors too, on stderr."),
            value("--deadline", "TIME", "How long the answer may take, such as 500ms, 5s or 2m."),
            value("--key", "KEY", "A change with the same key is done once, however often it is asked."),
            value("--trace", "ID", "Under which name the call stands in every journal."),
            value("--color", "WHEN", "auto (on a terminal, unless NO_COLOR is set), always or never."),
            flag("--help", "What can be done; behind a verb: how."),
            flag("--version", "Which Hob this is."));

    private OptionSpecs() {}

    private static OptionSpec flag(String name, String doc) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(doc)
                .build();
    }

    private static OptionSpec value(String name, String label, String doc) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(doc)
                .build();
    }

    /// Named by hand: what would be found by looking through annotations costs more than the rest of a small command.
    static CommandLine parser() {
        var spec = CommandSpec.create().name("hob");
        ALL.forEach(spec::addOption);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("WORD")
                .build());
        return new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false);
    }
}
