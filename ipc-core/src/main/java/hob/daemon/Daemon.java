package hob.daemon;

import hob.contract.Family;
import hob.contract.HouseCall.Part;
import hob.ipc.Door;
import hob.ipc.Handlers;
import hob.ipc.House;
import hob.ipc.Limits;
import hob.ipc.Meters;
import hob.ipc.Server;
import hob.ipc.Upkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of every daemon, written once, to be read downward: read the config, open the state, make the door, tell
/// systemd, serve, and on a signal drain and close in reverse order.
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /// How long calls that were begun may take to end. systemd waits 90 s before it kills.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Path INSTALLED = Path.of("/run/hob");

    // sysexits
    private static final int EX_OK = 0;
    private static final int EX_USAGE = 64;
    private static final int EX_SOFTWARE = 70;
    private static final int EX_OSERR = 71;
    private static final int EX_CONFIG = 78;

    private Daemon() {}

    /// What differs between daemons: how it opens its parts and answers its calls.
    @FunctionalInterface
    public interface Body<C extends Record> {
        Handlers<?> open(C config, Life life) throws Exception;
    }

    /// From `main` to the end of the process.
    public static <C extends Record> void run(Family member, Class<C> configType, String[] args, Body<C> body) {
        var signalled = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("signal").unstarted(() -> {
            signalled.countDown();
            awaitTheEnd();
        }));
        var exit = live(member, configType, args, body, signalled);
        // A JVM that a signal ends would exit with 128 and more, whatever went well: so it is halted here.
        System.out.flush();
        Runtime.getRuntime().halt(exit);
    }

    private static <C extends Record> int live(
            Family member, Class<C> configType, String[] args, Body<C> body, CountDownLatch signalled) {
        Log.open(member.user());
        Arguments arguments;
        try {
            arguments = Arguments.read(member, args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return EX_USAGE;
        }
        try {
            switch (arguments.task()) {
                case VERSION -> System.out.println(member.user() + " " + Version.text());
                case CHECK -> {
                    Config.read(configType, arguments.config());
                    System.out.println(arguments.config() + ": good");
                }
                case SERVE -> serve(member, Config.read(configType, arguments.config()), body, signalled);
            }
            return EX_OK;
        } catch (Config.Wrong e) {
            e.getMessage().lines().forEach(System.err::println);
            return EX_CONFIG;
        } catch (IOException e) {
            LOG.error("cannot start: {}", e.getMessage());
            return EX_OSERR;
        } catch (Exception e) {
            LOG.error("cannot go on", e);
            return EX_SOFTWARE;
        }
    }

    private static <C extends Record> void serve(Family member, C config, Body<C> body, CountDownLatch signalled)
            throws Exception {
        LOG.debug("config: {}", Config.effective(config));
        var house = house(System.getenv("HOB_RUNTIME_DIR"));
        try (var life = new Life(house, StateFolder.of(house, member))) {
            var notify = life.keep(Notify.to(System.getenv("NOTIFY_SOCKET")));
            var handlers = body.open(config, life);
            var door = Door.make(house, member);
            var upkeep = new Upkeep(Version.text(), () -> List.of(health(door, house, member)), Log::level);
            var server = life.keep(Server.open(house, member, door, handlers, upkeep, Limits.DEFAULT, new Meters()));
            LOG.info("answering at {}", house.door(member));
            notify.ready("answering");
            signalled.await();
            LOG.info("ending: what was begun is finished");
            notify.stopping();
            server.drain(GRACE);
        }
    }

    private static Part health(Door door, House house, Family member) {
        return door.isInPlace()
                ? Part.well("door")
                : Part.ill(
                        "door",
                        house.door(member) + " is gone or another's, so that nobody new finds it",
                        house.oneUser() ? "scripts/dev run " + member.word() : "systemctl restart " + member.unit());
    }

    /// The installed house, where each member has a user of its own; or a private one, as `scripts/up` makes it.
    private static House house(@Nullable String privateFolder) {
        return privateFolder == null ? House.ofMembers(INSTALLED) : House.ofOneUser(Path.of(privateFolder));
    }

    /// A shutdown hook that returned would let the JVM end before the daemon has.
    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
