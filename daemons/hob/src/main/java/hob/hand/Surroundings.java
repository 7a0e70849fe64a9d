package hob.hand;

import hob.contract.Family;
import hob.contract.Rooms;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// All that a command meets: nothing else in here looks at the process, so that a test can be the surroundings too.
///
/// @param installed where the house of the machine is
/// @param rooms what each member can be asked
/// @param zone is looked for only where a time is told: to read the rules of all zones takes as long as a question does
record Surroundings(
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Terminal terminal,
        Path installed,
        Function<Family, List<Class<?>>> rooms,
        InstantSource clock,
        Supplier<ZoneId> zone) {
    static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminal.ofThisProcess(),
                Path.of("/run/hob"),
                Rooms::of,
                InstantSource.system(),
                ZoneId::systemDefault);
    }

    Surroundings with(Map<String, String> environment) {
        return new Surroundings(environment, in, out, err, terminal, installed, rooms, clock, zone);
    }

    /// How wide a line may be; 0 where it may be as long as it likes, as in a file.
    int columns() {
        var named = environment.getOrDefault("COLUMNS", "");
        var columns = named.matches("[1-9]\\d{0,4}") ? Integer.parseInt(named) : terminal.columns();
        return columns == 0 ? 0 : Math.max(columns, Terminal.COLUMNS_LEAST);
    }
}
