package hob.house;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tour of a page: commands and what they print, in blocks that begin with ` ```console `.
record Tour(List<Step> steps) {
    /// @param printed without the last line's end
    record Step(String command, String printed) {}

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final Pattern STEP = Pattern.compile("(?ms)^\\$ (.*?)\\n(.*?)(?=^\\$ |\\z)");

    private static final Pattern SPEAKER = Pattern.compile("[a-z-]+ +\\| ");

    static Tour in(String page) {
        var steps = new ArrayList<Step>();
        for (var block : BLOCK.matcher(page).results().toList()) {
            STEP.matcher(block.group(1))
                    .results()
                    .forEach(step ->
                            steps.add(new Step(step.group(1), step.group(2).stripTrailing())));
        }
        return new Tour(steps);
    }

    /// The page with this as what was printed, step by step.
    static String rewritten(String page, List<String> printed) {
        var next = printed.iterator();
        return BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement("```console\n"
                        + STEP.matcher(block.group(1))
                                .replaceAll(step -> Matcher.quoteReplacement("$ " + step.group(1) + "\n" + next.next()))
                                .replaceAll("(?<=[^\\n])\\z", "\n")
                        + "```"));
    }

    /// Without what differs from time to time and from machine to machine. Several who print at once are heard one
    /// after
    /// the other, and what is made behind everybody's back is done when it is done.
    static String blanked(String printed) {
        return printed.lines()
                .filter(line -> !line.contains("ahead-of-time cache"))
                .sorted(Comparator.comparing(Tour::speaker)) // keeps the order of each
                .map(Tour::blankedLine)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static String speaker(String line) {
        var speaker = SPEAKER.matcher(line);
        return speaker.lookingAt() ? speaker.group() : "";
    }

    private static String blankedLine(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d\\S*", "TIME")
                .replaceAll("\\((now|[^()]* ago)\\)", "(AGE)")
                .replaceAll("\\b[0-9a-f]{16}\\b", "TURN")
                .replaceAll("\\b\\d+(\\.\\d+)? (ms|s|min|MiB)\\b", "N $2")
                .replaceAll("uid:\\d+", "uid:N")
                .replaceAll("\\b\\d{2,7}(?=\\)?$|\\s)", "N")
                .replaceAll("[ ]+", " ")
                .stripTrailing();
    }
}
