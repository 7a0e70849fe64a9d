package hob.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// The end of every test run: reads what the tests reported below a folder, names the slowest, says each skip aloud,
/// and ends with the one line that people and scripts look for.
///
/// A test that was not run has failed: in CI a skip counts as a failure unless `docs/skips.md` lists it with its
/// reason.
public final class Tally {
    private static final int SLOWEST_SHOWN = 10;

    /// Enough to recognise a failure; all of it stands above and in the reports.
    private static final int REASON_CHARS_SHOWN = 200;

    /// A row of docs/skips.md: test (class, or class#method), reason.
    private static final Pattern LISTED = Pattern.compile("\\| *`([^`]+)` *\\| *(\\S[^|]*)\\|.*");

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    private record Test(String suite, String name, double seconds, Outcome outcome, String reason) {
        @Override
        public String toString() {
            return suite + "#" + name;
        }
    }

    private Tally() {}

    /// `Tally CHECKOUT CI` where CI is `true` or anything else. Ends with 0 when nothing failed and something passed.
    static void main(String[] args) throws IOException {
        var checkout = Path.of(args[0]);
        System.exit(tell(read(checkout), listedSkips(checkout), args[1].equals("true")) ? 0 : 1);
    }

    private static boolean tell(List<Test> tests, List<String> listed, boolean strict) {
        tests.stream()
                .sorted(Comparator.comparingDouble(Test::seconds).reversed())
                .limit(SLOWEST_SHOWN)
                .forEach(test -> System.out.printf(Locale.ROOT, "%8.1f s  %s%n", test.seconds(), test));
        var failed = new ArrayList<Test>();
        var skipped = new ArrayList<Test>();
        for (var test : tests) {
            switch (test.outcome()) {
                case PASSED -> {}
                case FAILED -> {
                    System.out.println("FAILED   " + test + ": " + test.reason());
                    failed.add(test);
                }
                case SKIPPED -> {
                    var known = listed.stream().anyMatch(entry -> covers(entry, test));
                    var red = strict && !known;
                    System.out.println((red ? "FAILED   " : "skipped  ") + test + ": " + test.reason()
                            + (red ? " (a skip that docs/skips.md does not list with its reason is red in CI)" : ""));
                    (red ? failed : skipped).add(test);
                }
            }
        }
        var passed = tests.size() - failed.size() - skipped.size();
        System.out.println(passed + " passed, " + failed.size() + " failed, " + skipped.size() + " skipped");
        return failed.isEmpty() && passed > 0;
    }

    private static boolean covers(String entry, Test test) {
        return entry.equals(test.suite()) || test.toString().startsWith(entry);
    }

    private static List<String> listedSkips(Path checkout) throws IOException {
        var page = checkout.resolve("docs/skips.md");
        if (!Files.exists(page)) {
            return List.of();
        }
        return Files.readAllLines(page).stream()
                .map(LISTED::matcher)
                .filter(row -> row.matches())
                .map(row -> Objects.requireNonNull(row.group(1)))
                .toList();
    }

    private static List<Test> read(Path checkout) throws IOException {
        var tests = new ArrayList<Test>();
        // Modules lie at most two folders deep; what an alarm test left in a scratch copy lies deeper.
        try (var files = Files.find(checkout, 5, (file, _) -> isReport(checkout.relativize(file)))) {
            for (var file : files.sorted().toList()) {
                readReport(file, tests);
            }
        }
        return tests;
    }

    private static boolean isReport(Path file) {
        return file.getFileName().toString().matches("TEST-.*\\.xml")
                && file.getParent() != null
                && file.getParent().endsWith("target/surefire-reports");
    }

    private static void readReport(Path file, List<Test> tests) throws IOException {
        try {
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                tests.add(test((Element) cases.item(i)));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not a test report: " + e.getMessage(), e);
        }
    }

    private static Test test(Element element) {
        var outcome = Outcome.PASSED;
        var reason = "";
        for (var tag : List.of("failure", "error", "skipped")) {
            if (element.getElementsByTagName(tag).item(0) instanceof Element found) {
                outcome = tag.equals("skipped") ? Outcome.SKIPPED : Outcome.FAILED;
                reason = reason(found);
            }
        }
        var suite = element.getAttribute("classname");
        var seconds = element.getAttribute("time").replace(",", "");
        return new Test(
                suite,
                element.getAttribute("name"),
                seconds.isEmpty() ? 0 : Double.parseDouble(seconds),
                outcome,
                reason);
    }

    /// JUnit's own words where the report has them, else the first line of the stack trace without the exception's
    /// name.
    private static String reason(Element outcome) {
        var message = outcome.getAttribute("message");
        if (message.isBlank()) {
            message = outcome.getTextContent()
                    .lines()
                    .findFirst()
                    .orElse("(no reason given)")
                    .replaceFirst("^[\\w.]+(Exception|Error): (Assumption failed: )?", "");
        }
        var words = message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return words.length() <= REASON_CHARS_SHOWN ? words : words.substring(0, REASON_CHARS_SHOWN) + " ...";
    }
}
