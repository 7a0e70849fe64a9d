package hob.hand;

import hob.contract.Family;
import hob.testing.DaemonProcess;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real hob-memory, as a process of its own.
final class Memory {
    private static final String MAIN = "hob.memory.Main";

    private Memory() {}

    static DaemonProcess startIn(TempHouse house) throws IOException {
        return start(house, List.of()).awaitAnswering();
    }

    static DaemonProcess start(TempHouse house, List<String> behind) throws IOException {
        return DaemonProcess.start(house, words(house, behind));
    }

    static List<String> words(TempHouse house, List<String> behind) throws IOException {
        return DaemonProcess.words(MAIN, behind, "--config", config(house).toString());
    }

    static Path config(TempHouse house) throws IOException {
        var folder = Files.createDirectories(house.door(Family.MEMORY).resolveSibling("config"));
        var constitution = Files.writeString(folder.resolve("constitution.md"), "Tell the truth.");
        return Files.writeString(folder.resolve("memory.toml"), "constitution = \"" + constitution + "\"\n");
    }
}
