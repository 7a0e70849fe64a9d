package hob.up;

import hob.contract.Family;
import hob.daemon.Daemon;
import hob.daemon.Notify;
import hob.ipc.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run of which the ahead-of-time cache is made: every member opens all it has, and answers each of its queries,
/// and the `hob` command calls at the door of one.
final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private static final String COMMAND = "hob.hand.Rehearsal";

    private Training() {}

    /// What a start does beyond a rehearsal: it reads a file, says that it answers, and tells systemd.
    static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("hob");
        var config = Files.writeString(folder.resolve("config"), "log-level = \"warn\"\n");
        for (var family : Arrays.stream(Family.values()).filter(Member::isThere).toList()) {
            Daemon.rehearseAmongOthers(
                    house -> callAt(house, family),
                    () -> run(Member.mainOf(family), "--rehearse", "--config", config.toString()));
        }
        LOG.warn("all have rehearsed, in {}", folder);
        tellSystemd(folder.resolve("notify"));
        Files.delete(config);
        Files.delete(folder);
        Runtime.getRuntime().halt(0); // they wait for signals, and would never be told
    }

    /// Once is enough: the command is the same at every door, and memory's is the one that is always there.
    private static void callAt(House house, Family family) {
        if (family == Family.MEMORY && FirstCall.hasCommand()) {
            run(COMMAND, house.toString());
        }
    }

    private static void run(String main, String... args) {
        try {
            var method = Class.forName(main).getDeclaredMethod("main", String[].class);
            method.setAccessible(true);
            method.invoke(null, (Object) args);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(main + " could not rehearse", e);
        }
    }

    private static void tellSystemd(Path socket) throws IOException {
        try (var listener = AFUNIXDatagramChannel.open()) {
            listener.bind(AFUNIXSocketAddress.of(socket));
            try (var notify = Notify.to(socket.toString())) {
                notify.ready("answering");
            }
        } finally {
            Files.delete(socket);
        }
    }
}
