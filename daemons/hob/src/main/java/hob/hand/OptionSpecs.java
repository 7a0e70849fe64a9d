package hob.hand;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options as picocli reads them, and as help and manual print them. It is not looked at where the line is a plain
/// one: picocli alone takes a third of the time of a small command.
final class OptionSpecs {
    private static final List<OptionSpec> COMMON = List.of(
            flag("--json", "Say it as JSON, one object a line; errors too, on stderr."),
            value("--deadline", "TIME", "How long the answer may take, such as 500ms, 5s or 2m."),
            value("--key", "KEY", "A change with the same key is done once, however often it is asked."),
            value("--trace", "ID", "Under which name the call stands in every journal; 'hob logs' looks for it."),
            value("--color", "WHEN", "auto (on a terminal, unless NO_COLOR is set), always or never."),
            flag("--help", "What can be done; behind a verb: how."),
            flag("--version", "Which Hob this is."));

    /// What only `hob logs` listens to.
    private static final List<OptionSpec> LOGS = List.of(
            flag("-f, --follow", "logs: go on with what is yet to come, until Ctrl-C."),
            value("-n, --lines", "N", "logs: the last so many; else 100, with -f 10, with --since or --trace all."),
            value("--since", "WHEN", "logs: not what is older, such as 10m, 14:30, yesterday or '2026-11-20 14:30'."),
            value("--level", "LEVEL", "logs: what is at least so grave: error, warn, info, debug or trace."));

    /// What only `hob rehearse` listens to.
    private static final List<OptionSpec> REHEARSE = List.of(
            value("--cache", "FILE", "rehearse: make the ahead-of-time cache of this release of it, as this file."));

    /// What only the verbs listen to that install and remove.
    private static final List<OptionSpec> INSTALL = List.of(
            flag("--dry-run", "install-systemd, uninstall: only say what would be done."),
            flag("--user", "install-systemd, uninstall: for one person, without root, under a systemd of their own."),
            value("--prefix", "DIR", "install-systemd: where releases lie, in place of /opt/hob."),
            flag("--purge", "uninstall: settings and what members kept, too."));

    static final List<OptionSpec> ALL =
            Stream.of(COMMON, LOGS, REHEARSE, INSTALL).flatMap(List::stream).toList();

    private OptionSpecs() {}

    /// By their long names.
    static List<String> common() {
        return names(COMMON);
    }

    /// By the word of the verb that alone listens to them.
    static Map<String, List<String>> own() {
        var own = new LinkedHashMap<String, List<String>>();
        own.put("logs", names(LOGS));
        own.put("rehearse", names(REHEARSE));
        for (var verb : List.of(Verb.INSTALL_SYSTEMD, Verb.UNINSTALL)) {
            own.put(verb.word(), names(INSTALL).stream().filter(verb::takes).toList());
        }
        return own;
    }

    private static List<String> names(List<OptionSpec> specs) {
        return specs.stream().map(OptionSpec::longestName).toList();
    }

    /// As it is typed.
    static String label(OptionSpec option) {
        return String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel());
    }

    /// @param names such as `--json`, or `-f, --follow`
    private static OptionSpec flag(String names, String doc) {
        return OptionSpec.builder(names.split(", "))
                .type(boolean.class)
                .arity("0")
                .description(doc)
                .build();
    }

    private static OptionSpec value(String names, String label, String doc) {
        return OptionSpec.builder(names.split(", "))
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
