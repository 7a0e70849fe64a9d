package hob.memory;

import hob.contract.Family;
import hob.testing.DaemonProcess;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How hob-memory is started as a process of its own, in a private house.
final class MemoryProcess {
    private MemoryProcess() {}

    /// The words that run it, behind others such as those that enter a namespace.
    static List<String> words(List<String> behind, String... args) {
        return DaemonProcess.words(Main.class.getName(), behind, args);
    }

    static DaemonProcess startIn(TempHouse house) throws IOException {
        return DaemonProcess.start(
                house, words(List.of(), "--config", config(house).toString()));
    }

    /// A config with a constitution of its own: that of this machine is nobody's business here.
    static Path config(TempHouse house) throws IOException {
        var folder = house.door(Family.MEMORY).resolveSibling("config");
        var file = folder.resolve("memory.toml");
        if (Files.notExists(file)) {
            Files.createDirectories(folder);
            var constitution = Files.writeString(folder.resolve("constitution.md"), "Tell the truth.");
            Files.writeString(file, "constitution = \"" + constitution + "\"\n");
        }
        return file;
    }
}
