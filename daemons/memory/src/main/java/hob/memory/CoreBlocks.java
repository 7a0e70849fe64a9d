package hob.memory;

import hob.contract.MemoryBlocks;
import hob.contract.MemoryBlocks.Block;
import hob.contract.MemoryBlocks.BlockHistory;
import hob.contract.MemoryBlocks.BlockHistoryRead;
import hob.contract.MemoryBlocks.BlockRead;
import hob.contract.MemoryBlocks.BlockWritten;
import hob.contract.MemoryBlocks.Blocks;
import hob.contract.MemoryBlocks.BlocksRead;
import hob.contract.MemoryBlocks.CoreBlock;
import hob.contract.MemoryBlocks.Deed;
import hob.contract.MemoryBlocks.EditBlock;
import hob.contract.MemoryBlocks.GuardBlock;
import hob.contract.MemoryBlocks.RemoveBlock;
import hob.contract.MemoryBlocks.RevertBlock;
import hob.contract.MemoryBlocks.Revision;
import hob.contract.MemoryBlocks.SetBlock;
import hob.ipc.Asked;
import hob.ipc.Fault;
import hob.store.Transaction;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The few texts that stand before the model's eyes in every turn.
final class CoreBlocks {
    /// More than a person can keep in view, let alone a prompt.
    private static final int BLOCKS_MOST = 64;

    /// All of them go into every prompt: this is about what a small model can read at all.
    private static final int CHARS_TOGETHER = 200_000;

    private final Constitution constitution;
    private final InstantSource clock;
    private volatile int charsOfNew;

    CoreBlocks(Constitution constitution, InstantSource clock, int charsOfNew) {
        this.constitution = constitution;
        this.clock = clock;
        this.charsOfNew = charsOfNew;
    }

    void reload(MemoryConfig config) {
        charsOfNew = config.blockChars();
    }

    BlocksRead blocks(Blocks call, Transaction tx) throws SQLException {
        var all = new ArrayList<CoreBlock>();
        all.add(constitution.block());
        all.addAll(Revisions.newest(tx));
        return new BlocksRead(all);
    }

    BlockRead block(Block call, Transaction tx) throws SQLException {
        if (call.name().equals(MemoryBlocks.CONSTITUTION)) {
            if (call.revision() != null) {
                throw noHistory();
            }
            return new BlockRead(constitution.block());
        }
        return new BlockRead(
                call.revision() == null
                        ? Revisions.newest(tx, call.name()).orElseThrow(() -> noBlock(call.name()))
                        : was(tx, call.name(), call.revision()));
    }

    BlockHistoryRead history(BlockHistory call, Transaction tx) throws SQLException {
        if (call.name().equals(MemoryBlocks.CONSTITUTION)) {
            throw noHistory();
        }
        if (Revisions.last(tx, call.name()) == 0) {
            throw noBlock(call.name());
        }
        var before = call.before() == null ? Long.MAX_VALUE : call.before();
        var revisions = Revisions.of(tx, call.name(), before, call.limit() + 1);
        var older = revisions.size() > call.limit();
        return new BlockHistoryRead(older ? revisions.subList(0, call.limit()) : revisions, older);
    }

    BlockWritten set(SetBlock call, Transaction tx) throws SQLException {
        var now = writable(tx, call.name(), call.expectedRevision());
        if (now.isEmpty()) {
            checkRoom(tx);
        }
        var rules = now.map(Rules::of).orElse(new Rules(null, charsOfNew, false));
        return write(tx, call.name(), Deed.SET, call.text(), rules, call.why());
    }

    BlockWritten edit(EditBlock call, Transaction tx) throws SQLException {
        var now = writable(tx, call.name(), call.expectedRevision()).orElseThrow(() -> noBlock(call.name()));
        return write(tx, call.name(), Deed.EDIT, Text.edited(now.text(), call), Rules.of(now), call.why());
    }

    BlockWritten revert(RevertBlock call, Transaction tx) throws SQLException {
        var now = writable(tx, call.name(), call.expectedRevision());
        var was = was(tx, call.name(), call.revision());
        if (now.isEmpty()) {
            checkRoom(tx);
            now = Revisions.at(tx, call.name(), Revisions.last(tx, call.name())); // the text comes back, no older rules
        }
        return write(tx, call.name(), Deed.REVERT, was.text(), Rules.of(now.orElseThrow()), call.why());
    }

