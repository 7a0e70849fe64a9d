package hob.ipc;

import hob.contract.Family;
import hob.testing.Command;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Processes of other users. The machine need not have these: each process sees user databases of the test's own, in a
/// mount namespace that ends with it. Needs root.
final class OtherUsers implements AutoCloseable {
    /// Beyond those of people and below `nobody`.
    private static final int FIRST_UID = 64901;

    private static final int HOB_GID = 64900;

    /// In `$0` the folder, then the home of this JDK, and the program: all may be where only root can look.
    private static final String INSIDE = """
            mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/group" /etc/group || exit 70
            mount --bind "$1" "$0/jdk" || exit 70
            shift
            exec "$@"
            """;

    private final Map<String, Integer> uids = new LinkedHashMap<>();
    private final Path folder;
    private final String classPath;
    private final List<Process> started = new ArrayList<>();

    OtherUsers() {
        var uid = FIRST_UID;
        for (var member : Family.values()) {
            uids.put(member.user(), uid++);
        }
        for (var other : List.of("hob-chore", "alice", "stranger")) {
            uids.put(other, uid++);
        }
        try {
            folder = Files.createTempDirectory("hob");
            openForAll(folder);
            openForAll(Files.createDirectory(folder.resolve("jdk")));
            classPath = copyClassPath();
            Files.writeString(folder.resolve("passwd"), passwd());
            Files.writeString(folder.resolve("group"), group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Why it cannot be done here; empty when it can.
    static String hindrance() {
        if (Users.ownUid() != 0) {
            return "processes under other uids are root's to start: run the tests as root";
        }
        if (!Command.exists("setpriv") || !Command.exists("unshare")) {
            return "setpriv and unshare are missing: 'apt install util-linux'";
        }
        var mounting = Command.run(
                Path.of("/"), "unshare", "--mount", "--propagation", "private", "mount", "--bind", "/etc", "/etc");
        return mounting.exit() == 0 ? "" : "root may not mount here, as in a container without CAP_SYS_ADMIN";
    }

    private String passwd() {
        return "root:x:0:0::/root:/bin/sh\n"
                + uids.entrySet().stream()
                        .map(user -> user.getKey() + ":x:" + user.getValue() + ":" + user.getValue() + "::/:/bin/sh\n")
                        .collect(Collectors.joining());
    }

    /// As on a real machine, the members are in the group `hob` too: it is what lets them come as far as the doors.
    private String group() {
        var people = uids.keySet().stream().filter(user -> !user.equals("stranger"));
        return "root:x:0:\nhob:x:" + HOB_GID + ":" + people.collect(Collectors.joining(",")) + "\n";
    }

    private String copyClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var from = Path.of(entry);
            if (Files.exists(from) && !from.getFileName().toString().startsWith("sqlite")) { // large, and not asked for
                var to = folder.resolve("classes" + copies.size());
                copy(from, to);
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copied = to.resolve(from.relativize(file).toString());
                Files.copy(file, copied);
                openForAll(copied);
            }
        }
    }

    private static void openForAll(Path path) throws IOException {
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
    }

    int uid(String user) {
        return user.equals("root") ? 0 : Objects.requireNonNull(uids.get(user), user);
    }

    Path doors() {
        return folder;
    }

    /// The folder of a door: this user's, and all others get through by its mode.
    void makeDoorFolder(Family member, String user) throws IOException {
        var made = Files.createDirectory(folder.resolve(member.word()));
        openForAll(made);
        Files.setAttribute(made, "unix:uid", uid(user));
    }

    /// Every step becomes the next, so that the process is the user's own and its id is known from the start.
    Process start(String user, Class<?> main, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        words.addAll(List.of("/bin/sh", "-c", INSIDE, folder.toString(), System.getProperty("java.home")));
        words.addAll(List.of("setpriv", "--reuid=" + uid(user), "--regid=" + uid(user), "--init-groups"));
        words.addAll(List.of(folder + "/jdk/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        words.addAll(List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        words.addAll(List.of(main.getName(), folder.toString()));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    @Override
    public void close() throws IOException {
        started.forEach(process -> process.destroyForcibly().onExit().join()); // or their files come while these go
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
