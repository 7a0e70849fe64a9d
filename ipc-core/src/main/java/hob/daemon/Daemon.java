package hob.daemon;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Part;
import hob.ipc.Handlers;
import hob.ipc.House;
import hob.ipc.Limits;
import hob.ipc.Meters;
import hob.ipc.Server;
import hob.ipc.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of every daemon, written once, to be read downward: read the config, open the state, take the door back or
/// make it, tell systemd, serve, and on a signal drain and close in reverse order.
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /// How long calls that were begun may take to end. systemd waits 90 s before it kills.
    private static final Duration GRACE = Duration.ofSeconds(10);

    /// Bound where several rehearse in one process, which goes on afterwards: who calls at the door of each.
    private static final ScopedValue<Visitor> AMONG_OTHERS = ScopedValue.newInstance();

    private static final Map<String, String> ENVIRONMENT = System.getenv();
    private static final long PID = ProcessHandle.current().pid();

    private Daemon() {}

    /// What differs between daemons: how it opens its parts and answers its calls.
    @FunctionalInterface
    public interface Body<C> {
        Handlers<?> open(C config, Life life) throws Exception;
    }

    /// What else is done while a daemon answers in a house that is thrown away.
    @FunctionalInterface
    public interface Visitor {
        /// When it has answered all its queries.
        ///
        /// @param queries how many there were
        void visit(House house, int queries);
    }

    /// A daemon that could not do in a house of its own what it does every day.
    public static final class NotRehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotRehearsed(Family member, String why, Throwable cause) {
            super(member.word() + " cannot rehearse: " + why, cause);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// Who lives, and as what.
    private record Self<C extends Record & Configured>(Family member, Class<C> configType, Body<C> body) {}

    /// From `main` to the end of the process.
    public static <C extends Record & Configured> void run(
            Family member, Class<C> configType, String[] args, Body<C> body) {
        Log.open(member.user());
        var signalled = Signalled.listen();
        var lastWords = LastWords.prepare(member.user());
        var self = new Self<>(member, configType, body);
        if (AMONG_OTHERS.isBound()) {
            goAmongOthers(self, args, signalled, lastWords);
            return;
        }
        var exit = live(self, args, signalled, lastWords);
        // A JVM that a signal ends would exit with 128 and more, whatever went well: so it is halted here.
        System.out.flush();
        Runtime.getRuntime().halt(exit.code());
    }

    /// For the rehearsal of a whole release in one process, which goes on afterwards.
    ///
    /// @param main a daemon's own, with `--rehearse`
    /// @throws NotRehearsed where it could not
    public static void rehearseAmongOthers(Visitor visitor, Runnable main) {
        ScopedValue.where(AMONG_OTHERS, visitor).run(main);
    }

    private static void goAmongOthers(Self<?> self, String[] args, Signalled signalled, LastWords lastWords) {
        try {
            go(self, Arguments.read(self.member(), args), signalled, lastWords);
        } catch (Arguments.Wrong | Config.Wrong | CannotStart e) {
            throw new NotRehearsed(self.member(), String.valueOf(e.getMessage()), e);
        } catch (Exception | LinkageError e) {
            throw new NotRehearsed(self.member(), e.toString(), e);
        }
    }

    private static <C extends Record & Configured> Exit live(
            Self<C> self, String[] args, Signalled signalled, LastWords lastWords) {
        try {
            go(self, Arguments.read(self.member(), args), signalled, lastWords);
            return Exit.OK;
        } catch (Arguments.Wrong e) {
            Log.printWrong(String.valueOf(e.getMessage()));
            return Exit.USAGE;
        } catch (Config.Wrong e) {
            Log.printWrong(e.getMessage());
            leaveWord(e.getMessage().replace("\n", "; "));
            return Exit.CONFIG;
        } catch (CannotStart e) {
            LOG.error("cannot start: {}", e.getMessage());
            leaveWord("cannot start: " + e.getMessage());
            return e.exit();
        } catch (Exception e) {
            LOG.error("cannot go on", e);
            leaveWord("cannot go on: " + e);
            return Exit.SOFTWARE;
        }
    }

    private static <C extends Record & Configured> void go(
            Self<C> self, Arguments arguments, Signalled signalled, LastWords lastWords) throws Exception {
        switch (arguments.task()) {
            case VERSION -> System.out.println(self.member().user() + " " + Version.text());
            case CHECK -> check(self, arguments);
            case REHEARSE -> rehearse(self, arguments);
            case SERVE -> serve(self, arguments, signalled, lastWords);
        }
    }

    /// With systemd, which shows it to people as long as the daemon is not there.
    private static void leaveWord(String why) {
        try (var notify = Notify.to(ENVIRONMENT.get("NOTIFY_SOCKET"))) {
            notify.status(why);
        } catch (IOException e) {
            LOG.debug("systemd was not told why: {}", e.getMessage()); // the journal was
        }
    }

    private static void check(Self<?> self, Arguments arguments) throws Config.Wrong {
        arguments.read(self.configType());
        System.out.println(arguments.config() + ": good");
    }

    private static <C extends Record & Configured> void serve(
            Self<C> self, Arguments arguments, Signalled signalled, LastWords lastWords) throws Exception {
        var hangups = Hangups.listen();
        var config = arguments.read(self.configType());
        Log.level(config.logLevel());
        LOG.debug("config: {}", Config.effective(config));
        var kept = Inherited.take(Doorway.NAME, ENVIRONMENT, PID);
        var place = Place.of(self.member(), ENVIRONMENT);
        try (var notify = systemd();
                var life = new Life(place.house(), place.state())) {
            lastWords.tell(notify);
            var reload = life.keep("", new Reload<>(self.configType(), arguments, config, life, notify, place));
            if (isOpen(self, config, life, notify, kept, signalled)) {
                reload.await(hangups);
                LOG.info("answering at {}", place.house().door(self.member()));
                notify.ready("answering");
                signalled.await();
                LOG.info("ending: what was begun is finished");
            }
            notify.stopping();
        }
    }

    /// False where it was told to end meanwhile, which is no failure.
    private static <C extends Record & Configured> boolean isOpen(
            Self<C> self, C config, Life life, Notify notify, OptionalInt kept, Signalled signalled) throws Exception {
        try {
            signalled.whileStarting(() -> open(self, config, life, notify, kept, Log::level));
        } catch (Exception e) {
            if (!signalled.isHeard()) {
                throw e;
            }
            LOG.info("its start was broken off: {}", e.toString());
        }
        if (signalled.isHeard()) {
            LOG.info("ending: it was told to before it was ready");
        }
        return !signalled.isHeard();
    }

    private static Notify systemd() throws CannotStart {
        try {
            return Notify.to(ENVIRONMENT.get("NOTIFY_SOCKET"));
        } catch (IOException e) {
            throw CannotStart.system(e);
        }
    }

    /// Everything up to the moment in which it can say that it answers.
    private static <C extends Record & Configured> Server open(
            Self<C> self, C config, Life life, Notify notify, OptionalInt kept, Consumer<LogLevel> logLevel)
            throws Exception {
        var handlers = openParts(self, config, life);
        var doorway = new Doorway(life.house(), self.member(), notify);
        var cache = new StartCache(
                System.getProperty(StartCache.PROPERTY), life.house().restartCommand(self.member()));
        var upkeep = new Upkeep(Version.text(), () -> health(life, doorway, cache), logLevel);
        var server = openDoor(self.member(), life, doorway, kept, handlers, upkeep);
        life.keep(new Caretaker(server, life, doorway, notify, ENVIRONMENT, PID))
                .start();
        return server;
    }

    private static <C extends Record & Configured> Handlers<?> openParts(Self<C> self, C config, Life life)
            throws Exception {
        try {
            return self.body().open(config, life);
        } catch (IOException e) {
            throw CannotStart.part(e);
        } catch (UncheckedIOException e) {
            throw CannotStart.part(e);
        }
    }

    private static Server openDoor(
            Family member, Life life, Doorway doorway, OptionalInt kept, Handlers<?> handlers, Upkeep upkeep)
            throws CannotStart {
        try {
            var door = doorway.open(kept);
            var server = Server.open(life.house(), member, door, handlers, upkeep, Limits.DEFAULT, new Meters());
            return life.keep("the door", new Drained(server)).server();
        } catch (IOException e) {
            throw CannotStart.system(e);
        }
    }

    /// A server whose callers get their answers before it is closed.
    private record Drained(Server server) implements AutoCloseable {
        @Override
        public void close() {
            server.drain(GRACE);
        }
    }

    private static List<Part> health(Life life, Doorway doorway, StartCache cache) {
        var parts = new ArrayList<Part>();
        life.parts().forEach(part -> parts.add(part.health()));
        parts.add(doorway.health());
        parts.add(cache.health());
        return parts;
    }

    private static <C extends Record & Configured> void rehearse(Self<C> self, Arguments arguments) throws Exception {
        Log.level(LogLevel.WARN);
        var config = arguments.read(self.configType());
        Rehearsal.inThrowAwayHouse(self.member(), place -> {
            try (var life = new Life(place.house(), place.state())) {
                var server = open(self, config, life, Notify.NOBODY, OptionalInt.empty(), _ -> {}); // it stays quiet
                var asked = Rehearsal.askAll(place.house(), self.member(), server);
                if (AMONG_OTHERS.isBound()) {
                    AMONG_OTHERS.get().visit(place.house(), asked);
                } else {
                    System.out.println("rehearsed: " + asked + " queries");
                }
            }
        });
    }
}