    private static void checkRoom(Transaction tx) throws SQLException {
        if (Revisions.count(tx) >= BLOCKS_MOST) {
            throw Fault.invalid("there are " + BLOCKS_MOST + " blocks, which is the most; a person can take one away"
                    + " by 'remove_block'");
        }
    }

    BlockWritten guard(GuardBlock call, Transaction tx) throws SQLException {
        refuseConstitution(call.name());
        var now = Revisions.newest(tx, call.name()).orElseThrow(() -> noBlock(call.name()));
        var rules = new Rules(
                call.purpose() == null ? now.purpose() : call.purpose(),
                call.charsMax() == null ? now.charsMax() : call.charsMax(),
                call.readOnly() == null ? now.readOnly() : call.readOnly());
        return write(tx, call.name(), Deed.GUARD, now.text(), rules, call.why());
    }

    BlockWritten remove(RemoveBlock call, Transaction tx) throws SQLException {
        var now = writable(tx, call.name(), call.expectedRevision()).orElseThrow(() -> noBlock(call.name()));
        return write(tx, call.name(), Deed.REMOVE, "", Rules.of(now), call.why());
    }

    /// The block as it is, or nothing where none of this name is; refused where it may not be written, or is not as the
    /// caller believes.
    private Optional<CoreBlock> writable(Transaction tx, String name, @Nullable Long expected) throws SQLException {
        refuseConstitution(name);
        var now = Revisions.newest(tx, name);
        if (now.isPresent() && now.get().readOnly()) {
            throw new Fault(
                    Fault.Code.DENIED,
                    "'" + name + "' is read-only; a person can lift that by 'guard_block', with 'read_only' false");
        }
        var number = now.map(block -> block.revision().number()).orElse(0L);
        if (expected != null && !expected.equals(number)) {
            throw Fault.conflict(
                    now.isEmpty()
                            ? "'" + name + "' is not there, and revision " + expected + " of it was expected"
                            : "'" + name + "' is at revision " + number + ", and " + expected
                                    + " was expected; its text is now:\n"
                                    + now.get().text());
        }
        return now;
    }

    private void refuseConstitution(String name) {
        if (name.equals(MemoryBlocks.CONSTITUTION)) {
            throw new Fault(
                    Fault.Code.DENIED,
                    "no call writes the constitution: it stands in " + constitution.file()
                            + ", and changes there take effect by '" + constitution.reloadCommand() + "'");
        }
    }

    private BlockWritten write(Transaction tx, String name, Deed deed, String text, Rules rules, @Nullable String why)
            throws SQLException {
        Text.checkWhole(text);
        var chars = Text.chars(text);
        if (chars > rules.charsMax()) {
            throw Fault.invalid("'" + name + "' would have " + chars + " characters, and can have " + rules.charsMax()
                    + "; make it shorter by " + (chars - rules.charsMax()));
        }
        var together = chars + Revisions.charsBeside(tx, name);
        if (together > CHARS_TOGETHER) {
            throw Fault.invalid(
                    "all blocks together would have " + together + " characters, and can have " + CHARS_TOGETHER);
        }
        var asked = Objects.requireNonNull(Asked.current(), "written outside of a call");
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is kept
        var revision =
                new Revision(Revisions.last(tx, name) + 1, deed, asked.caller().name(), now, asked.trace(), why, chars);
        Revisions.add(tx, new CoreBlock(name, rules.purpose(), text, rules.charsMax(), rules.readOnly(), revision));
        return new BlockWritten(name, revision, rules.charsMax() - chars);
    }

    /// What holds for a block beside its text.
    private record Rules(@Nullable String purpose, int charsMax, boolean readOnly) {
        static Rules of(CoreBlock block) {
            return new Rules(block.purpose(), block.charsMax(), block.readOnly());
        }
    }

    private static CoreBlock was(Transaction tx, String name, long number) throws SQLException {
        var last = Revisions.last(tx, name);
        if (last == 0) {
            throw noBlock(name);
        }
        return Revisions.at(tx, name, number)
                .orElseThrow(() -> Fault.notFound("'" + name + "' has no revision " + number + "; it has "
                        + (last == 1 ? "number 1 alone" : "1 to " + last)));
    }

    private static Fault noBlock(String name) {
        return Fault.notFound("there is no block '" + name + "'; 'blocks' shows all");
    }

    private Fault noHistory() {
        return Fault.invalid("the constitution has no revisions: it is as " + constitution.file() + " says");
    }
}
