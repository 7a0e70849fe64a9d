package hob.daemon;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.StreamCall;
import hob.ipc.CallType;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.Fault;
import hob.ipc.House;
import hob.ipc.Sample;
import hob.ipc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/// A whole life in a house that is thrown away: a release can be tried before it is installed, and an ahead-of-time
/// cache sees all that a start and the queries need.
final class Rehearsal {
    /// A stream may never end, and an empty house may have nothing to tell.
    private static final Duration LISTEN_TIME = Duration.ofSeconds(2);

    private static final int ITEMS = 3;

    /// An empty house has not what the examples ask about; that it says so is an answer.
    private static final Set<Fault.Code> ANSWERS =
            EnumSet.of(Fault.Code.INVALID, Fault.Code.NOT_FOUND, Fault.Code.DENIED, Fault.Code.CONFLICT);

    private Rehearsal() {}

    /// A stream that has told enough.
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @FunctionalInterface
    interface Play {
        void in(Place place) throws Exception;
    }

    static void inThrowAwayHouse(Family member, Play play) throws Exception {
        var folder = Files.createTempDirectory("hob");
        try {
            Files.createDirectory(folder.resolve(member.word()));
            play.in(Place.inPrivate(House.ofOneUser(folder), member));
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Asks each query once, through the daemon's own door.
    ///
    /// @return how many there were
    static int askAll(House house, Family member, Server server) throws CannotStart {
        try (var client = new Client(house, member)) {
            for (var query : server.queries()) {
                ask(client, query);
            }
        }
        return server.queries().size();
    }

    private static void ask(Client client, CallType query) throws CannotStart {
        var question = Sample.question(query);
        try {
            if (question instanceof StreamCall<?, ?> stream) {
                listen(client, stream);
            } else {
                client.ask((Call<?>) question);
            }
        } catch (Fault fault) {
            if (!ANSWERS.contains(fault.code())) {
                throw new CannotStart(
                        Exit.SOFTWARE, "'" + query.name() + "' failed: " + fault.code() + " " + fault.getMessage());
            }
        }
    }

    private static void listen(Client client, StreamCall<?, ?> stream) {
        var left = new int[] {ITEMS};
        var until = System.nanoTime() + LISTEN_TIME.toNanos();
        try {
            client.listen(stream, Manner.USUAL.within(LISTEN_TIME), _ -> {
                if (--left[0] == 0) {
                    throw new Enough();
                }
            });
        } catch (Enough enough) {
            // it was a long one
        } catch (Fault fault) {
            if (fault.code() != Fault.Code.UNKNOWN || System.nanoTime() - until < 0) {
                throw fault;
            }
            // it had nothing more to tell in the time, and was left
        }
    }
}
