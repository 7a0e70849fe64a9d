package hob.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Family;
import hob.contract.MemoryBlocks.Block;
import hob.contract.MemoryBlocks.BlockHistory;
import hob.contract.MemoryBlocks.BlockWritten;
import hob.contract.MemoryBlocks.Blocks;
import hob.contract.MemoryBlocks.CoreBlock;
import hob.contract.MemoryBlocks.Deed;
import hob.contract.MemoryBlocks.EditBlock;
import hob.contract.MemoryBlocks.GuardBlock;
import hob.contract.MemoryBlocks.RemoveBlock;
import hob.contract.MemoryBlocks.RevertBlock;
import hob.contract.MemoryBlocks.Revision;
import hob.contract.MemoryBlocks.SetBlock;
import hob.daemon.Life;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.Fault;
import hob.testing.RawConnection;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people and the agent do with blocks, over the socket.
@Tag("life")
class CoreBlocksTest {
    @TempDir
    private Path folder;

    private final TempHouse house = new TempHouse();
    private Client memory;

    @BeforeEach
    void open() throws IOException {
        var constitution = Files.writeString(folder.resolve("constitution.md"), "Tell the truth.\n");
        house.door(Family.MEMORY);
        var life = house.keep(new Life(house.house(), folder));
        house.serve(Family.MEMORY, Main.open(Configs.with(constitution), life));
        memory = house.client(Family.MEMORY);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private BlockWritten set(String name, String text) {
        return memory.ask(new SetBlock(name, text, null, null));
    }

    private static EditBlock replace(String name, String old, String with) {
        return new EditBlock(name, old, with, null, null, null, null, null);
    }

    private static EditBlock insert(String name, String lines, int afterLine) {
        return new EditBlock(name, null, null, lines, afterLine, null, null, null);
    }

    private static EditBlock append(String name, String lines) {
        return new EditBlock(name, null, null, null, null, lines, null, null);
    }

    private CoreBlock block(String name) {
        return memory.ask(new Block(name, null)).block();
    }

    private String text(String name) {
        return block(name).text();
    }

    private static void assertFault(Fault.Code code, Runnable call, String... words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.getMessage()).contains(words);
        });
    }

    @Test
    void theConstitutionIsFirstAndTheOthersFollowAsTheyCame() {
        set("persona", "I am Hob.");
        set("human", "Ann.");
        set("persona", "I am still Hob.");
        assertThat(memory.ask(new Blocks()).blocks())
                .extracting(CoreBlock::name)
                .containsExactly("constitution", "persona", "human");
        assertThat(text("constitution")).isEqualTo("Tell the truth.");
    }

    @Test
    void everyRevisionSaysWhoWhenInWhichTurnAndWhy() {
        var before = Instant.now();
        var written =
                memory.ask(new SetBlock("persona", "I am Hob.", 0L, "a beginning"), Manner.USUAL.traced("turn-1"));
        assertThat(block("persona").revision()).isEqualTo(written.revision());
        memory.ask(append("persona", "I live by the hearth."), Manner.USUAL.traced("turn-2"));
        var history = memory.ask(new BlockHistory("persona", null, 20));
        assertThat(history.older()).isFalse();
        assertThat(history.revisions()).extracting(Revision::number).containsExactly(2L, 1L);
        assertThat(history.revisions()).extracting(Revision::turn).containsExactly("turn-2", "turn-1");
        assertThat(history.revisions().get(1)).satisfies(first -> {
            assertThat(first.why()).isEqualTo("a beginning");
            assertThat(first.who()).startsWith("uid:");
            assertThat(first.when()).isBetween(before.minusMillis(1), Instant.now());
            assertThat(first.deed()).isEqualTo(Deed.SET);
            assertThat(first.chars()).isEqualTo(9);
        });
        assertThat(memory.ask(new Block("persona", 1L)).block().text()).isEqualTo("I am Hob.");
    }

    @Test
    void historyIsReadInPages() {
        for (int i = 1; i <= 5; i++) {
            set("persona", "text " + i);
        }
        var page = memory.ask(new BlockHistory("persona", null, 2));
        assertThat(page.older()).isTrue();
        assertThat(page.revisions()).extracting(Revision::number).containsExactly(5L, 4L);
        var last = memory.ask(new BlockHistory("persona", 3L, 2));
        assertThat(last.older()).isFalse();
        assertThat(last.revisions()).extracting(Revision::number).containsExactly(2L, 1L);
    }

    @Test
    void aPartIsReplacedOnlyWhereItIsTheOnlyOne() {
        set("human", "Ann drinks tea.\nAnn rides.\n");
        memory.ask(replace("human", "tea", "coffee"));
        assertThat(text("human")).isEqualTo("Ann drinks coffee.\nAnn rides.\n");
        memory.ask(replace("human", "Ann rides.\n", ""));
        assertThat(text("human")).isEqualTo("Ann drinks coffee.\n");
        set("human", "Ann drinks tea.\nAnn rides.\n");
        assertFault(
                Fault.Code.INVALID,
                () -> memory.ask(replace("human", "Ann", "Bea")),
                "stands in the text more than once, in the lines 1, 2");
        assertFault(
                Fault.Code.NOT_FOUND,
                () -> memory.ask(replace("human", "milk", "coffee")),
                "does not stand in the text, which is:\nAnn drinks tea.");
        assertThat(block("human").revision().number()).isEqualTo(4);
    }

    @Test
    void linesAreInsertedAndAppended() {
        set("human", "one\nthree");
        memory.ask(insert("human", "two", 1));
        memory.ask(insert("human", "zero\nzero and a half", 0));
        memory.ask(append("human", "four"));
        assertThat(text("human")).isEqualTo("zero\nzero and a half\none\ntwo\nthree\nfour");
        assertFault(Fault.Code.INVALID, () -> memory.ask(insert("human", "x", 7)), "'after_line' is 7", "has 6 lines");
        set("human", "");
        memory.ask(append("human", "again"));
        assertThat(text("human")).isEqualTo("again");
    }

    @Test
    void theOtherLinesStayAsTheyAreToTheirEnds() {
        set("human", "one\r\nthree\r\n\r\n");
        memory.ask(insert("human", "two", 1));
        assertThat(text("human")).isEqualTo("one\r\ntwo\nthree\r\n\r\n");
        memory.ask(insert("human", "four\n", 4));
        assertThat(text("human")).isEqualTo("one\r\ntwo\nthree\r\n\r\nfour\n");
        assertFault(Fault.Code.INVALID, () -> memory.ask(insert("human", "x", 6)), "has 5 lines");
    }

    @Test
    void oneWayOfEditingIsToBeSaid() {
        var raw = "{\"type\":\"edit_block\",\"name\":\"human\"%s}";
        try (var wire = RawConnection.to(house.door(Family.MEMORY))) {
            assertThat(wire.ask(raw.formatted(""))).contains("say one of 'replace', 'insert' and 'append'");
            assertThat(wire.ask(raw.formatted(",\"append\":\"a\",\"insert\":\"b\",\"after_line\":0")))
                    .contains("say one of");
            assertThat(wire.ask(raw.formatted(",\"replace\":\"a\""))).contains("'replace' and 'with' go together");
            assertThat(wire.ask(raw.formatted(",\"replace\":\"\",\"with\":\"b\"")))
                    .contains("'replace' is empty");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoExpectedAnotherRevisionIsShownTheNewerText() {
        set("human", "Ann drinks tea.");
        set("human", "Ann drinks coffee.");
        assertFault(
                Fault.Code.CONFLICT,
                () -> memory.ask(new SetBlock("human", "Ann rides.", 1L, null)),
                "'human' is at revision 2, and 1 was expected; its text is now:\nAnn drinks coffee.");
        assertFault(
                Fault.Code.CONFLICT,
                () -> memory.ask(new EditBlock("human", null, null, null, null, "x", 1L, null)),
                "Ann drinks coffee.");
        assertFault(Fault.Code.CONFLICT, () -> memory.ask(new SetBlock("human", "x", 0L, null)), "is at revision 2");
        assertFault(Fault.Code.CONFLICT, () -> memory.ask(new SetBlock("new", "x", 3L, null)), "'new' is not there");
        assertThat(memory.ask(new SetBlock("human", "Ann rides.", 2L, null))
                        .revision()
                        .number())
                .isEqualTo(3);
    }

    @Test
    void theWholeOfALongNewerTextIsShown() {
        var text = "\u00e9".repeat(5000);
        set("human", text);
        assertFault(Fault.Code.CONFLICT, () -> memory.ask(new SetBlock("human", "x", 7L, null)), text);
    }

    @Test
    void aBlockCanHaveSoManyCharacters() {
        assertThat(set("human", "\ud83d\udd25".repeat(5000)).charsLeft()).isZero();
        assertFault(
                Fault.Code.INVALID,
                () -> set("human", "x".repeat(5020)),
                "would have 5020 characters, and can have 5000; make it shorter by 20");
        assertFault(Fault.Code.INVALID, () -> memory.ask(append("human", "x")), "make it shorter by 2");
        guard(null, 6000, null);
        assertThat(set("human", "x".repeat(5020)).charsLeft()).isEqualTo(980);
        assertFault(Fault.Code.INVALID, () -> guard(null, 5000, null), "make it shorter by 20");
    }

    private BlockWritten guard(@Nullable String purpose, @Nullable Integer charsMax, @Nullable Boolean readOnly) {
        return memory.ask(new GuardBlock("human", purpose, charsMax, readOnly, null));
    }

    @Test
    void aReadOnlyBlockRefusesAllThatWrite() {
        set("human", "Ann drinks tea.");
        guard("Whom Hob serves.", null, true);
        for (var write : List.<Runnable>of(
                () -> set("human", "x"),
                () -> memory.ask(append("human", "x")),
                () -> memory.ask(new RevertBlock("human", 1, null, null)),
                () -> memory.ask(new RemoveBlock("human", null, null)))) {
            assertFault(Fault.Code.DENIED, write, "'human' is read-only", "guard_block");
        }
        assertThat(block("human")).satisfies(block -> {
            assertThat(block.text()).isEqualTo("Ann drinks tea.");
            assertThat(block.purpose()).isEqualTo("Whom Hob serves.");
            assertThat(block.readOnly()).isTrue();
            assertThat(block.revision().deed()).isEqualTo(Deed.GUARD);
        });
        guard(null, null, false);
        assertThat(set("human", "x").revision().number()).isEqualTo(4);
        assertThat(block("human").purpose()).isEqualTo("Whom Hob serves.");
    }

    @Test
    void noCallWritesTheConstitution() {
        for (var write : List.<Runnable>of(
                () -> set("constitution", "Do as you like."),
                () -> memory.ask(append("constitution", "Do as you like.")),
                () -> memory.ask(new RevertBlock("constitution", 1, null, null)),
                () -> memory.ask(new RemoveBlock("constitution", null, null)),
                () -> memory.ask(new GuardBlock("constitution", null, null, false, null)))) {
            assertFault(Fault.Code.DENIED, write, "no call writes the constitution", "constitution.md");
        }
        assertFault(Fault.Code.INVALID, () -> memory.ask(new BlockHistory("constitution", null, 1)), "no revisions");
        assertThat(text("constitution")).isEqualTo("Tell the truth.");
    }

    @Test
    void whatWasComesBack() {
        set("human", "one");
        set("human", "two");
        assertThat(memory.ask(new RevertBlock("human", 1, 2L, "it was better")).revision())
                .satisfies(revision -> {
                    assertThat(revision.number()).isEqualTo(3);
                    assertThat(revision.deed()).isEqualTo(Deed.REVERT);
                    assertThat(revision.why()).isEqualTo("it was better");
                });
        assertThat(text("human")).isEqualTo("one");
        assertFault(
                Fault.Code.NOT_FOUND,
                () -> memory.ask(new RevertBlock("human", 9, null, null)),
                "has no revision 9; it has 1 to 3");
    }

    @Test
    void aBlockThatWasRemovedKeepsItsHistoryAndComesBack() {
        set("human", "one");
        memory.ask(new RemoveBlock("human", 1L, "not needed"));
        assertFault(Fault.Code.NOT_FOUND, () -> block("human"), "there is no block 'human'");
        assertThat(memory.ask(new Blocks()).blocks()).hasSize(1);
        assertThat(memory.ask(new BlockHistory("human", null, 5)).revisions())
                .extracting(Revision::deed)
                .containsExactly(Deed.REMOVE, Deed.SET);
        memory.ask(new RevertBlock("human", 1, null, null));
        assertThat(block("human").revision().number()).isEqualTo(3);
        assertThat(text("human")).isEqualTo("one");
    }

    @Test
    void aBlockThatComesBackKeepsWhatHeldForItAtItsEnd() {
        set("human", "one");
        guard("Whom Hob serves.", 100, null);
        memory.ask(new RemoveBlock("human", null, null));
        memory.ask(new RevertBlock("human", 1, null, null));
        assertThat(block("human").charsMax()).isEqualTo(100);
        assertThat(block("human").purpose()).isEqualTo("Whom Hob serves.");
    }

    @Test
    void aPageOfHistoryCanBeSentWhateverTheReasons() {
        for (int i = 0; i < 200; i++) {
            memory.ask(new SetBlock("human", "x", null, "\u0001".repeat(1000)));
        }
        assertThat(memory.ask(new BlockHistory("human", null, 200)).revisions()).hasSize(200);
    }

    @Test
    void aCharacterThatEndsTextsElsewhereIsRefused() {
        assertFault(Fault.Code.INVALID, () -> set("human", "\0" + "x".repeat(100)), "character 1", "U+0000");
        set("human", "one");
        assertFault(Fault.Code.INVALID, () -> memory.ask(append("human", "\0")), "character 5");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertFault(Fault.Code.NOT_FOUND, () -> block("persona"), "no block 'persona'; 'blocks' shows all");
        assertFault(Fault.Code.NOT_FOUND, () -> memory.ask(append("persona", "x")), "no block 'persona'");
        assertFault(Fault.Code.NOT_FOUND, () -> memory.ask(new BlockHistory("persona", null, 1)), "no block");
        assertThatThrownBy(() -> new Block("Persona", null)).hasMessageContaining("'name' must be a letter");
    }

    @Test
    void thereAreOnlySoManyBlocksAndCharactersTogether() {
        for (int i = 0; i < 40; i++) {
            set("block" + i, "x".repeat(5000));
        }
        assertFault(Fault.Code.INVALID, () -> set("more", "x"), "all blocks together would have 200001 characters");
        for (int i = 40; i < 64; i++) {
            set("block" + i, "");
        }
        assertFault(Fault.Code.INVALID, () -> set("more", ""), "there are 64 blocks, which is the most");
        assertThat(memory.ask(new Blocks()).blocks()).hasSize(65);
        memory.ask(new RemoveBlock("block63", null, null));
        set("another", "");
        assertFault(
                Fault.Code.INVALID, () -> memory.ask(new RevertBlock("block63", 1, null, null)), "there are 64 blocks");
    }
}
