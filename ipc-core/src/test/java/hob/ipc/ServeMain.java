package hob.ipc;

import hob.contract.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A process that serves doors until its input ends: `FOLDER MEMBER...`, in a house of members, or in one of one user
/// where the member is written as `MEMBER:alone`.
final class ServeMain {
    private ServeMain() {}

    static void main(String[] args) throws Exception {
        var servers = new ArrayList<Server>();
        for (var word : Arrays.asList(args).subList(1, args.length)) {
            var member = Family.valueOf(word.split(":", 2)[0]);
            var house = word.endsWith(":alone") ? House.ofOneUser(Path.of(args[0])) : House.ofMembers(Path.of(args[0]));
            var upkeep = new Upkeep("0.0.0-test", List::of, _ -> {});
            servers.add(Server.open(
                    house, member, Door.make(house, member), Rooms.of(member), upkeep, Limits.DEFAULT, new Meters()));
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // its end is the sign
        }
        servers.forEach(Server::close);
    }
}
