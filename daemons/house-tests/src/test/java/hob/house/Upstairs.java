package hob.house;

import hob.contract.Family;
import hob.contract.HouseCall.Ping;
import hob.ipc.Client;
import hob.ipc.House;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/// A copy of the checkout as it is after a build, in which `scripts/up` can be tried. What was started in it ends with
/// it.
final class Upstairs implements AutoCloseable {
    private final ScratchCopy copy;
    private final Path root;
    private final List<Running> started = new ArrayList<>();

    Upstairs(Path folder) throws IOException {
        copy = ScratchCopy.in(folder);
        root = copy.root();
        try (var targets = Files.walk(Checkout.root(), 3)) {
            for (var target : targets.filter(path -> path.endsWith("target")).toList()) {
                copyBuilt(target);
            }
        }
        built();
    }

    private void copyBuilt(Path target) throws IOException {
        var to = root.resolve(Checkout.root().relativize(target));
        Files.createDirectories(to);
        try (var files = Files.list(target)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        if (Files.exists(target.resolve("classpath"))) {
            var there = Files.readString(target.resolve("classpath"));
            Files.writeString(
                    to.resolve("classpath"), there.replace(Checkout.root().toString(), root.toString()));
        }
    }

    /// So that the scripts see nothing to build.
    private void built() throws IOException {
        Files.createDirectories(root.resolve("target"));
        Files.deleteIfExists(root.resolve("target/built"));
        Files.createFile(root.resolve("target/built"));
    }

    Path root() {
        return root;
    }

    Path house() {
        return root.resolve("target/house");
    }

    void change(String file, String from, String to) {
        copy.change(file, from, to);
    }

    /// A member that does nothing but come up and end: where it is not written yet, or in its place.
    void plant(Family member, String status) throws IOException {
        var word = member.word().replace("-", "");
        var folder = Files.createDirectories(root.resolve("daemons/" + member.word() + "/target"));
        Files.createDirectories(root.resolve("daemons/" + member.word() + "/src/main/java"));
        var source = Files.createDirectories(root.resolve("planted")).resolve("Main.java");
        Files.writeString(source, """
                package hob.%s;

                final class Main {
                    static void main(String[] args) throws Exception {
                        if (java.util.List.of(args).contains("--rehearse")) {
                            return;
                        }
                        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
                        hob.daemon.Notify.to(System.getenv("NOTIFY_SOCKET")).ready("%s");
                        Thread.sleep(Long.MAX_VALUE);
                    }
                }
                """.formatted(word, status));
        var classes = Files.createDirectories(root.resolve("planted/classes"));
        var exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        if (exit != 0) {
            throw new IllegalStateException("the planted member does not compile");
        }
        var name = "hob/" + word + "/Main.class";
        try (var jar =
                new JarOutputStream(Files.newOutputStream(folder.resolve(member.word() + "-0.1.0-SNAPSHOT.jar")))) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Files.readAllBytes(classes.resolve(name)));
            jar.closeEntry();
        }
        Files.copy(
                root.resolve("daemons/memory/target/classpath"),
                folder.resolve("classpath"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        built();
    }

    Command run(String... words) {
        return Command.run(root, Map.of("HOB_RUNTIME_DIR", ""), List.of(words));
    }

    Running up() throws IOException {
        return start("scripts/up");
    }

    Running start(String script, String... words) throws IOException {
        var all = new ArrayList<>(List.of(root.resolve(script).toString()));
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().remove("HOB_RUNTIME_DIR");
        var running = new Running(builder.start());
        started.add(running);
        return running;
    }

    /// Asks the house to start a member anew, without a build before it.
    Command again(Family member) throws IOException {
        var words = new ArrayList<>(Files.readAllLines(root.resolve("target/release/java")));
        words.removeLast(); // the cache, which may not be made yet
        words.addAll(List.of("hob.up.Main", "again", house().toString(), member.word()));
        return run(words.toArray(String[]::new));
    }

    /// The process that answers at a member's door.
    long pid(Family member) {
        try (var client = new Client(House.ofOneUser(house()), member)) {
            return client.ask(new Ping()).pid();
        }
    }

    @Override
    public void close() {
        run("scripts/down");
        started.forEach(running -> running.process().destroyForcibly());
    }

    /// `scripts/up` in its terminal, or another that goes on.
    static final class Running {
        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread reader;

        Running(Process process) {
            this.process = process;
            this.reader = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("(its output broke: " + e + ")");
            }
        }

        Process process() {
            return process;
        }

        List<String> lines() {
            return List.copyOf(lines);
        }

        Running awaitLine(String regex) {
            Eventually.await(
                    () -> "it says '" + regex + "'; it said " + lines,
                    () -> lines.stream().anyMatch(line -> line.matches(regex)) || !process.isAlive());
            if (!process.isAlive() && lines.stream().noneMatch(line -> line.matches(regex))) {
                throw new AssertionError("it ended and never said '" + regex + "'; it said " + lines);
            }
            return this;
        }

        Running awaitUp() {
            return awaitLine("up +\\| the house is up, after .*");
        }

        /// The process of a member, as it was told last.
        long pid(Family member) {
            return lines.stream()
                    .map(Pattern.compile("up +\\| " + member.word() + " answers, .* \\(pid (\\d+)\\)")::matcher)
                    .filter(Matcher::matches)
                    .map(told -> Long.parseLong(told.group(1)))
                    .reduce((_, last) -> last)
                    .orElseThrow();
        }

        List<ProcessHandle> below() {
            return process.descendants().toList();
        }

        int end() throws InterruptedException {
            process.toHandle().destroy(); // SIGTERM; that of the process itself would close its streams too
            if (!process.waitFor(Eventually.GUARD.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end; it said " + lines);
            }
            reader.join(Eventually.GUARD);
            return process.exitValue();
        }
    }
}
