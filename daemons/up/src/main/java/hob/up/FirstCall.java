package hob.up;

import hob.contract.Family;
import hob.contract.MemoryBlocks.Blocks;
import hob.contract.MemoryBlocks.CoreBlock;
import hob.ipc.Client;
import hob.ipc.Fault;
import hob.ipc.House;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to try next, and the first answer as an example: by the `hob` command where it is there, and otherwise by a
/// client of our own.
final class FirstCall {
    private static final String COMMAND = "hob.hand.Main";

    /// It is an example, and what else there is to say should stay in sight.
    private static final int LINES_MOST = 5;

    private final Path house;
    private final Path releases;
    private final Console console;

    FirstCall(Path house, Path releases, Console console) {
        this.house = house;
        this.releases = releases;
        this.console = console;
    }

    /// To be called by a thread that outlives the call: see `Leash`.
    void show() throws InterruptedException {
        if (hasCommand()) {
            showCommand();
        } else {
            showOwn();
        }
        console.say("what can be asked stands in docs/ipc; 'scripts/dev again memory' starts it from changed sources");
    }

    static boolean hasCommand() {
        return FirstCall.class.getResource("/" + COMMAND.replace('.', '/') + ".class") != null;
    }

    private void showCommand() throws InterruptedException {
        console.say("$ scripts/hob memory blocks");
        try {
            var temporary = house.resolve("up/call-tmp");
            Folders.makeEmpty(temporary);
            var words = Release.newest(releases).java(temporary, COMMAND, "memory", "blocks");
            var process = Leash.start(words, Map.of("HOB_RUNTIME_DIR", house.toString(), "NO_COLOR", "1"));
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                var answer = lines.lines().toList();
                process.waitFor();
                if (Thread.interrupted()) {
                    throw new InterruptedException(); // the house is ending, and what was answered is no example
                }
                show(answer);
            }
        } catch (IOException e) {
            console.say("that did not work: " + e.getMessage());
        }
    }

    private void show(List<String> answer) {
        answer.stream().limit(LINES_MOST).forEach(line -> console.say("  " + line));
        if (answer.size() > LINES_MOST) {
            console.say("  ... and " + (answer.size() - LINES_MOST) + " lines more");
        }
    }

    private void showOwn() {
        var oneUser = House.ofOneUser(house);
        console.say("$ docs/clients/hob.py " + oneUser.door(Family.MEMORY) + " '{\"type\":\"blocks\"}'");
        try (var memory = new Client(oneUser, Family.MEMORY)) {
            memory.ask(new Blocks()).blocks().forEach(block -> console.say("  " + words(block)));
        } catch (Fault fault) {
            console.say("memory did not answer: " + fault.getMessage());
        }
    }

    private static String words(CoreBlock block) {
        var line =
                block.text().lines().filter(text -> !text.isBlank()).findFirst().orElse("");
        return block.name() + ": " + (line.length() > 80 ? line.substring(0, 80) + " ..." : line);
    }
}
