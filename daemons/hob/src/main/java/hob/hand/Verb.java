package hob.hand;

import hob.contract.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What can be done, beside asking a member by its word.
enum Verb {
    STATUS(
            "",
            0,
            "One screen: who is here, since when, how each is, what is wrong, and the command that mends it.",
            Status::run),
    PING("[WORD]", 1, "Ask whether anyone is there: one member, or all of them.", Ping::run),
    CALL(
            "WORD CALL [FIELD=VALUE]...",
            Integer.MAX_VALUE,
            "Ask a member one call; 'hob WORD CALL ...' is the same.",
            Asking::run),
    DESCRIBE("[WORD [CALL]]", 2, "What a member can be asked, or all about one call.", Describing::run),
    METRICS("[WORD]", 1, "What was counted and timed, of all members on one page in Prometheus' format.", Metrics::run),
    LOGS(
            "[WORD]...",
            Family.values().length,
            "What the members say, and what became of them, in the order of time; -f goes on with what is yet to come.",
            Logs::run),
    LOG_LEVEL(
            "WORD LEVEL",
            2,
            "Have a member log more or less until its next start: error, warn, info, debug or trace.",
            LogLevels::run),
    INSTALL_SYSTEMD(
            "",
            0,
            "Put this release into its place under systemd, start it, and ask how it is; what is so already stays.",
            Installing::install),
    UNINSTALL(
            "",
            0,
            "Take Hob away from this machine; settings and what members kept stay, unless --purge.",
            Installing::uninstall),
    REHEARSE(
            "[--cache FILE]",
            0,
            "Try this Hob in a house that is thrown away: every member opens all it has, and answers each of its queries.",
            Rehearse::run),
    COMPLETION(
            "SHELL", 1, "Print what makes the tab key work: 'source <(hob completion bash)', or zsh.", Completion::run),
    HELP("[VERB]", 2, "What can be done, or how.", Help::run);

    private interface Deed {
        Exit run(Errand errand, List<String> words);
    }

    private final String operands;
    private final int wordsMost;
    private final String doc;

    @SuppressWarnings("ImmutableEnumChecker") // a method of ours, without any state
    private final Deed deed;

    Verb(String operands, int wordsMost, String doc, Deed deed) {
        this.operands = operands;
        this.wordsMost = wordsMost;
        this.doc = doc;
        this.deed = deed;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As it is typed.
    String synopsis() {
        return ("hob " + word() + " " + operands).strip();
    }

    String doc() {
        return doc;
    }

    Exit run(Errand errand, List<String> words) {
        return deed.run(errand, words);
    }

    /// @return null for the word of a member
    /// @throws Refused where it is neither
    static @Nullable Verb named(String typed) {
        for (var verb : values()) {
            if (verb.word().equals(Names.kebab(typed))) {
                return verb;
            }
        }
        var known = new ArrayList<>(Arrays.stream(values()).map(Verb::word).toList());
        for (var member : Family.values()) {
            if (member.word().equals(Names.kebab(typed))) {
                return null;
            }
            known.add(member.word());
        }
        var elsewhere = Elsewhere.hint(typed);
        throw Refused.usage(Names.quoted(typed) + " is neither a verb nor a member of the family"
                + (elsewhere.isEmpty() ? Names.suggestion(typed, known) : elsewhere) + " ('hob --help' lists them)");
    }

    /// Whether it listens to an option; most listen to all.
    boolean takes(String option) {
        return switch (option) {
            case "--key" -> this == CALL;
            case "--json" -> this != COMPLETION && this != HELP;
            case "--deadline", "--trace" ->
                this != REHEARSE && !installs() && (this != LOGS || option.equals("--trace"));
            case "--cache" -> this == REHEARSE;
            case "--follow", "--lines", "--since", "--level" -> this == LOGS;
            case "--dry-run", "--user" -> installs();
            case "--prefix" -> this == INSTALL_SYSTEMD;
            case "--purge" -> this == UNINSTALL;
            default -> true;
        };
    }

    /// As they are typed.
    private static String whoTake(String option) {
        return Arrays.stream(values())
                .filter(verb -> verb.takes(option))
                .map(verb -> "'hob " + verb.word() + "'")
                .collect(Collectors.joining(" and "));
    }

    private boolean installs() {
        return this == INSTALL_SYSTEMD || this == UNINSTALL;
    }

    /// @throws Refused where more is said than it listens to
    void check(Line line) {
        if (line.words().size() - 1 > wordsMost) {
            throw Refused.usage(
                    Names.quoted(line.words().get(wordsMost + 1)) + " is one word too many: '" + synopsis() + "'");
        }
        if (line.options().key() != null && !takes("--key")) {
            throw Refused.usage(word() + (installs() ? " asks nobody" : " changes nothing") + ", and takes no --key");
        }
        if (line.options().deadline() != null && !takes("--deadline")) {
            throw Refused.usage(word() + " asks nobody, and takes no --deadline");
        }
        if (line.options().trace() != null && !takes("--trace")) {
            throw Refused.usage(word() + " asks nobody, and takes no --trace");
        }
        if (line.options().cache() != null && !takes("--cache")) {
            throw Refused.usage("--cache is for 'hob rehearse'");
        }
        if (this != LOGS && !line.options().logs().isEmpty()) {
            throw Refused.usage(line.options().logs().first() + " is for 'hob logs'");
        }
        for (var option : line.options().install().given()) {
            if (!takes(option)) {
                throw Refused.usage(option + " is for " + whoTake(option));
            }
        }
        if (line.options().json() && !takes("--json")) {
            throw Refused.usage(word() + " prints text, and has no --json");
        }
    }
}
