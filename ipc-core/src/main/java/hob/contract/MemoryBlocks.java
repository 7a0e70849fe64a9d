package hob.contract;

import static hob.contract.Who.AGENT;
import static hob.contract.Who.PERSON;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The core of memory: a few named texts that stand before the model's eyes in every turn. Each change makes a new
/// revision, and none is ever thrown away.
@Service("memory")
@For({AGENT, PERSON})
public sealed interface MemoryBlocks<R extends Record> extends Call<R> {
    /// Every character of a block is paid for in every turn, so that blocks stay short.
    int CHARS_MOST = 20_000;

    /// A block that nobody but the owner of a file can change.
    String CONSTITUTION = "constitution";

    @Doc("All blocks, the constitution first.")
    @Query(deadline = "5s")
    record Blocks() implements MemoryBlocks<BlocksRead> {}

    @FrameMax(bytes = 4 << 20)
    record BlocksRead(
            @Doc("The constitution, then the others as they came.")
            List<CoreBlock> blocks) {}

    @Doc("One block, as it is or as it was.")
    @Query(deadline = "5s")
    record Block(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("An earlier revision of it; the newest when left out.") @Nullable
            Long revision)
            implements MemoryBlocks<BlockRead> {
        public Block {
            checkName(name);
        }
    }

    record BlockRead(@Doc("The block.") CoreBlock block) {}

    /// A named text, and what holds for it.
    record CoreBlock(
            @Doc("What it is called.") @Example("persona") String name,

            @Doc("What it is for.") @Example("Who Hob is.") @Nullable
            String purpose,

            @Doc("What it says.") @Example("I live by the hearth and do the chores at night.")
            String text,

            @Doc("How many characters it can have.") @Example("5000")
            int charsMax,

            @Doc("Whether calls that write it are refused.") boolean readOnly,
            @Doc("How it came to be so.") Revision revision) {}

    /// One change of a block.
    record Revision(
            @Doc("Counts up from 1 with each change of this block.") @Example("7")
            long number,

            @Doc("What was done.") @Example("EDIT") Deed deed,

            @Doc("Who did it, as the kernel named them.") @Example("agent")
            String who,

            @Doc("When it was done; left out where nobody did it, as of a text that is built in.")
            @Example("2026-11-20T04:00:00Z")
            @Nullable
            Instant when,

            @Doc("The turn of thinking, or other trace, in which it was done; left out where it was done in a file.")
            @Example("5f0c2a")
            @Nullable
            String turn,

            @Doc("What was said to be the reason.") @Example("asked for it") @Nullable
            String why,

            @Doc("How many characters it had then.") @Example("48")
            int chars) {}

    enum Deed {
        SET,
        EDIT,
        REVERT,
        GUARD,
        REMOVE,
        @Unknown
        OTHER
    }

    @Doc("Give a block a new text; a block of a new name comes into being.")
    @Change(deadline = "10s")
    record SetBlock(
            @Doc("Which block: a letter, then up to 39 of a-z, 0-9, '-' and '_'.") @Example("persona")
            String name,

            @Doc("The whole new text.") @Example("I live by the hearth.")
            String text,

            @Doc("Refuse if this is not its newest revision; 0: it must not be there yet.") @Nullable
            Long expectedRevision,

            @Doc("Why, for whoever reads its history.") @Nullable
            String why)
            implements MemoryBlocks<BlockWritten> {
        public SetBlock {
            checkName(name);
            checkText("text", text);
            checkWhy(why);
        }
    }

    @Doc("Change a part of a block, in one of three ways: put 'with' in the place of 'replace', which must stand in it"
            + " exactly once; 'insert' lines after the line 'after_line'; or 'append' lines at its end.")
    @Change(deadline = "10s")
    record EditBlock(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("What goes: it must stand in the text exactly once.") @Example("tea") @Nullable
            String replace,

            @Doc("What comes in its place; nothing, to leave it out.") @Example("coffee") @Nullable
            String with,

            @Doc("Lines to insert.") @Nullable String insert,

            @Doc("After which line they go, counted from 1; 0: before the first.") @Nullable
            Integer afterLine,

            @Doc("Lines to add at the end.") @Nullable String append,

            @Doc("Refuse if this is not its newest revision.") @Nullable
            Long expectedRevision,

            @Doc("Why, for whoever reads its history.") @Nullable
            String why)
            implements MemoryBlocks<BlockWritten> {
        public EditBlock {
            checkName(name);
            checkWhy(why);
            if (Stream.of(replace, insert, append)
                            .filter(given -> given != null)
                            .count()
                    != 1) {
                throw new IllegalArgumentException("say one of 'replace', 'insert' and 'append'");
            }
            together("replace", replace, "with", with);
            together("insert", insert, "after_line", afterLine);
            notEmpty("replace", replace);
            notEmpty("insert", insert);
            notEmpty("append", append);
            if (afterLine != null && afterLine < 0) {
                throw new IllegalArgumentException("'after_line' is below 0");
            }
        }

        private static void together(String one, @Nullable Object first, String other, @Nullable Object second) {
            if ((first == null) != (second == null)) {
                throw new IllegalArgumentException("'" + one + "' and '" + other + "' go together");
            }
        }

        private static void notEmpty(String field, @Nullable String text) {
            if (text != null && text.isEmpty()) {
                throw new IllegalArgumentException("'" + field + "' is empty");
            }
        }
    }

