package hob.memory;

import hob.contract.Family;
import hob.daemon.Daemon;
import hob.daemon.Life;
import hob.ipc.Handlers;

final class Main {
    private Main() {}

    static void main(String[] args) {
        Daemon.run(Family.MEMORY, MemoryConfig.class, args, Main::open);
    }

    /// No room is furnished yet: it answers what every house is asked.
    static Handlers<?> open(MemoryConfig config, Life life) {
        return Handlers.of();
    }
}
