package hob.house;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import hob.contract.Family;
import hob.contract.MemoryBlocks.BlockHistory;
import hob.contract.MemoryBlocks.Revision;
import hob.ipc.Client;
import hob.ipc.House;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// A program in the box: callers of memory, each with a client of its own and no pause between calls. It does what the
/// lines say that it reads, and says on lines what became of it.
///
/// - `more N`: says `more` when each caller has come to the end of N more calls;
/// - `keyed`: no change is asked without a key from now on; says `keyed` when none is on its way;
/// - `end`: no call more; memory is asked what was done; says the figures, and `end`.
final class CallersMain {
    private static final House HOUSE = house(System.getenv("HOB_RUNTIME_DIR"));

    private final AtomicInteger refused = new AtomicInteger();
    private final List<Calling> callers;

    private CallersMain(int callers, boolean patient) {
        this.callers = IntStream.range(0, callers)
                .mapToObj(number -> new Calling(HOUSE, number, patient))
                .toList();
    }

    private static House house(@Nullable String named) {
        return named == null ? House.ofMembers(Path.of("/run/hob")) : House.ofOneUser(Path.of(named));
    }

    /// @param words how many callers; and whether they are `patient` or `impatient` with a door that nobody opens
    static void main(String[] words) throws Exception {
        var all = new CallersMain(Integer.parseInt(words[0]), words[1].equals("patient"));
        all.countRefusals();
        all.callers.forEach(Thread::start);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                all.obey(line);
            }
        }
        Runtime.getRuntime().halt(0); // whoever planted them is gone
    }

    /// The client asks again at a door that nobody opens, and only its log says so.
    private void countRefusals() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getMessage().startsWith("nobody opens")) {
                    refused.incrementAndGet();
                }
            }
        };
        appender.setContext(context);
        appender.start();
        var log = context.getLogger("hob.ipc.Link");
        log.setLevel(Level.DEBUG);
        log.addAppender(appender);
    }

    private void obey(String line) throws Exception {
        switch (line.split(" ", 2)[0]) {
            case "more" -> more(Integer.parseInt(line.split(" ", 2)[1]));
            case "keyed" -> {
                callers.forEach(Calling::useKeysOnly);
                more(1);
            }
            case "end" -> end();
            default -> throw new IOException("what is '" + line + "'?");
        }
        System.out.println(line.split(" ", 2)[0]);
    }

    private void more(int calls) throws InterruptedException {
        var until = callers.stream().map(caller -> caller.calls() + calls).toList();
        for (int i = 0; i < callers.size(); i++) {
            callers.get(i).awaitCalls(until.get(i));
        }
    }

    private void end() throws InterruptedException {
        callers.forEach(Calling::end);
        for (var caller : callers) {
            caller.join();
        }
        try (var client = new Client(HOUSE, Family.MEMORY)) {
            callers.forEach(caller -> caller.askAgain(client));
            for (var caller : callers) {
                caller.checkDoneOnce(done(client, caller.block()));
            }
        }
        figure("callers", callers.size());
        figure("refused", refused.get());
        figure(
                "longest",
                callers.stream()
                        .map(Calling::longest)
                        .max(Duration::compareTo)
                        .orElseThrow()
                        .toMillis());
        for (var count : Calling.Count.values()) {
            figure(
                    count.name().toLowerCase(java.util.Locale.ROOT),
                    callers.stream().mapToLong(caller -> caller.count(count)).sum());
        }
        callers.forEach(caller -> caller.waits().forEach(System.out::println));
        callers.forEach(
                caller -> caller.complaints().forEach(complaint -> System.out.println("complaint " + complaint)));
    }

    /// How often each change of a block is in its history, which says of each why it was made: because of its key.
    private static Map<String, Integer> done(Client client, String block) {
        var done = new HashMap<String, Integer>();
        Long before = null;
        while (true) {
            var page = client.ask(new BlockHistory(block, before, 200), Calling.PATIENTLY);
            page.revisions().forEach(revision -> done.merge(String.valueOf(revision.why()), 1, Integer::sum));
            if (!page.older()) {
                return done;
            }
            before = page.revisions().stream().mapToLong(Revision::number).min().orElseThrow();
        }
    }

    private static void figure(String name, long value) {
        System.out.println("figure " + name + " " + value);
    }
}
