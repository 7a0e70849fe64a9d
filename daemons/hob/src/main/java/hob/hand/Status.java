package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall.Arrows;
import hob.hand.Told.Member;
import hob.hand.Told.State;
import hob.ipc.House;
import hob.ipc.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;

/// `hob status`: the whole house on one screen.
final class Status {
    private static final String INDENT = "  ";

    private final Errand errand;
    private final House house;
    private final Paint paint;

    private Status(Errand errand) {
        this.errand = errand;
        this.house = errand.house();
        this.paint = errand.paint();
    }

    static Exit run(Errand errand, List<String> words) {
        return new Status(errand).run();
    }

    private Exit run() {
        var checkup = new Checkup(errand, house);
        var members = AtOnce.ask(List.of(Family.values()), Checkup.MILLIS_MOST, checkup::of, checkup::late);
        var ok = members.stream().allMatch(Member::ok)
                && members.stream().anyMatch(member -> member.state() != State.NOT_HERE);
        if (errand.options().json()) {
            errand.out()
                    .line(Spelling.of(new Told.Status(
                            house.toString(), ok, house.oneUser() ? Arrows.ADVISORY : Arrows.ENFORCED, members)));
        } else {
            say(members);
        }
        return ok ? Exit.OK : Exit.ILL;
    }

    private void say(List<Member> members) {
        var out = errand.out();
        out.line(paint.heading("The house at " + house) + whose());
        Houses.passedOver(errand.surroundings())
                .ifPresent(own ->
                        wrapped("Yours is at " + own + ": '" + Houses.VARIABLE + "=" + own + " hob status'", ""));
        out.line("");
        var here = members.stream()
                .filter(member -> member.state() != State.NOT_HERE)
                .toList();
        if (!here.isEmpty()) {
            table(here);
        }
        var absent = members.stream()
                .filter(member -> member.state() == State.NOT_HERE)
                .map(Member::word)
                .toList();
        if (!absent.isEmpty()) {
            wrapped(paint.quiet("not here: " + String.join(", ", absent)), "");
        }
        if (here.isEmpty()) {
            wrapped("Nobody lives here yet: '" + house.startCommand(Family.MEMORY) + "' starts the first.", "");
        }
        members.forEach(this::sayWhatIsWrong);
        members.forEach(this::sayWhatCouldBeBetter);
    }

    private String whose() {
        return switch (house.keeper()) {
            case SYSTEMD -> "";
            case SYSTEMD_OF_A_USER -> ": under a user's own systemd, arrows are advisory";
            case UP -> ": private, arrows are advisory";
        };
    }

    private void table(List<Member> members) {
        var heads = List.of("MEMBER", "STATE", "SINCE", "MEMORY", "PROCESS");
        var rows = members.stream().map(this::row).toList();
        var width = errand.surroundings().columns();
        var lines = Table.lines(heads, rows, width, Paint.NONE);
        if (lines.isEmpty()) { // on a narrow screen the first thing is whether it is well
            rows.forEach(row -> errand.out().line(coloured(row.get(0) + "  " + row.get(1), row.get(1))));
            return;
        }
        errand.out().line(paint.heading(lines.getFirst()));
        for (int i = 0; i < rows.size(); i++) {
            errand.out().line(coloured(lines.get(i + 1), rows.get(i).get(1)));
        }
    }

    private String coloured(String line, String state) {
        return line.replaceFirst(
                "\\b" + state + "\\b",
                Matcher.quoteReplacement(state.equals("well") ? paint.good(state) : paint.bad(state)));
    }

    private List<String> row(Member member) {
        var times = new Times(
                errand.surroundings().clock().instant(), errand.surroundings().zone());
        return List.of(
                member.word(),
                member.ok()
                        ? "well"
                        : member.state() == State.UP
                                ? "ill"
                                : member.state().name().toLowerCase(Locale.ROOT),
                member.since() == null ? "-" : times.of(member.since()),
                member.memoryBytes() == null ? "-" : Times.bytes(member.memoryBytes()),
                member.pid() == null ? "-" : member.pid().toString());
    }

    private void sayWhatIsWrong(Member member) {
        for (var part : member.parts()) {
            if (!part.ok()) {
                errand.out().line("");
                var wrong = Columns.harmless(Objects.requireNonNullElse(part.wrong(), "it is not well"))
                        .split("\n", -1);
                wrapped(paint.bad(member.word() + ", " + Columns.harmless(part.name())) + ": " + wrong[0], "");
                Arrays.stream(wrong).skip(1).forEach(line -> wrapped(line, INDENT));
                if (part.mend() != null) {
                    sayWhatMends(Columns.harmless(part.mend()), wrong.length > 1);
                }
            }
        }
    }

    private void sayWhatCouldBeBetter(Member member) {
        for (var part : member.parts()) {
            if (part.ok() && part.note() != null) {
                errand.out().line("");
                wrapped(
                        paint.warning(member.word() + ", " + Columns.harmless(part.name())) + ": "
                                + Columns.harmless(part.note()),
                        "");
                if (part.mend() != null) {
                    sayWhatMends(Columns.harmless(part.mend()), false);
                }
            }
        }
    }

    /// On a line of its own, to be copied.
    ///
    /// @param apart where it would be taken for one of the lines above it
    private void sayWhatMends(String command, boolean apart) {
        if (apart) {
            errand.out().line("");
        }
        errand.out().line(INDENT + paint.heading(command));
    }

    /// Where a line that is indented breaks, the rest is indented deeper.
    private void wrapped(String text, String indent) {
        var columns = errand.surroundings().columns();
        var before = indent;
        for (var line : Columns.wrapped(text, columns == 0 ? 0 : columns - 2 * indent.length())) {
            errand.out().line(before + line);
            before = indent + indent;
        }
    }
}
