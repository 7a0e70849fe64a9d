package hob.house;

import hob.contract.Default;
import hob.contract.Doc;
import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.daemon.Configured;
import hob.daemon.Daemon;
import hob.daemon.Live;
import hob.ipc.Handlers;
import java.util.Arrays;

/// A daemon with a whole life and nothing to say: it answers what every house is asked.
final class PlantedMain {
    private PlantedMain() {}

    record PlantedConfig(
            @Doc("How much is logged.") @Default("info") @Live
            LogLevel logLevel) implements Configured {}

    /// @param args the member's word, and what any daemon is told
    static void main(String[] args) {
        var member = Arrays.stream(Family.values())
                .filter(one -> one.word().equals(args[0]))
                .findFirst()
                .orElseThrow();
        Daemon.run(member, PlantedConfig.class, Arrays.copyOfRange(args, 1, args.length), (_, _) -> Handlers.of());
    }
}
