package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Call;
import hob.contract.Change;
import hob.contract.Doc;
import hob.contract.Example;
import hob.contract.Family;
import hob.contract.For;
import hob.contract.HouseCall;
import hob.contract.Service;
import hob.contract.Who;
import hob.testing.Checkout;
import hob.testing.Golden;
import hob.testing.Workshop;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/ipc` is what the contracts say, and `docs/WIRE.md` has the numbers of the code.
class ReferenceTest {
    private static final String PAGES = "docs/ipc";

    @TempDir
    Path scratch;

    @Test
    void pagesAreWhatTheContractsSay() throws Exception {
        pages().forEach((word, rooms) -> Golden.check(page(word), Reference.page(title(word), rooms)));
    }

    @Test
    void everyPageHasAContract() throws Exception {
        assertThat(pagesWithoutContract())
                .as("pages that no contract backs: delete them")
                .isEmpty();
    }

    @Test
    void everyRoomStandsInTheTableOfRooms() throws Exception {
        for (var member : Family.values()) {
            var own = pages().getOrDefault(member.word(), List.of());
            assertThat(hob.contract.Rooms.of(member))
                    .as("the rooms of %s, beside those that stand in hob.contract", member.word())
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(own.stream(), Stream.of(HouseCall.class))
                            .toList());
        }
    }

    @Test
    void aPageWithoutAContractIsFound() throws IOException {
        var ghost = Files.createDirectories(scratch.resolve(PAGES)).resolve("ghost.md");
        Files.writeString(ghost, "# ghost\n");
        Checkout.at(scratch, () -> assertThat(pagesWithoutContract()).containsExactly("ghost.md"));
    }

    @Test
    void aPageThatSaysSomethingElseIsFound() throws IOException {
        var other = Files.createDirectories(scratch.resolve(PAGES)).resolve("house.md");
        Files.writeString(
                other, Reference.page(title("house"), List.of(HouseCall.class)).replace("5 s", "6 s"));
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(this::pagesAreWhatTheContractsSay)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("docs/ipc/house.md is not what the code says"));
    }

    @Test
    void everyCallAndFieldHasItsSentence() throws Exception {
        for (var rooms : pages().values()) {
            assertThat(rooms.stream().flatMap(ReferenceTest::withoutDoc))
                    .as("calls and fields without @Doc")
                    .isEmpty();
        }
    }

    @Test
    void aMissingSentenceIsFound() {
        assertThat(withoutDoc(Careless.class)).containsExactly("mend", "mend.what", "mended.how");
    }

    @Test
    void everyServiceIsAMemberOfTheFamily() throws Exception {
        var words = Arrays.stream(Family.values()).map(Family::word).collect(Collectors.toSet());
        words.add("house");
        assertThat(words).containsAll(pages().keySet());
    }

    @Test
    void everythingThatAContractCanSayReadsWell() {
        Golden.check(
                "ipc-core/src/test/resources/golden/workshop.md",
                Reference.page("The workshop", List.of(Workshop.class)));
    }

    @Test
    void everyExampleIsAFrameThatAServerTakes() throws Exception {
        var rooms = new ArrayList<Class<?>>(List.of(Workshop.class));
        pages().values().forEach(rooms::addAll);
        for (var type :
                rooms.stream().flatMap(room -> CallType.in(room).stream()).toList()) {
            var bytes = Sample.call(type).getBytes(StandardCharsets.UTF_8);
            assertThat(Wire.read(new Frame(bytes, 0, bytes.length), new Envelope(), false, _ -> type.call()))
                    .isInstanceOf(type.call().type());
        }
    }

    @Test
    void anExampleThatBreaksTheRecordsRulesIsRefused() {
        assertThatThrownBy(() -> Reference.page("careless", List.of(Careless.class)))
                .hasMessageContaining("the example of mend does not pass: 'what' is not a cup")
                .hasMessageContaining("@Example");
    }

    @Test
    void twoRecordsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Reference.page("twins", List.of(Twins.class)))
                .hasMessageContaining("are both 'part' on one page");
    }

    @Test
    void limitsInTheWirePageAreTheCodes() {
        var usual = Limits.DEFAULT;
        var rows = Stream.of(
                        row("a frame, where its record says nothing else", Reference.words(Limits.FRAME_BYTES)),
                        row("a frame, whatever its record says", Reference.words(Limits.FRAME_BYTES_MOST)),
                        row("an item of a stream", Reference.words(Limits.ITEM_BYTES)),
                        row("a frame that needs no share of the allowance", Reference.words(Limits.SMALL_FRAME_BYTES)),
                        row("the allowance: all larger frames together", Reference.words(usual.largeFrameBytes())),
                        row("the wait for a share of it, then `BUSY`", Reference.words(Limits.ALLOWANCE_TIME)),
                        row("a frame, from its first byte to its last", Reference.words(usual.frameTime())),
                        row("an answer that its caller does not read", Reference.words(usual.writeTime())),
                        row("a connection that nobody uses", Reference.words(usual.idleTime())),
                        row("connections to a daemon", Integer.toString(usual.connections())),
                        row("connections of one caller, then `BUSY`", Integer.toString(usual.connectionsPerCaller())),
                        row("`deadline_ms`", Reference.words(Limits.DEADLINE_MOST)),
                        row("objects and lists within each other", Integer.toString(Limits.NESTING)))
                .collect(Collectors.joining());
        Golden.checkPart("docs/WIRE.md", "limits", "| what | at most |\n|---|---|\n" + rows);
    }

    @Test
    void wirePageSaysWhatToDoAtEachCode() {
        var page = Golden.read(Checkout.root().resolve("docs/WIRE.md"));
        for (var code : Fault.Code.values()) {
            assertThat(page).contains("\n| `" + code + "` | ");
        }
    }

    private static String row(String what, String most) {
        return "| " + what + " | " + most + " |\n";
    }

    private static String page(String word) {
        return PAGES + "/" + word + ".md";
    }

    private static String title(String word) {
        return word.equals("house") ? "What every daemon can be asked" : "What " + word + " can be asked";
    }

    private static List<String> pagesWithoutContract() {
        try (var files = Files.list(Checkout.root().resolve(PAGES))) {
            var known = pages().keySet();
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !known.contains(file.replaceFirst("\\.md$", "")))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /// All rooms that stand in hob.contract, by the word of the page on which they are described.
    private static Map<String, List<Class<?>>> pages() throws IOException, URISyntaxException, ClassNotFoundException {
        var classes = Path.of(
                Call.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var pages = new TreeMap<String, List<Class<?>>>();
        try (var files = Files.walk(classes.resolve("hob/contract"))) {
            var names = files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.'))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            for (var name : names) {
                var room = Class.forName(name, false, Call.class.getClassLoader());
                if (room.isSealed() && Call.class.isAssignableFrom(room)) {
                    var service = room.getAnnotation(Service.class);
                    pages.computeIfAbsent(service == null ? "house" : service.value(), _ -> new ArrayList<>())
                            .add(room);
                }
            }
        }
        return pages;
    }

    private static Stream<String> withoutDoc(Class<?> room) {
        return CallType.in(room).stream()
                .flatMap(type -> Stream.concat(
                        type.doc().isEmpty() ? Stream.of(type.name()) : Stream.empty(),
                        Stream.of(Stream.of(type.call()), type.items().stream(), Stream.of(type.answer()))
                                .flatMap(shapes -> shapes)
                                .flatMap(ReferenceTest::fieldsWithoutDoc)));
    }

    private static Stream<String> fieldsWithoutDoc(RecordShape shape) {
        return shape.fields().stream().flatMap(field -> {
            var inner = field.inner();
            var below = inner == null ? Stream.<String>empty() : fieldsWithoutDoc(inner);
            return field.doc().isEmpty() ? Stream.concat(Stream.of(shape.name() + "." + field.name()), below) : below;
        });
    }

    /// A contract as it should not be.
    @For(Who.PERSON)
    sealed interface Careless<R extends Record> extends Call<R> {
        @Change(deadline = "1500ms")
        record Mend(
                String what,
                @Example("[]") @Doc("With which.") List<String> tools) implements Careless<Mended> {
            public Mend {
                if (!what.equals("cup")) {
                    throw new IllegalArgumentException("'what' is not a cup");
                }
            }
        }

        record Mended(String how) {}
    }

    /// Two records that a reader could not tell apart.
    @For(Who.PERSON)
    sealed interface Twins<R extends Record> extends Call<R> {
        @Change(deadline = "5s")
        record Compare(HouseCall.Part one, Workshop.Part other) implements Twins<Compared> {}

        record Compared() {}
    }
}
