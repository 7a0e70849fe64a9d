package hob.testing;

import hob.contract.Family;
import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Part;
import hob.ipc.Client;
import hob.ipc.Door;
import hob.ipc.Handlers;
import hob.ipc.House;
import hob.ipc.Limits;
import hob.ipc.Meters;
import hob.ipc.Server;
import hob.ipc.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A house of one user in a temporary folder, with real doors. Closes what was opened in it, last first, and goes away.
public final class TempHouse implements AutoCloseable {
    private final Path folder;
    private final House house;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /// The level that a daemon here was last told to log at.
    public final AtomicReference<LogLevel> logLevel = new AtomicReference<>(LogLevel.INFO);

    /// What the daemons here say of their parts.
    public final AtomicReference<List<Part>> parts = new AtomicReference<>(List.of(Part.well("bench")));

    public TempHouse() {
        try {
            folder = Files.createTempDirectory("hob"); // short: a socket's path has 107 bytes
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        house = House.ofOneUser(folder);
    }

    public House house() {
        return house;
    }

    /// Where the door of a member is, or will be.
    public Path door(Family member) {
        var door = house.door(member);
        try {
            Files.createDirectories(door.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return door;
    }

    public Server serve(Family member, Handlers<?> handlers) {
        return serve(member, handlers, Limits.DEFAULT, new Meters());
    }

    public Server serve(Family member, Handlers<?> handlers, Limits limits, Meters meters) {
        door(member);
        var upkeep = new Upkeep("0.0.0-test", parts::get, logLevel::set);
        try {
            return keep(Server.open(house, member, Door.make(house, member), handlers, upkeep, limits, meters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Client client(Family asked) {
        return keep(new Client(house, asked));
    }

    public <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the house did not close", e);
            }
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
