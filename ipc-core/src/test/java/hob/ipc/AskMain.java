package hob.ipc;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.Ping;
import hob.ipc.Client.Manner;
import hob.ipc.Rooms.Reading.Read;
import hob.ipc.Rooms.Thinking.Think;
import hob.ipc.Rooms.Thinking.Tick;
import hob.ipc.Rooms.Writing.Scribble;
import hob.ipc.Rooms.Writing.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// A process that asks, and prints a line with what came of it for each word: `FOLDER MEMBER:call...`, or
/// `MEMBER:call:100` to ask so often.
final class AskMain {
    private static final Map<String, Call<?>> CALLS = Map.of(
            "ping", new Ping(),
            "health", new Health(),
            "think", new Think(),
            "tick", new Tick(),
            "write", new Write(),
            "scribble", new Scribble(),
            "read", new Read());

    /// A dozen virtual machines that start at once on a small box let each other wait.
    private static final Manner PATIENTLY = Manner.USUAL.within(Duration.ofSeconds(30));

    private AskMain() {}

    static void main(String[] args) {
        var house = House.ofMembers(Path.of(args[0]));
        for (var word : Arrays.asList(args).subList(1, args.length)) {
            var parts = word.split(":", -1);
            var outcome = "";
            for (int i = parts.length == 2 ? 1 : Integer.parseInt(parts[2]); i > 0; i--) {
                outcome = ask(house, Family.valueOf(parts[0]), Objects.requireNonNull(CALLS.get(parts[1]), word));
            }
            System.out.println(word + " " + outcome);
        }
    }

    private static String ask(House house, Family asked, Call<?> call) {
        try (var client = new Client(house, asked)) {
            return "OK " + client.ask(call, PATIENTLY);
        } catch (Fault fault) {
            return fault.code() + " " + fault.getMessage();
        }
    }
}
