package hob.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What `scripts/up` and `scripts/dev again` run: `up HOUSE RELEASE [--colours] [--detach]` or `again HOUSE WORD`.
/// The scripts build, and hold the lock of the house.
final class Main {
    private Main() {}

    static void main(String[] args) throws Exception {
        var house = Path.of(args[1]);
        var exit = args[0].equals("again")
                ? Again.ask(house, args[2])
                : up(house, Path.of(args[2]), List.of(args).subList(3, args.length));
        System.out.flush();
        // A JVM that a signal ends would exit with 128 and more, however well it went.
        Runtime.getRuntime().halt(exit);
    }

    private static int up(Path house, Path releases, List<String> options) throws Exception {
        var signalled = listen();
        try (var console = new Console(house.resolve("log"), options.contains("--colours"))) {
            var isDetached = options.contains("--detach");
            var household =
                    new Household(house, releases, console, notUp -> whenStarted(isDetached, notUp, house, console));
            household.start();
            signalled.await();
            console.say("ending: all are drained, the last one first");
            household.end();
        }
        return 0;
    }

    /// Those who wait for a start in the background are told who is missing by a file, and are let go then.
    private static void whenStarted(boolean isDetached, String notUp, Path house, Console console) throws IOException {
        if (!isDetached) {
            console.say("it stays in this terminal until Ctrl-C; ask it from a second one");
            return;
        }
        try {
            Files.writeString(house.resolve("up/missing"), notUp);
        } finally {
            console.detach();
        }
    }

    /// SIGINT, SIGTERM, or SIGHUP when the terminal is closed.
    private static CountDownLatch listen() {
        var signalled = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("signal").unstarted(() -> {
            signalled.countDown();
            awaitTheEnd();
        }));
        return signalled;
    }

    /// The main thread ends the process when all are drained.
    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
