package hob.ipc;

import hob.contract.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/// What can be seen of a member from before its door, without asking: it may not be able to answer.
public final class Doorstep {
    private Doorstep() {}

    /// The process that listens there, as the kernel knows it; empty where nobody does. A door that was kept over a
    /// restart still tells of the process that made it.
    public static OptionalLong pid(House house, Family member) {
        return pid(house.door(member));
    }

    /// The process that lives on although the name of its door is gone, at which callers knock: the door has one of its
    /// own beside it.
    public static OptionalLong pidBesideDoor(House house, Family member) {
        var door = house.door(member);
        if (Files.exists(door)) {
            return OptionalLong.empty();
        }
        try (var names = Files.newDirectoryStream(door.resolveSibling(""), Doorstep::isOwnName)) {
            for (var name : names) {
                var pid = pid(name);
                if (pid.isPresent()) {
                    return pid;
                }
            }
        } catch (IOException e) {
            // one may not look there, or it is gone meanwhile
        }
        return OptionalLong.empty();
    }

    private static boolean isOwnName(Path name) {
        return Door.OWN_NAME.matcher(String.valueOf(name.getFileName())).matches();
    }

    private static OptionalLong pid(Path socket) {
        try (var channel = AFUNIXSocketChannel.open()) {
            channel.configureBlocking(false); // so many may wait already that one more would wait too
            return channel.connect(AFUNIXSocketAddress.of(socket))
                    ? OptionalLong.of(channel.getPeerCredentials().getPid())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
