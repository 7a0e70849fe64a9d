package hob.up;

import hob.contract.Family;
import hob.daemon.Mains;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The members that are there, in the order of the family: each starts when those it asks have come up, and they are
/// drained the other way round.
final class Household {
    /// Waits for the start.
    interface Listener {
        /// All have come up, or failed to.
        ///
        /// @param notUp the words of those that failed to come up, or nothing
        void started(String notUp) throws IOException;
    }

    private final Path house;
    private final Path releases;
    private final Console console;
    private final Map<Family, Member> members = new EnumMap<>(Family.class);
    private final Control control;
    private final Cache cache;
    private final long began = System.nanoTime();
    private final Thread firstLook;

    /// @param releases the link to the newest
    /// @param whenStarted is told once
    Household(Path house, Path releases, Console console, Listener whenStarted) throws IOException {
        this.house = house;
        this.releases = releases;
        this.console = console;
        for (var folder : List.of("up", "config", "log")) {
            Folders.make(house.resolve(folder));
        }
        for (var family : Mains.here()) {
            members.put(family, new Member(family, house, releases, asked(family), console));
        }
        control = Control.open(house, members, console);
        cache = new Cache(house, releases, console);
        firstLook = Thread.ofPlatform().daemon().name("first look").unstarted(() -> look(whenStarted));
    }

    /// They stand before it in the family; some may not have been written yet.
    private List<Member> asked(Family family) {
        return members.entrySet().stream()
                .filter(other -> family.asks().contains(other.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    void start() {
        members.values().forEach(Member::start);
        firstLook.start();
    }

    private void look(Listener whenStarted) {
        try {
            for (var member : members.values()) {
                member.awaitSettled();
            }
            tellHowItIs();
            if (isReady(Family.MEMORY)) {
                new FirstCall(house, releases, console).show();
            }
            whenStarted.started(words(false));
            cache.makeIfMissing();
        } catch (InterruptedException e) {
            // it is over before it has begun
        } catch (IOException e) {
            console.say("whoever waits for the start cannot be told how it went: " + e.getMessage());
        }
    }

    private void tellHowItIs() {
        var ready = words(true);
        var failed = words(false);
        console.say(
                (ready.isEmpty() ? "nobody answers" : "the house is up, after " + Seconds.since(began) + ": " + ready)
                        + (failed.isEmpty() ? "" : "; not up: " + failed));
    }

    private boolean isReady(Family family) {
        var member = members.get(family);
        return member != null && member.isReady();
    }

    private String words(boolean ready) {
        return members.values().stream()
                .filter(member -> member.isReady() == ready)
                .map(member -> member.family().word())
                .collect(Collectors.joining(", "));
    }

    void end() throws IOException, InterruptedException {
        var began = System.nanoTime();
        firstLook.interrupt();
        control.close();
        for (var member : new ArrayList<>(members.values()).reversed()) {
            member.end();
        }
        firstLook.join();
        console.say("the house is down, after " + Seconds.since(began));
    }
}
