package hob.hand;

import java.util.List;

/// `hob completion bash|zsh`.
final class Completion {
    private Completion() {}

    static Exit run(Errand errand, List<String> words) {
        var shell = words.isEmpty() ? "" : words.getFirst();
        switch (shell) {
            case "bash" -> errand.out().text(new BashCompletion(errand).script());
            case "zsh" -> errand.out().text(new ZshCompletion(errand).script());
            case "" -> throw Refused.usage("completion wants a shell: bash or zsh");
            default -> throw Refused.usage("completion knows bash and zsh, and not " + Names.quoted(shell));
        }
        return Exit.OK;
    }
}
