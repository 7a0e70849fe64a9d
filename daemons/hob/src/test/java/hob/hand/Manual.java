package hob.hand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command's manual: written once, printed as a page for `docs` and as one for `man`.
final class Manual {
    private Manual() {}

    /// Something worth typing.
    ///
    /// @param typed behind `hob`
    record Example(String typed, String doc) {
        /// As the shell would hand them over; no example needs quoting but one.
        String[] words() {
            return Arrays.stream(typed.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                    .takeWhile(word -> !word.equals("|") && !word.equals("<"))
                    .map(word -> word.replace("'", ""))
                    .toArray(String[]::new);
        }
    }

    static final List<Example> EXAMPLES = List.of(
            new Example("status", "How is the house?"),
            new Example("memory blocks", "What stands before Hob's eyes in every turn."),
            new Example("memory set-block name=persona 'text=I live by the hearth.'", "Say who Hob is."),
            new Example("memory set-block name=notes text=- < notes.md", "The same, with a text that comes in."),
            new Example(
                    "memory edit-block name=persona replace=tea with=coffee --key monday",
                    "Done once, however often it is asked."),
            new Example("memory block name=persona --json | jq -r .block.text", "For a script."),
            new Example("log-level memory debug", "Have memory say more, until its next start."),
            new Example("logs -f", "What everybody says, as they say it."),
            new Example("logs memory --since 10m --level warn", "What was wrong with memory lately."),
            new Example("logs --trace monday", "What became of one call, in all members."),
            new Example("describe memory set-block", "What a call wants, and what it answers."));

    private static final List<List<String>> VALUES = List.of(
            List.of(
                    "name=value",
                    "The text as it is typed; whole numbers, fractions, true or false (yes, no), times such as 2026-11-20T04:00:00Z, and choices in any case."),
            List.of("name=@file", "The text of a file, in UTF-8, to its last byte."),
            List.of("name=-", "The text that comes in on the standard input."),
            List.of("name==text", "The text itself, where it begins with '@' or '=' or is a '-'."),
            List.of("name=a,b,c", "A list; or in JSON, name=[\"a\",\"b, c\"], where an item has a comma."),
            List.of("name={...}", "What is made of several parts, in JSON."));

    private static final List<List<String>> ENVIRONMENT = List.of(
            List.of(
                    Houses.VARIABLE,
                    "The folder of a private house, all of whose members run as you. Without it, the house is /run/hob, and where"
                            + " that is not there, $XDG_RUNTIME_DIR/hob, in which your own systemd keeps one."),
            List.of(
                    "COLUMNS",
                    "How wide a line may be; else as wide as the terminal, and in a file as long as it likes."),
            List.of("NO_COLOR", "Not empty: no colours, unless --color=always says so."));

    private static final List<List<String>> SHAPES = List.of(
            List.of(
                    "a call",
                    "The frames of the answer as they travelled, one a line: see docs/json/memory.json and docs/ipc."),
            List.of("status", "docs/json/status.json"),
            List.of("ping", "docs/json/pings.json"),
            List.of("metrics", "docs/json/metrics.json"),
            List.of("logs", "docs/json/logged.json, a line each."),
            List.of("install-systemd, uninstall", "docs/json/installed.json"),
            List.of("rehearse", "docs/json/rehearsed.json"),
            List.of("describe", "A JSON Schema of the calls, one a line for each member."),
            List.of("what goes wrong", "docs/json/error.json, on stderr: stdout has answers alone."));

    private static final List<String> KEYS = List.of(
            "Every change goes out with a key, by which the member does it once however often the wire makes the command"
                    + " ask. The command makes the key, and lets go of it when it has the answer. With --key it is yours:"
                    + " the same command with the same key, even days later, is answered as the first time.",
            "When no answer comes, the exit code is 76 and the sentence names the key: 'hob WORD outcome --key KEY' tells"
                    + " what became of it.");

    /// They are drawn from a house that a test makes well and ill.
    private static final String SCREENS = """
            ## How the house is

            `hob status` says who is here and how each is; where something is not well, what it is, and the command that
            mends it. It ends with 1 then, for scripts.

            ![The screen of hob status when all is well: a table with memory, well, since when, how much memory it has and its process](screens/status-well.svg)

            Whatever has happened to a member, the screen comes within three seconds. Here memory was stopped:

            ![The same with memory hung, in red; below: it is stopped, by SIGSTOP or a debugger; the command is kill -CONT and its process](screens/status-ill-stopped.svg)

            Here its config is wrong, and all mistakes are told at once:

            ![The same with memory down; below: two mistakes in memory.toml, each with its line and what to write instead; the command is scripts/dev again memory](screens/status-ill-config.svg)

            """;

