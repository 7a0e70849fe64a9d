package hob.up;

import hob.contract.Family;
import hob.contract.HouseCall;
import hob.ipc.Client;
import hob.ipc.House;
import java.nio.file.Path;
import java.util.Arrays;

/// Asks one member for a sign of life: the least that a client can do, for the bench of starts.
final class Ping {
    private Ping() {}

    /// @param args `ping` and the member's word, as of the `hob` command; the house is `HOB_RUNTIME_DIR`
    static void main(String[] args) {
        var house = House.ofOneUser(Path.of(System.getenv("HOB_RUNTIME_DIR")));
        var member = Arrays.stream(Family.values())
                .filter(family -> family.word().equals(args[1]))
                .findFirst()
                .orElseThrow();
        try (var client = new Client(house, member)) {
            System.out.println(client.ask(new HouseCall.Ping()));
        }
    }
}
