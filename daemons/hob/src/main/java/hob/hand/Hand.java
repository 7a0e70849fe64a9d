package hob.hand;

import hob.daemon.Version;
import hob.ipc.Fault;
import hob.ipc.Spelling;
import java.util.List;
import java.util.function.Supplier;

/// One command, from its words to its exit code. Whatever goes wrong ends here, as one sentence.
final class Hand {
    private final Surroundings surroundings;
    private final Out out;

    Hand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = new Out(surroundings.out());
    }

    /// @param words are looked at in here, since they too may be wrong
    Exit run(Supplier<List<String>> words) {
        var json = false;
        try {
            var typed = words.get();
            json = typed.contains("--json"); // also for what is wrong with the line itself
            var exit = run(Line.read(typed));
            out.flush();
            return exit;
        } catch (Refused refused) {
            return tell(refused, json);
        } catch (Fault fault) {
            return tell(new Refused(Exit.of(fault.code()), fault.getMessage()), json);
        } catch (RuntimeException | Error e) {
            var sentence = OwnFiles.missing(e).orElse("hob has a bug, and did not get to its end: " + e);
            return tell(new Refused(Exit.INTERNAL, sentence), json);
        }
    }

    private Exit run(Line line) {
        var errand = new Errand(surroundings, line.options(), out);
        if (line.options().version()) {
            out.line("hob " + Version.text());
            return Exit.OK;
        }
        if (line.words().isEmpty()) {
            return Help.run(errand, List.of());
        }
        var first = line.words().getFirst();
        var rest = line.words().subList(1, line.words().size());
        if (line.options().help()) {
            return Help.run(errand, line.words());
        }
        var verb = Verb.named(first);
        (verb == null ? Verb.CALL : verb).check(line);
        if (verb == null) { // a member's word, as is told who mistypes
            return rest.isEmpty() ? Describing.run(errand, line.words()) : Asking.run(errand, line.words());
        }
        return verb.run(errand, rest);
    }

    /// What was said before stands before it, where both go to one place.
    private Exit tell(Refused refused, boolean json) {
        if (refused.exit() == Exit.PIPE) {
            return Exit.PIPE;
        }
        try {
            out.flush();
        } catch (Refused unheard) {
            if (unheard.exit() == Exit.PIPE) {
                return Exit.PIPE;
            }
        }
        if (refused.exit() == Exit.INTERRUPTED) {
            return Exit.INTERRUPTED;
        }
        var err = new Out(surroundings.err());
        try {
            err.line(json ? Spelling.of(error(refused)) : "hob: " + Columns.harmless(refused.sentence()));
            err.flush();
        } catch (Refused unheard) {
            // the code says it all the same
        }
        return refused.exit();
    }

    private static Told.Error error(Refused refused) {
        return new Told.Error(refused.exit(), refused.exit().code(), refused.sentence(), refused.callKey());
    }
}
