package hob.hand;

import hob.contract.Family;
import hob.contract.HouseCall;
import hob.hand.Told.Answer;
import hob.ipc.Fault;
import hob.ipc.Spelling;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// `hob ping [WORD]`.
final class Ping {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Errand errand;
    private final Duration patience;

    private Ping(Errand errand) {
        this.errand = errand;
        var given = errand.options().deadline();
        this.patience = given == null ? PATIENCE : given;
    }

    static Exit run(Errand errand, List<String> words) {
        var house = errand.house();
        var members = words.isEmpty()
                ? Arrays.stream(Family.values())
                        .filter(member -> Errand.isHere(house, member))
                        .toList()
                : List.of(Errand.member(words.getFirst()));
        if (members.isEmpty()) {
            throw new Refused(Exit.UNAVAILABLE, "nobody lives in " + house + " yet");
        }
        return new Ping(errand).run(members);
    }

    private Exit run(List<Family> members) {
        var answers = AtOnce.ask(members, patience.toMillis() + 500, this::ask, member -> silent(member, "it hangs"));
        if (errand.options().json()) {
            errand.out().line(Spelling.of(new Told.Pings(answers)));
        } else {
            answers.forEach(this::say);
        }
        return answers.stream().allMatch(Answer::ok) ? Exit.OK : Exit.UNAVAILABLE;
    }

    private Answer ask(Family member) {
        try (var client = errand.client(member)) {
            var manner = errand.options().manner().within(patience);
            client.ask(new HouseCall.Ping(), manner); // opens the door, and readies this command itself
            var began = System.nanoTime();
            var pinged = client.ask(new HouseCall.Ping(), manner);
            var millis = (System.nanoTime() - began) / 1e6;
            return new Answer(member.word(), true, millis, pinged.pid(), pinged.version(), pinged.uptimeMs(), null);
        } catch (Fault fault) {
            return silent(member, errand.told(member, fault).getMessage());
        } catch (Refused refused) {
            return silent(member, refused.sentence());
        }
    }

    private static Answer silent(Family member, String why) {
        return new Answer(member.word(), false, null, null, null, null, why);
    }

    private void say(Answer answer) {
        var paint = errand.paint();
        if (answer.answeredMs() == null || answer.uptimeMs() == null) {
            var silence = " does not answer";
            var why = Columns.harmless(String.valueOf(answer.wrong()));
            var said = Errand.member(answer.word()).user() + silence; // which most reasons begin with, too
            errand.out()
                    .line(paint.bad(answer.word() + silence)
                            + (why.startsWith(said) ? why.substring(said.length()) : ": " + why));
            return;
        }
        errand.out()
                .line(paint.good(answer.word()) + " answers after " + withOneDigit(answer.answeredMs()) + " ms: hob "
                        + Columns.harmless(String.valueOf(answer.version())) + ", process " + answer.pid() + ", up "
                        + Times.lasting(Duration.ofMillis(answer.uptimeMs())));
    }

    /// By hand: a format looks for how the locale writes its digits, which takes longer than the whole question.
    private static String withOneDigit(double number) {
        var tenths = Math.round(number * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
