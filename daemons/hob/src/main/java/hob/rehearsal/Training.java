package hob.rehearsal;

import hob.contract.Family;
import hob.daemon.Daemon;
import hob.daemon.Mains;
import hob.daemon.Notify;
import hob.ipc.House;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run in which every member opens all it has, and answers each of its queries, and the `hob` command calls at the
/// door of one. An ahead-of-time cache is made of it, so that it does what a start does beyond a rehearsal, too: it
/// reads a file, says that it answers, and tells systemd.
///
/// It is the main class of a process: members log and hear signals as they do in their own.
final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private static final String COMMAND = "hob.hand.Rehearsal";

    private Training() {}

    /// @param args the file to say in what was done, if anybody wants to know
    static void main(String[] args) throws Exception {
        var told = new Report();
        var exit = 0;
        try {
            play(told);
        } catch (Daemon.NotRehearsed e) {
            told.wrong(e.sentence());
            System.err.println(e.sentence());
            exit = 1;
        }
        if (args.length > 0) {
            told.write(Path.of(args[0]));
        }
        System.out.flush();
        Runtime.getRuntime().halt(exit); // members wait for signals, and would never be told
    }

    private static void play(Report told) throws Exception {
        var folder = Files.createTempDirectory("hob");
        var config = Files.writeString(folder.resolve("config"), "log-level = \"warn\"\n");
        for (var member : Mains.here()) {
            Daemon.rehearseAmongOthers(
                    (house, queries) -> {
                        told.rehearsed(member, queries);
                        callAt(house, member);
                    },
                    () -> run(Mains.of(member), "--rehearse", "--config", config.toString()));
        }
        LOG.warn("all have rehearsed, in {}", folder);
        tellSystemd(folder.resolve("notify"));
        Files.delete(config);
        Files.delete(folder);
    }

    /// Once is enough: the command is the same at every door, and memory's is the one that is always there.
    private static void callAt(House house, Family member) {
        if (member == Family.MEMORY) {
            run(COMMAND, house.toString());
        }
    }

    private static void run(String main, String... args) {
        try {
            var method = Class.forName(main).getDeclaredMethod("main", String[].class);
            method.setAccessible(true);
            method.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(main, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(main + " cannot be started", e);
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