    record BlockWritten(
            @Doc("Which block.") @Example("persona") String name,
            @Doc("What it has become.") Revision revision,

            @Doc("How many characters more it can take.") @Example("4952")
            int charsLeft) {}

    @Doc("Every change of a block, newest first.")
    @Query(deadline = "5s")
    record BlockHistory(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("Only revisions older than this one.") @Nullable
            Long before,

            @Doc("How many at most.") @Default("20") int limit)
            implements MemoryBlocks<BlockHistoryRead> {
        public BlockHistory {
            checkName(name);
            if (limit < 1 || limit > 200) {
                throw new IllegalArgumentException("'limit' is outside 1..200");
            }
        }
    }

    @FrameMax(bytes = 2 << 20)
    record BlockHistoryRead(
            @Doc("The revisions; 'block' shows the text of one.")
            List<Revision> revisions,

            @Doc("Whether there are older ones.") boolean older) {}

    @Doc("Give a block the text back that it had at an earlier revision, also when it was removed since.")
    @Change(deadline = "10s")
    record RevertBlock(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("The revision whose text comes back.") @Example("3")
            long revision,

            @Doc("Refuse if this is not its newest revision.") @Nullable
            Long expectedRevision,

            @Doc("Why, for whoever reads its history.") @Nullable
            String why)
            implements MemoryBlocks<BlockWritten> {
        public RevertBlock {
            checkName(name);
            checkWhy(why);
        }
    }

    @Doc("Say what a block is for, how long it can be, and whether it may be written at all.")
    @Change(deadline = "10s")
    @For(PERSON)
    record GuardBlock(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("What it is for; as it was when left out.") @Nullable
            String purpose,

            @Doc("How many characters it can have; as it was when left out.") @Nullable
            Integer charsMax,

            @Doc("Whether calls that write it are refused; as it was when left out.") @Example("true") @Nullable
            Boolean readOnly,

            @Doc("Why, for whoever reads its history.") @Nullable
            String why)
            implements MemoryBlocks<BlockWritten> {
        public GuardBlock {
            checkName(name);
            checkWhy(why);
            if (purpose == null && charsMax == null && readOnly == null) {
                throw new IllegalArgumentException("say at least one of 'purpose', 'chars_max' and 'read_only'");
            }
            if (purpose != null && purpose.length() > 500) {
                throw new IllegalArgumentException("'purpose' has more than 500 characters");
            }
            if (charsMax != null && (charsMax < 1 || charsMax > CHARS_MOST)) {
                throw new IllegalArgumentException("'chars_max' is outside 1.." + CHARS_MOST);
            }
        }
    }

    @Doc("Take a block away. Its history stays, and 'revert_block' brings it back.")
    @Change(deadline = "10s")
    @For(PERSON)
    record RemoveBlock(
            @Doc("Which block.") @Example("persona") String name,

            @Doc("Refuse if this is not its newest revision.") @Nullable
            Long expectedRevision,

            @Doc("Why, for whoever reads its history.") @Nullable
            String why)
            implements MemoryBlocks<BlockWritten> {
        public RemoveBlock {
            checkName(name);
            checkWhy(why);
        }
    }

    /// It stands in commands and in prompts, where nothing needs quoting.
    private static void checkName(String name) {
        if (!Names.BLOCK.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'name' must be a letter of a-z, then up to 39 of a-z, 0-9, '-' and '_'");
        }
    }

    private static void checkText(String field, String text) {
        if (text.length() > 2 * CHARS_MOST) { // each character has two chars at most; the exact count comes later
            throw new IllegalArgumentException("'" + field + "' has more than " + CHARS_MOST + " characters");
        }
    }

    private static void checkWhy(@Nullable String why) {
        if (why != null && why.length() > 1000) {
            throw new IllegalArgumentException("'why' has more than 1000 characters");
        }
    }
}

/// Where the interface itself must stay plain.
final class Names {
    static final Pattern BLOCK = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    private Names() {}
}
