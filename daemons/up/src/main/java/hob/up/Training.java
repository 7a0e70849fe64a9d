package hob.up;

import hob.contract.Family;
import hob.daemon.Daemon;
import hob.daemon.Notify;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run of which the ahead-of-time cache is made: every member opens all it has, and answers each of its queries.
final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private Training() {}

    /// What a start does beyond a rehearsal: it reads a file, says that it answers, and tells systemd.
    static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("hob");
        var config = Files.writeString(folder.resolve("config"), "log-level = \"warn\"\n");
        for (var family : Arrays.stream(Family.values()).filter(Member::isThere).toList()) {
            var main = Class.forName(Member.mainOf(family)).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            Daemon.rehearseAmongOthers(() -> call(main, "--rehearse", "--config", config.toString()));
        }
        LOG.warn("all have rehearsed, in {}", folder);
        tellSystemd(folder.resolve("notify"));
        Files.delete(config);
        Files.delete(folder);
        Runtime.getRuntime().halt(0); // they wait for signals, and would never be told
    }

    private static void call(Method main, String... args) {
        try {
            main.invoke(null, (Object) args);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(main.getDeclaringClass().getName() + " could not rehearse", e);
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
