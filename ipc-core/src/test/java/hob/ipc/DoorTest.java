package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.contract.HouseCall.Ping;
import hob.testing.Bench;
import hob.testing.Command;
import hob.testing.Figures;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import hob.testing.Workshop.Echo;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/// A door has its rights and its porter from the first moment on, and takes away nothing but itself.
@Tag("wire")
@Timeout(30)
class DoorTest {
    private final TempHouse house = new TempHouse();
    private final Path path = house.door(Family.MEMORY);

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    @Test
    void longestPathOfTheKernelIsServedAndOneByteMoreIsAClearError() throws Exception {
        var longest = deepHouse(107);
        var door = Door.make(longest, Family.MEMORY);
        knock(longest.door(Family.MEMORY)).close();
        Objects.requireNonNull(door.accept()).close();
        shut(door);

        var longer = deepHouse(108);
        assertThatThrownBy(() -> Door.make(longer, Family.MEMORY))
                .isInstanceOf(IOException.class)
                .hasMessage("the path of a door can have 107 bytes, and this has 108: " + longer.door(Family.MEMORY));
    }

    @Test
    void folderThatIsMissingIsAClearErrorAndLeaksNothing() throws Exception {
        var before = descriptors();
        var nowhere = House.ofOneUser(house.house().folder().resolve("nowhere"));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Door.make(nowhere, Family.MEMORY))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot make the door " + nowhere.door(Family.MEMORY));
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 2); // what the library itself opened at its first use
    }

    @Test
    void whoSeesTheDoorFindsItOpenForAllAndSomeoneBehindIt() throws Exception {
        var making = new AtomicBoolean(true);
        var first = Door.make(house.house(), Family.MEMORY);
        try (var looker = Executors.newSingleThreadExecutor()) {
            var seen = looker.submit(() -> {
                var looks = 0;
                for (; making.get(); looks++) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo("rw-rw-rw-");
                    knock(path).close();
                }
                return looks;
            });
            var doors = new ArrayList<>(List.of(first));
            for (int i = 0; i < Figures.size(200, 2000) && !seen.isDone(); i++) {
                doors.add(Door.make(house.house(), Family.MEMORY));
                if (doors.size() > 3) {
                    shut(doors.removeFirst()); // an old one: whoever met it knocked already
                }
            }
            making.set(false);
            Figures.note("door.looks-while-made", seen.get(), "looks");
            for (var door : doors) {
                shut(door);
            }
        }
    }

    @Test
    void endOfTheOldDaemonLeavesTheDoorOfTheNew() throws Exception {
        var bench = house.keep(new Bench(path.resolveSibling("book.db")));
        var old = house.serve(Family.MEMORY, bench.handlers());
        house.serve(Family.MEMORY, bench.handlers());
        old.close();

        assertThat(path).exists();
        assertThat(house.client(Family.MEMORY).ask(new Ping()).name()).isEqualTo("memory");
    }

    @Test
    void endOfADaemonTakesItsOwnDoorAway() throws Exception {
        var bench = house.keep(new Bench(path.resolveSibling("book.db")));
        var server = house.serve(Family.MEMORY, bench.handlers());
        assertThat(path).exists();
        server.close();
        assertThat(path).doesNotExist();
        server.close(); // twice is once
    }

    @Test
    void doorServesOnUnderWhateverNameItsFileIsGiven() throws Exception {
        var door = Door.make(house.house(), Family.MEMORY);
        for (var name : List.of("elsewhere", "sock.old", "new")) {
            var renamed = path.resolveSibling(name);
            Files.deleteIfExists(renamed);
            Files.move(path, renamed);
            knock(renamed).close();
            Objects.requireNonNull(door.accept()).close();
            Files.move(renamed, path);
        }
        shut(door);
    }

    @Test
    void callersInTheQueueAreLetInInTheirOrder() throws Exception {
        var door = Door.make(house.house(), Family.MEMORY);
        var callers = new ArrayList<AFUNIXSocketChannel>();
        for (int i = 0; i < 100; i++) {
            var caller = knock(path);
            caller.write(ByteBuffer.wrap(new byte[] {(byte) i}));
            callers.add(caller);
        }
        for (int i = 0; i < 100; i++) {
            try (var accepted = Objects.requireNonNull(door.accept())) {
                var said = ByteBuffer.allocate(1);
                accepted.read(said);
                assertThat(said.get(0)).isEqualTo((byte) i);
            }
        }
        for (var caller : callers) {
            caller.close();
        }
        shut(door);
    }

    @Test
    void bellWakesThePorter() throws Exception {
        var door = Door.make(house.house(), Family.MEMORY);
        var waits = new CountDownLatch(1);
        try (var porter = Executors.newSingleThreadExecutor()) {
            var woken = porter.submit(() -> {
                waits.countDown();
                return String.valueOf(door.accept());
            });
            assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
            door.close();
            assertThat(woken.get(30, TimeUnit.SECONDS)).isEqualTo("null");
        }
        door.letGo();
    }

    /// The number of a closed descriptor goes to the next who opens something; it must hear no bell.
    @Test
    void bellThatIsGoneWritesIntoNobodysFile() throws Exception {
        var bell = new Kernel.Bell();
        bell.close();
        var files = new ArrayList<Path>();
        var open = new ArrayList<AutoCloseable>();
        for (int i = 0; i < 10; i++) {
            var file = Files.createTempFile(path.getParent(), "other", "");
            files.add(file);
            open.add(Files.newOutputStream(file));
        }
        bell.ring();
        bell.close();
        for (int i = 0; i < files.size(); i++) {
            open.get(i).close();
            assertThat(files.get(i)).isEmptyFile();
        }
    }

    @Test
    void doorThatIsClosedTwiceOrLateIsQuiet() throws Exception {
        var door = Door.make(house.house(), Family.MEMORY);
        door.close();
        door.letGo();
        door.close();
        door.letGo();
        assertThat(path).doesNotExist();
    }

    @Test
    void porterOutlivesALackOfDescriptors() throws Exception {
        assumeTrue(Command.exists("prlimit"), "prlimit is missing: 'apt install util-linux'");
        var server = new ProcessBuilder(serverWithFewDescriptors())
                .redirectErrorStream(true)
                .start();
        try (var client = house.client(Family.MEMORY)) {
            assertThat(server.inputReader().readLine()).isEqualTo("ready");
            client.ask(new Ping());
            var crowd = new ArrayList<AFUNIXSocketChannel>();
            for (int i = 0; i < 200; i++) {
                crowd.add(knock(path));
            }
            assertThat(server.inputReader().readLine()).contains("cannot let in who knocks at " + path);
            for (var caller : crowd) {
                caller.close();
            }
            try (var next = new Client(house.house(), Family.MEMORY)) {
                assertThat(next.ask(new Ping()).name()).isEqualTo("memory");
            }
        } finally {
            server.destroyForcibly().onExit().join();
            Files.deleteIfExists(path);
        }
    }

    private List<String> serverWithFewDescriptors() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = new ArrayList<>(List.of("prlimit", "--nofile=80:80", java, "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(List.of("-cp", classPathOfJars(), ServeMain.class.getName()));
        words.addAll(List.of(house.house().folder().toString(), "MEMORY:alone"));
        return words;
    }

    /// As it is installed: jars stay open, while from a folder each class needs a descriptor when it is loaded.
    private String classPathOfJars() {
        var jar = ToolProvider.findFirst("jar").orElseThrow();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> {
                    if (!Files.isDirectory(Path.of(entry))) {
                        return entry;
                    }
                    var file = house.house().folder().resolve(Integer.toHexString(entry.hashCode()) + ".jar");
                    jar.run(System.out, System.err, "-c", "-0", "-f", file.toString(), "-C", entry, ".");
                    return file.toString();
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void serversAndClientsGiveAllTheirDescriptorsBack() throws Exception {
        var bench = house.keep(new Bench(path.resolveSibling("book.db")));
        openAndClose(bench, 3);
        var before = descriptors();
        var rounds = Figures.size(200, 2000);
        openAndClose(bench, rounds);
        System.gc(); // what was forgotten would be closed a second time now
        await(() -> descriptors() <= before);
        Figures.note("door.descriptors-kept", Math.max(0, descriptors() - before), "after " + rounds + " lives");
    }

    /// The alarm: a count that did not see a forgotten bell would see nothing.
    @Test
    void forgottenDescriptorIsCounted() {
        var before = descriptors();
        try (var forgotten = new Kernel.Bell()) {
            forgotten.ring();
            assertThat(descriptors()).isGreaterThan(before);
        }
    }

    private void openAndClose(Bench bench, int times) throws IOException {
        var upkeep = new Upkeep("0.0.0-test", List::of, _ -> {});
        for (int i = 0; i < times; i++) {
            var door = Door.make(house.house(), Family.MEMORY);
            try (var _ = Server.open(
                            house.house(),
                            Family.MEMORY,
                            door,
                            bench.handlers(),
                            upkeep,
                            Limits.DEFAULT,
                            new Meters());
                    var client = new Client(house.house(), Family.MEMORY)) {
                assertThat(client.ask(new Echo("hello")).text()).isEqualTo("hello");
            }
        }
    }

    @Test
    void doorThatSomeoneKeptIsTakenBackWithThoseWhoWait() throws Exception {
        var door = Door.make(house.house(), Family.MEMORY);
        var kept = duplicate(door);
        door.stayStanding();
        shut(door);
        assertThat(names()).contains("sock");
        try (var _ = knock(path)) {
            var back = Objects.requireNonNull(Door.takeBack(house.house(), Family.MEMORY, kept));
            Objects.requireNonNull(back.accept()).close();
            assertThat(back.isInPlace()).isTrue();
            shut(back);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsNotTheDoorThatCallersMeetIsNotTakenBack() throws Exception {
        var before = descriptors();
        var old = Door.make(house.house(), Family.MEMORY);
        var lostItsFile = duplicate(old);
        var lostItsPlace = duplicate(old);
        Files.delete(path);
        assertThat(Door.takeBack(house.house(), Family.MEMORY, lostItsFile)).isNull();
        var next = Door.make(house.house(), Family.MEMORY);
        assertThat(Door.takeBack(house.house(), Family.MEMORY, lostItsPlace)).isNull();
        shut(old);
        shut(next);
        var file = new FileInputStream(
                Files.createFile(path.resolveSibling("file")).toFile());
        var noSocket = FileDescriptorCast.duplicating(file.getFD()).as(Integer.class);
        file.close();
        assertThat(Door.takeBack(house.house(), Family.MEMORY, noSocket)).isNull();
        try (var silent = AFUNIXServerSocketChannel.open()) { // bound, but nobody can knock
            silent.bind(AFUNIXSocketAddress.of(path));
            var connected = AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
            var noListener = FileDescriptorCast.duplicating(Objects.requireNonNull(connected.getFileDescriptor()))
                    .as(Integer.class);
            connected.close();
            assertThat(Door.takeBack(house.house(), Family.MEMORY, noListener)).isNull();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static int duplicate(Door door) throws IOException {
        return FileDescriptorCast.duplicating(door.descriptor()).as(Integer.class);
    }

    @Test
    void newDoorSweepsAwayTheNamesOfDeadOnesAndNothingElse() throws Exception {
        var dead = Door.make(house.house(), Family.MEMORY); // as after SIGKILL
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createFile(path.resolveSibling("data"));
        Files.createDirectory(path.resolveSibling("desk"));
        var next = Door.make(house.house(), Family.MEMORY);
        assertThat(names()).hasSize(4).contains("sock", "data", "desk");
        shut(next);
        assertThat(names()).containsExactlyInAnyOrder("data", "desk");
        shut(dead);
    }

    @Test
    void twoDaemonsThatMakeTheirDoorsAtOnceBothStand() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var makers = IntStream.range(0, 2)
                    .mapToObj(_ -> threads.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            shut(Door.make(house.house(), Family.MEMORY));
                        }
                        return true;
                    }))
                    .toList();
            for (var maker : makers) {
                assertThat(maker.get(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(names()).isEmpty();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(path.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// Its file was taken away while all slots were taken: who waits there has done nothing wrong.
    @Test
    void whoWaitsAtADoorThatIsReplacedIsLetInToo() throws Exception {
        var bench = house.keep(new Bench(path.resolveSibling("book.db")));
        var server = house.serve(Family.MEMORY, bench.handlers(), Limits.DEFAULT.withConnections(1, 1), new Meters());
        var first = RawConnection.to(path);
        assertThat(first.ask("{\"type\":\"ping\"}")).contains("pinged");
        var waiting = new ArrayList<RawConnection>();
        for (int i = 0; i < 20; i++) {
            waiting.add(RawConnection.to(path).say("{\"type\":\"ping\"}").sayNoMore());
        }
        Files.delete(path);
        server.goOverTo(Door.make(house.house(), Family.MEMORY));
        waiting.add(RawConnection.to(path).say("{\"type\":\"ping\"}").sayNoMore());
        first.close();
        for (var caller : waiting) {
            assertThat(caller.hear()).contains("pinged");
            caller.close();
        }
    }

    /// A house whose door of memory has a path of so many bytes.
    private House deepHouse(int bytes) throws IOException {
        var folder = house.house().folder();
        var rest = bytes - folder.toString().length() - 1 - "/memory/sock".length();
        var deep = House.ofOneUser(folder.resolve("d".repeat(rest)));
        Files.createDirectories(deep.door(Family.MEMORY).getParent());
        return deep;
    }

    private static AFUNIXSocketChannel knock(Path path) throws IOException {
        return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
    }

    private static void shut(Door door) throws IOException {
        door.close();
        door.letGo();
    }

    private static int descriptors() {
        return Objects.requireNonNull(Path.of("/proc/self/fd").toFile().list()).length;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait(); // the guard is the test's own time limit
        }
    }
}
