package hob.hand;

import hob.contract.Family;
import hob.contract.Rooms;
import hob.testing.TempHouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Types commands in a house, and reads what is said. Everything is real but the process: starting one for each of a
/// hundred commands would take minutes.
final class Typist {
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private Terminal terminal = Terminal.NONE;
    private Path installed = Path.of("/nowhere/run/hob");
    private Function<Family, List<Class<?>>> rooms = Rooms::of;
    private InstantSource clock = InstantSource.system();

    record Said(Exit exit, String out, String err) {}

    static Typist in(TempHouse house) {
        return in(house.house().folder());
    }

    static Typist in(Path house) {
        return nowhere().with(Houses.VARIABLE, house.toString());
    }

    static Typist nowhere() {
        return new Typist();
    }

    Typist with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Typist input(String text) {
        input = text;
        return this;
    }

    Typist at(Terminal screen) {
        terminal = screen;
        return this;
    }

    Typist installed(Path folder) {
        installed = folder;
        return this;
    }

    Typist knowing(Class<?>... contracts) {
        rooms = _ -> List.of(contracts);
        return this;
    }

    Typist when(Instant now) {
        clock = InstantSource.fixed(now);
        return this;
    }

    Said types(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                terminal,
                installed,
                rooms,
                clock,
                () -> ZoneOffset.UTC);
        var exit = new Hand(surroundings).run(() -> List.of(words));
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