    private static List<List<String>> verbs() {
        var verbs = new ArrayList<List<String>>();
        for (var verb : Verb.values()) {
            verbs.add(List.of(verb.synopsis(), verb.doc()));
        }
        verbs.add(List.of(
                "hob WORD CALL [FIELD=VALUE]...",
                "Ask a member: the same as 'hob call'. Hyphens and underscores are the same."));
        return verbs;
    }

    private static List<List<String>> options() {
        return OptionSpecs.ALL.stream()
                .map(option -> List.of(OptionSpecs.label(option), String.join(" ", option.description())))
                .toList();
    }

    private static List<List<String>> exits() {
        return Arrays.stream(Exit.values())
                .map(exit -> List.of(Integer.toString(exit.code()), exit.name(), exit.meaning()))
                .toList();
    }

    static String markdown() {
        var page = new StringBuilder("""
                # The hob command

                Asks the members of the family, and says how they are. `scripts/dev update` writes this page and
                [the manual page](man/hob.1); what it says to wrong input stands in [wrong-inputs.md](wrong-inputs.md),
                what each member can be asked in [ipc](ipc/).

                """);
        table(page, "Verbs", List.of("verb", "what it does"), verbs());
        page.append(SCREENS);
        table(page, "Options", List.of("option", "what it does"), options());
        table(page, "Values", List.of("typed", "what it is"), VALUES);
        page.append("## Keys\n\n").append(String.join("\n\n", KEYS)).append("\n\n");
        table(page, "JSON", List.of("of", "shape"), SHAPES);
        table(page, "Exit codes", List.of("code", "name", "meaning"), exits());
        table(page, "Environment", List.of("variable", "what it does"), ENVIRONMENT);
        page.append("## Examples\n\n```sh\n");
        EXAMPLES.forEach(example -> page.append("# ")
                .append(example.doc())
                .append("\nhob ")
                .append(example.typed())
                .append('\n'));
        return page.append("```\n").toString();
    }

    private static void table(StringBuilder page, String title, List<String> heads, List<List<String>> rows) {
        page.append("## ")
                .append(title)
                .append("\n\n| ")
                .append(String.join(" | ", heads))
                .append(" |\n|");
        page.append("---|".repeat(heads.size())).append('\n');
        for (var row : rows) {
            page.append("| `")
                    .append(row.getFirst().replace("|", "\\|"))
                    .append("` | ")
                    .append(String.join(" | ", row.subList(1, row.size())).replace("<", "&lt;"))
                    .append(" |\n");
        }
        page.append('\n');
    }

    static String roff() {
        var page = new StringBuilder(".TH HOB 1 \"\" \"Hob\" \"Hob\"\n.SH NAME\nhob \\- asks the family of Hob\n");
        page.append(".SH SYNOPSIS\n");
        verbs().forEach(verb ->
                page.append(".B ").append(escaped(verb.getFirst())).append("\n.br\n"));
        section(page, "VERBS", verbs());
        section(page, "OPTIONS", options());
        section(page, "VALUES", VALUES);
        page.append(".SH KEYS\n");
        KEYS.forEach(text -> page.append(".PP\n").append(escaped(text)).append('\n'));
        section(page, "JSON", SHAPES);
        section(
                page,
                "EXIT STATUS",
                exits().stream().map(row -> List.of(row.get(0), row.get(2))).toList());
        section(page, "ENVIRONMENT", ENVIRONMENT);
        page.append(".SH EXAMPLES\n");
        EXAMPLES.forEach(example -> page.append(".TP\n.B hob ")
                .append(escaped(example.typed()))
                .append('\n')
                .append(escaped(example.doc()))
                .append('\n'));
        section(page, "FILES", List.of(List.of("/run/hob/WORD/sock", "The door of a member.")));
        return page.append(".SH SEE ALSO\n.BR systemctl (1),\n.BR journalctl (1)\n")
                .toString();
    }

    private static void section(StringBuilder page, String title, List<List<String>> rows) {
        page.append(".SH \"").append(title).append("\"\n");
        rows.forEach(row -> page.append(".TP\n.B \"")
                .append(escaped(row.getFirst()).replace("\"", "\\(dq"))
                .append("\"\n")
                .append(escaped(row.get(1)))
                .append('\n'));
    }

    /// Neither a request at the start of a line, nor an escape, nor a hyphen that cannot be copied.
    private static String escaped(String text) {
        var plain = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "");
        return plain.startsWith(".") ? "\\&" + plain : plain;
    }
}
