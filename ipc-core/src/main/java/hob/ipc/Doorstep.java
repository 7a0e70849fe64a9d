package hob.ipc;

import hob.contract.Family;
import java.io.IOException;
import java.util.OptionalLong;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/// What can be seen of a member from before its door, without asking: it may not be able to answer.
public final class Doorstep {
    private Doorstep() {}

    /// The process that listens there, as the kernel knows it; empty where nobody does. A door that was kept over a
    /// restart still tells of the process that made it.
    public static OptionalLong pid(House house, Family member) {
        try (var channel = AFUNIXSocketChannel.open()) {
            channel.configureBlocking(false); // so many may wait already that one more would wait too
            return channel.connect(AFUNIXSocketAddress.of(house.door(member)))
                    ? OptionalLong.of(channel.getPeerCredentials().getPid())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
