package hob.house;

import hob.testing.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Types the commands of a page, one after the other, as a person does in one terminal.
final class Typist {
    private static final String STANDS_IN = "(stands in ";

    private final Shell shell;
    private final UnaryOperator<String> blanked;
    private final List<String> complaints = new ArrayList<>();
    private String folder = "~";

    /// Where a script is run to its end.
    interface Shell {
        Command run(String script);
    }

    /// @param blanked takes out of what is printed what is another each time
    Typist(Shell shell, UnaryOperator<String> blanked) {
        this.shell = shell;
        this.blanked = blanked;
    }

    /// What did not go as the page says.
    List<String> type(TypedPage page) {
        for (var block : page.blocks()) {
            if (!typed(block)) {
                complaints.add("what comes after that was not typed");
                break;
            }
        }
        return List.copyOf(complaints);
    }

    /// Whether each command ended as the page says; if not, those after it are of no use.
    private boolean typed(TypedPage.Block block) {
        if (!block.before().isEmpty()) {
            var made = shell.run("set -e\n" + block.before());
            if (made.exit() != 0) {
                complaints.add(
                        "before a block: '" + block.before() + "' ended with " + made.exit() + ": " + made.output());
                return false;
            }
        }
        var said = new StringBuilder();
        for (var typed : block.commands()) {
            var ended = typed(typed.command());
            said.append(ended.output());
            if (ended.exit() != typed.exit()) {
                complaints.add(typed.line() + ": '" + typed.command() + "' ended with " + ended.exit()
                        + " and not with " + typed.exit() + "; it said:\n" + ended.output());
                return false;
            }
        }
        if (!block.printed().isEmpty() && !isLike(block.printed(), said.toString())) {
            complaints.add("line " + block.commands().getLast().line() + ": what is shown below it is not what was"
                    + " printed, which is:\n" + said);
        }
        return true;
    }

    /// A shell of its own, which goes where the one before it went.
    private Command typed(String command) {
        var said = shell.run(
                "cd " + folder + "\ntrap 'printf \"\\n%s%s)\" \"" + STANDS_IN + "\" \"$PWD\"' EXIT\n" + command + "\n");
        var end = said.output().lastIndexOf("\n" + STANDS_IN);
        if (end < 0) {
            return said;
        }
        folder = said.output()
                .substring(end + 1 + STANDS_IN.length(), said.output().length() - 1);
        return new Command(said.exit(), said.output().substring(0, end));
    }

    /// Part by part, between the lines `...`.
    private boolean isLike(List<String> shown, String printed) {
        var pattern = new StringBuilder("(?s)");
        for (var line : shown) {
            pattern.append(
                    line.strip().equals("...")
                            ? "(.*\\n)?"
                            : java.util.regex.Pattern.quote(blanked.apply(line)) + "\\n");
        }
        var lines = new StringBuilder();
        printed.stripTrailing()
                .lines()
                .forEach(line -> lines.append(blanked.apply(line)).append('\n'));
        return lines.toString().matches(pattern.toString());
    }
}
