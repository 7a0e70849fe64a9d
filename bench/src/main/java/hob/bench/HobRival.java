package hob.bench;

import hob.bench.Shelf.Fetch;
import hob.bench.Shelf.Fetched;
import hob.contract.Family;
import hob.ipc.Client;
import hob.ipc.Door;
import hob.ipc.Handlers;
import hob.ipc.House;
import hob.ipc.Limits;
import hob.ipc.Meters;
import hob.ipc.Server;
import hob.ipc.Upkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A typed client and a typed handler, with all that lies between: the thing itself.
final class HobRival implements Rival {
    private final Map<Integer, Fetch> calls = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    @Override
    public void serve(Path door) throws IOException {
        var house = House.ofOneUser(door);
        Files.createDirectories(house.door(Family.MEMORY).getParent());
        Server.open(
                house,
                Family.MEMORY,
                Door.make(house, Family.MEMORY),
                Handlers.of(Shelf.class).on(Fetch.class, this::fetch),
                new Upkeep("bench", List::of, _ -> {}),
                Limits.DEFAULT,
                new Meters());
    }

    private Fetched fetch(Fetch call) {
        var text = texts.computeIfAbsent(
                call.frameBytes(), bytes -> Fetched.ofFrame(bytes).text());
        return new Fetched(text, call.limit(), true);
    }

    @Override
    public Asker connect(Path door) {
        var client = new Client(House.ofOneUser(door), Family.MEMORY);
        return new Asker() {
            @Override
            public void call(int bytes) {
                var answer = client.ask(calls.computeIfAbsent(bytes, Fetch::ofFrame));
                Rival.check(bytes, answer.frameBytes());
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
