package hob.memory;

import hob.contract.Family;
import hob.contract.MemoryBlocks;
import hob.contract.MemoryBlocks.Block;
import hob.contract.MemoryBlocks.BlockHistory;
import hob.contract.MemoryBlocks.Blocks;
import hob.contract.MemoryBlocks.EditBlock;
import hob.contract.MemoryBlocks.GuardBlock;
import hob.contract.MemoryBlocks.RemoveBlock;
import hob.contract.MemoryBlocks.RevertBlock;
import hob.contract.MemoryBlocks.SetBlock;
import hob.daemon.Daemon;
import hob.daemon.Life;
import hob.ipc.Handlers;
import hob.store.Store;
import hob.store.Transaction;
import java.io.IOException;
import java.time.InstantSource;

final class Main {
    private Main() {}

    static void main(String[] args) {
        Daemon.run(Family.MEMORY, MemoryConfig.class, args, Main::open);
    }

    static Handlers<?> open(MemoryConfig config, Life life) throws IOException {
        var store = life.keep(Store.open(life.state().resolve("memory.db"), Main.class));
        return answer(config, life, store, Handlers.of(store.done(), MemoryBlocks.class));
    }

    static Handlers<?> answer(MemoryConfig config, Life life, Store store, Handlers<Transaction> table)
            throws IOException {
        var constitution = life.keep(Constitution.open(config.constitution(), life.house()));
        var blocks = new CoreBlocks(constitution, InstantSource.system(), config.blockChars());
        life.onReload(MemoryConfig.class, constitution::reload);
        life.onReload(MemoryConfig.class, blocks::reload);
        return table.on(Blocks.class, call -> store.read(tx -> blocks.blocks(call, tx)))
                .on(Block.class, call -> store.read(tx -> blocks.block(call, tx)))
                .on(BlockHistory.class, call -> store.read(tx -> blocks.history(call, tx)))
                .once(SetBlock.class, blocks::set)
                .once(EditBlock.class, blocks::edit)
                .once(RevertBlock.class, blocks::revert)
                .once(GuardBlock.class, blocks::guard)
                .once(RemoveBlock.class, blocks::remove);
    }
}
