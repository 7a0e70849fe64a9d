package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall;
import hob.ipc.Fault;
import hob.ipc.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `hob metrics [WORD]`: the pages of all members as one, with a label that says whose each figure is.
final class Metrics {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Errand errand;

    /// Of each metric its lines: Prometheus wants them together.
    private final Map<String, List<String>> families = new LinkedHashMap<>();

    private Metrics(Errand errand) {
        this.errand = errand;
    }

    /// @param page null of one who did not answer
    /// @param wrong why
    private record Page(Family member, @Nullable String page, String wrong) {}

    static Exit run(Errand errand, List<String> words) {
        var house = errand.house();
        var members = words.isEmpty()
                ? Arrays.stream(Family.values())
                        .filter(member -> Errand.isHere(house, member))
                        .toList()
                : List.of(Errand.member(words.getFirst()));
        return new Metrics(errand).run(members);
    }

    private Exit run(List<Family> members) {
        var given = errand.options().deadline();
        var patience = given == null ? PATIENCE : given;
        var pages = AtOnce.ask(members, patience.toMillis() + 500, member -> ask(member, patience), this::late);
        families.put(
                "hob_up", new ArrayList<>(List.of("# HELP hob_up Whether the member answers.", "# TYPE hob_up gauge")));
        for (var page : pages) {
            lines("hob_up")
                    .add("hob_up{member=\"%s\"} %d".formatted(page.member().word(), page.page() == null ? 0 : 1));
            if (page.page() != null) {
                add(page.member(), page.page());
            }
        }
        var text = new StringBuilder();
        families.values()
                .forEach(lines -> lines.forEach(line -> text.append(line).append('\n')));
        if (errand.options().json()) {
            errand.out().line(Spelling.of(new Told.Metrics(text.toString())));
        } else {
            errand.out().text(text.toString());
        }
        var wrong = pages.stream()
                .filter(page -> page.page() == null)
                .map(Page::wrong)
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw new Refused(Exit.UNAVAILABLE, wrong);
        }
        return Exit.OK;
    }

    private Page late(Family member) {
        return new Page(member, null, member.user() + " does not answer in time");
    }

    private Page ask(Family member, Duration patience) {
        try (var client = errand.client(member)) {
            var manner = errand.options().manner().within(patience);
            return new Page(member, client.ask(new HouseCall.Metrics(), manner).text(), "");
        } catch (Fault fault) {
            return new Page(member, null, errand.told(member, fault).getMessage());
        } catch (Refused refused) {
            return new Page(member, null, refused.sentence());
        }
    }

    private List<String> lines(String family) {
        return families.computeIfAbsent(family, _ -> new ArrayList<>());
    }

    private void add(Family member, String page) {
        var family = "";
        for (var line : page.lines().toList()) {
            if (line.startsWith("# ")) {
                family = line.split(" ", 4)[2];
                if (!lines(family).contains(line)) {
                    lines(family).add(line);
                }
            } else if (!line.isBlank()) {
                lines(family).add(labelled(line, member));
            }
        }
    }

    /// `name{a="b"} 1` or `name 1`.
    private static String labelled(String sample, Family member) {
        var label = "member=\"" + member.word() + "\"";
        var brace = sample.indexOf('{');
        var blank = sample.indexOf(' ');
        return brace >= 0 && brace < blank
                ? sample.substring(0, brace + 1) + label + "," + sample.substring(brace + 1)
                : sample.substring(0, blank) + "{" + label + "}" + sample.substring(blank);
    }
}
