package hob.house;

import hob.testing.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Callers of memory in a box, as the user of a member that may ask it.
final class Callers implements AutoCloseable {
    private static final String ENDED = "(it ended)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /// From when to when a call waited, in microseconds of the machine's own clock.
    record Wait(long from, long to) {
        boolean isAt(long moment) {
            return from <= moment && moment <= to;
        }
    }

    /// What became of all calls.
    ///
    /// @param figures by name: those of `CallersMain`
    record Result(Map<String, Long> figures, List<Wait> waits, List<String> complaints) {
        long figure(String name) {
            var value = figures.get(name);
            if (value == null) {
                throw new AssertionError("there is no figure '" + name + "' among " + figures);
            }
            return value;
        }
    }

    private Callers(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(() -> {
            process.inputReader().lines().forEach(lines::add);
            lines.add(ENDED);
        });
    }

    static Callers patient(Installed installed, int count) throws IOException {
        return start(installed, count, "patient");
    }

    /// They try once at a door that nobody opens.
    static Callers impatient(Installed installed, int count) throws IOException {
        return start(installed, count, "impatient");
    }

    private static Callers start(Installed installed, int count, String patience) throws IOException {
        installed.box().said("""
                printf 'u hob-agent -\\nm hob-agent hob\\n' >/usr/local/lib/sysusers.d/hob-agent.conf
                systemd-sysusers
                """);
        var as = List.of("setpriv", "--reuid=hob-agent", "--regid=hob-agent", "--init-groups");
        return start(installed.box(), as, count, patience);
    }

    /// @param as what lets a program run as who may ask, in which house
    static Callers patient(Box box, List<String> as, int count) throws IOException {
        return start(box, as, count, "patient");
    }

    private static Callers start(Box box, List<String> as, int count, String patience) throws IOException {
        var words = new ArrayList<>(as);
        words.addAll(List.of(
                "/opt/hob/current/runtime/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.library.path=/opt/hob/current/native",
                "-cp",
                Installed.TESTS,
                CallersMain.class.getName(),
                Integer.toString(count),
                patience));
        return new Callers(new ProcessBuilder(box.words(words.toArray(String[]::new)))
                .redirectErrorStream(true)
                .start());
    }

    /// Until each of them has come to the end of so many more calls, well or not.
    Callers awaitMore(int calls) throws Exception {
        order("more " + calls);
        return this;
    }

    /// They change nothing without a key from now on.
    Callers useKeysOnly() throws Exception {
        order("keyed");
        return this;
    }

    Result end() throws Exception {
        var figures = new HashMap<String, Long>();
        var waits = new ArrayList<Wait>();
        var complaints = new ArrayList<String>();
        for (var line : order("end")) {
            var words = line.split(" ", 3);
            switch (words[0]) {
                case "figure" -> figures.put(words[1], Long.parseLong(words[2]));
                case "wait" -> waits.add(new Wait(Long.parseLong(words[1]), Long.parseLong(words[2])));
                default -> complaints.add(line);
            }
        }
        return new Result(figures, waits, complaints);
    }

    /// What they say until it is done.
    private List<String> order(String order) throws Exception {
        process.outputWriter().write(order + "\n");
        process.outputWriter().flush();
        var said = new ArrayList<String>();
        for (var line = lines.take(); !line.equals(order.split(" ", 2)[0]); line = lines.take()) {
            if (line.equals(ENDED)) {
                throw new AssertionError("the callers are gone, and said " + said);
            }
            said.add(line);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close(); // which they take for the end
    }
}
