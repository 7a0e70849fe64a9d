package hob.memory;

import hob.contract.Family;
import hob.daemon.Version;
import java.util.List;

final class Main {
    /// sysexits: the command was used wrongly.
    private static final int EX_USAGE = 64;

    private Main() {}

    static void main(String[] args) {
        if (List.of(args).equals(List.of("--version"))) {
            System.out.println(Family.MEMORY.user() + " " + Version.text());
            return;
        }
        System.err.println("hob-memory knows one argument so far: --version");
        System.exit(EX_USAGE);
    }
}
