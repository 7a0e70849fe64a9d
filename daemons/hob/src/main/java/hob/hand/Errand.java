package hob.hand;

import hob.contract.Family;
import hob.ipc.CallType;
import hob.ipc.Client;
import hob.ipc.Fault;
import hob.ipc.House;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One command on its way: what it was told, whom it may ask, and where it says what it found.
record Errand(Surroundings surroundings, Options options, Out out) {
    /// Long enough for a member that is just starting to make its door; who waits longer should be told.
    private static final Duration KNOCKING = Duration.ofSeconds(1);

    /// @throws Refused where there is no house
    House house() {
        return Houses.find(surroundings);
    }

    Client client(Family member) {
        var house = house();
        if (!isHere(house, member)) {
            var folder = house.door(member).getParent();
            throw new Refused(
                    Exit.UNAVAILABLE,
                    DoorFolders.isGone(house, member)
                            ? folder + " is gone, and with it the door of " + member.word() + ": '"
                                    + DoorFolders.make(member) + "' makes it anew"
                            : member.word() + " is not in this house: there is no " + folder + " (here: " + here(house)
                                    + ")");
        }
        return new Client(house, member, KNOCKING);
    }

    /// As a person should hear it: in the words that are typed, and as it is true in a house that `scripts/up` looks
    /// after. Below its first line stands what others wrote.
    Fault told(Family member, Fault fault) {
        var lines = fault.getMessage().split("\n", 2);
        var sentence = Names.asTyped(lines[0], names(member));
        if (fault.code() == Fault.Code.UNAVAILABLE) {
            sentence = new Remedy(house()).inPlaceOfStarting(member, sentence);
        }
        return new Fault(fault.code(), lines.length == 1 ? sentence : sentence + "\n" + lines[1]);
    }

    private Set<String> names(Family member) {
        var names = new HashSet<String>();
        for (var call : calls(member)) {
            names.add(call.name());
            call.call().fields().forEach(field -> names.add(field.name()));
        }
        return names;
    }

    static boolean isHere(House house, Family member) {
        return Files.exists(house.door(member).getParent());
    }

    private static String here(House house) {
        var here = Arrays.stream(Family.values())
                .filter(member -> isHere(house, member))
                .map(Family::word)
                .collect(Collectors.joining(", "));
        return here.isEmpty() ? "nobody" : here;
    }

    List<CallType> calls(Family member) {
        return surroundings.rooms().apply(member).stream()
                .flatMap(room -> CallType.in(room).stream())
                .toList();
    }

    static Family member(String word) {
        for (var member : Family.values()) {
            if (member.word().equals(Names.kebab(word))) {
                return member;
            }
        }
        var words = Arrays.stream(Family.values()).map(Family::word).toList();
        throw Refused.usage("nobody in the family is called " + Names.quoted(word) + Names.suggestion(word, words)
                + " (" + String.join(", ", words) + ")");
    }

    /// Looks for the one that is named first, and reads the others only to say what was meant.
    CallType call(Family member, String name) {
        for (var room : surroundings.rooms().apply(member)) {
            var call = CallType.named(room, Names.snake(name));
            if (call != null) {
                return call;
            }
        }
        throw Refused.usage(member.word() + " has no call " + Names.quoted(name)
                + Names.suggestion(
                        name, calls(member).stream().map(CallType::name).toList())
                + " ('hob describe " + member.word() + "' lists them)");
    }

    Paint paint() {
        return Paint.on(surroundings, options.colour());
    }

    Shown shown() {
        return new Shown(
                paint(), surroundings.columns(), new Times(surroundings.clock().instant(), surroundings.zone()));
    }
}
