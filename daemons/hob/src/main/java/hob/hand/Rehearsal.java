package hob.hand;

import java.util.List;
import java.util.Map;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/// What people type most, for the training run of the ahead-of-time cache: what is not loaded there comes from the jars
/// each time that somebody types it.
final class Rehearsal {
    private static final List<String> LINES = List.of(
            "ping",
            "ping memory --json",
            "status",
            "status --json",
            "memory",
            "memory blocks",
            "memory blocks --json --deadline 5s",
            "memory set-block name=persona text=hearth why=rehearsal",
            "memory block name=persona --color always",
            "memory block-history name=persona",
            "describe memory block",
            "--help",
            "--version");

    private Rehearsal() {}

    /// @param args the folder of a house in which memory answers, and which is thrown away
    static void main(String[] args) {
        var surroundings = Surroundings.ofThisProcess().with(Map.of(Houses.VARIABLE, args[0]));
        Main.run(surroundings); // nothing typed, since the words of this process are not the command's
        for (var line : LINES) {
            var exit = new Hand(surroundings).run(() -> List.of(line.split(" ")));
            if (exit != Exit.OK) {
                throw new IllegalStateException("'hob " + line + "' ended with " + exit);
            }
        }
        doAsMainDoes();
    }

    /// It logs nowhere, and `System.exit` looks whether somebody wants that logged.
    private static void doAsMainDoes() {
        new NOP_FallbackServiceProvider().getLoggerFactory().getLogger("hob");
        System.getLogger(Runtime.class.getName()).isLoggable(System.Logger.Level.DEBUG);
    }
}
