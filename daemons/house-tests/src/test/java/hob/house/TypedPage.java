package hob.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A page of commands that a test types, in their order: blocks that begin with ` ```sh `, with what is printed in a
/// block ` ```text ` after them. `# ends with 1` behind a command says with which code; without that it is 0.
/// What has to be so before a block, and no reader wants to do, stands before it in `<!-- before: ... -->`.
///
/// @param faults what in the page would not be typed
record TypedPage(List<Block> blocks, List<String> faults) {
    /// @param before a script, which may be empty
    /// @param printed what all its commands say; in it `...` stands for any lines. Empty where it is not shown
    record Block(String before, List<Typed> commands, List<String> printed) {}

    /// @param line where it stands
    record Typed(int line, String command, int exit) {}

    private static final Pattern ENDS_WITH = Pattern.compile("\\s+# ends with (\\d+)$");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'?(\\w+)'?");
    private static final Pattern BEFORE = Pattern.compile("<!-- before:(.*?)(-->)?");
    private static final Pattern INLINE = Pattern.compile("`([^`]+ [^`]+)`");

    static TypedPage in(String page) {
        var reader = new Reader(page.lines().toList());
        reader.read();
        return new TypedPage(List.copyOf(reader.blocks), List.copyOf(reader.faults));
    }

    private static final class Reader {
        private final List<String> lines;
        private final List<Block> blocks = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final List<String> inline = new ArrayList<>();
        private int next;
        private String before = "";
        private boolean mayShow; // a block of commands came, and not yet what they print

        Reader(List<String> lines) {
            this.lines = lines;
        }

        void read() {
            while (next < lines.size()) {
                var line = lines.get(next++);
                var comment = BEFORE.matcher(line);
                if (comment.matches()) {
                    before = comment.group(2) != null ? text(comment.group(1)) : until("-->");
                } else if (line.equals("```sh")) {
                    commands();
                } else if (line.equals("```text") && mayShow) {
                    var last = blocks.removeLast();
                    blocks.add(new Block(
                            last.before(), last.commands(), until("```").lines().toList()));
                    mayShow = false;
                } else if (line.strip().startsWith("```")) {
                    fault("'" + line + "' begins a block that nobody types: commands stand in '```sh', and in '```text'"
                            + " behind them what they print");
                    until("```");
                } else if (line.startsWith("    ") || line.startsWith("\t")) {
                    fault("'" + line.strip() + "' is set as a command, and nobody types it: it belongs in '```sh'");
                } else {
                    INLINE.matcher(line).results().forEach(code -> inline.add(next + ": " + text(code.group(1))));
                }
            }
            if (!before.isEmpty()) {
                fault("what has to be before a block stands before none");
            }
            inlineCommandsAreTyped();
        }

        private void commands() {
            var typed = new ArrayList<Typed>();
            while (next < lines.size() && !lines.get(next).equals("```")) {
                var line = lines.get(next++);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                typed.add(command(next, line));
            }
            skipEnd("```");
            blocks.add(new Block(before, List.copyOf(typed), List.of()));
            before = "";
            mayShow = true;
        }

        /// With the lines that belong to it.
        private Typed command(int number, String first) {
            var ends = ENDS_WITH.matcher(first);
            var exit = ends.find() ? Integer.parseInt(text(ends.group(1))) : 0;
            var command = new StringBuilder(ends.replaceFirst(""));
            while (command.toString().endsWith("\\") && next < lines.size()) {
                command.append('\n').append(lines.get(next++));
            }
            var here = HERE_DOCUMENT.matcher(first);
            if (here.find()) {
                var end = text(here.group(1));
                command.append('\n').append(until(end)).append(end);
            }
            return new Typed(number, command.toString(), exit);
        }

        /// What is named in a sentence is typed somewhere, too: otherwise it may be wrong for long.
        private void inlineCommandsAreTyped() {
            var all = blocks.stream()
                    .flatMap(block -> block.commands().stream())
                    .map(Typed::command)
                    .toList();
            var programs =
                    all.stream().map(command -> command.split("\\s", 2)[0]).toList();
            for (var code : inline) {
                var command = code.substring(code.indexOf(' ') + 1);
                if (programs.contains(command.split(" ", 2)[0])
                        && all.stream().noneMatch(typed -> typed.contains(command))) {
                    faults.add(code + " is named, and nowhere typed");
                }
            }
        }

        /// The lines up to that one.
        private String until(String end) {
            var found = new StringBuilder();
            while (next < lines.size() && !lines.get(next).equals(end)) {
                found.append(lines.get(next++)).append('\n');
            }
            skipEnd(end);
            return found.toString();
        }

        private void skipEnd(String end) {
            if (next == lines.size()) {
                fault("'" + end + "' is missing");
            }
            next++;
        }

        private void fault(String sentence) {
            faults.add(Math.min(next, lines.size()) + ": " + sentence);
        }

        private static String text(@org.jspecify.annotations.Nullable String group) {
            return group == null ? "" : group.strip();
        }
    }
}
