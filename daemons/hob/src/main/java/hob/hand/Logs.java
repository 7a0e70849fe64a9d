package hob.hand;

import hob.hand.Told.Logged;
import hob.ipc.Spelling;
import java.util.List;
import java.util.function.Consumer;

/// `hob logs [WORD...]`: what the members say, and what is said of them by those who start them, in the order of time.
final class Logs {
    private Logs() {}

    static Exit run(Errand errand, List<String> words) {
        var wanted = Wanted.of(errand, words);
        var house = errand.house();
        var taker = taker(errand, wanted.follow());
        switch (house.keeper()) {
            case SYSTEMD -> Journal.ofMachine().read(wanted, taker);
            case SYSTEMD_OF_A_USER -> Journal.ofUser().read(wanted, taker);
            case UP -> new KeptLogs(house).read(wanted, taker);
        }
        return Exit.OK;
    }

    private static Consumer<Logged> taker(Errand errand, boolean atOnce) {
        var out = errand.out();
        var page = new LogPage(
                errand.paint(),
                errand.surroundings().columns(),
                errand.surroundings().zone().get());
        return line -> {
            if (errand.options().json()) {
                out.line(Spelling.of(line));
            } else {
                page.lines(line).forEach(out::line);
            }
            if (atOnce) {
                out.flush();
            }
        };
    }
}
