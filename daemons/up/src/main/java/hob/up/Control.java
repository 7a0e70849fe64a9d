package hob.up;

import hob.contract.Family;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Where `scripts/dev again` knocks: a datagram names a member, which is started from the newest release; another one
/// back says how that went.
final class Control implements AutoCloseable {
    private final Map<Family, Member> members;
    private final Console console;
    private final AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();

    private Control(Map<Family, Member> members, Console console) throws IOException {
        this.members = members;
        this.console = console;
    }

    static Control open(Path house, Map<Family, Member> members, Console console) throws IOException {
        var control = new Control(members, console);
        Files.deleteIfExists(at(house));
        control.channel.bind(AFUNIXSocketAddress.of(at(house)));
        Thread.ofPlatform().daemon().name("control").start(control::listen);
        return control;
    }

    static Path at(Path house) {
        return house.resolve("up/control");
    }

    private void listen() {
        var buffer = ByteBuffer.allocate(100);
        try {
            while (true) {
                var asker = channel.receive(buffer.clear());
                if (asker == null) {
                    continue; // it is being closed
                }
                obey(StandardCharsets.UTF_8.decode(buffer.flip()).toString(), asker);
            }
        } catch (IOException e) {
            // closed, at the end
        }
    }

    private void obey(String word, SocketAddress asker) {
        members.values().stream()
                .filter(member -> member.family().word().equals(word))
                .findFirst()
                .ifPresentOrElse(
                        member -> member.again(outcome -> answer(asker, outcome)),
                        () -> answer(
                                asker,
                                "there was no " + word
                                        + " yet when the house came up: 'scripts/down', then 'scripts/up'"));
    }

    private void answer(SocketAddress asker, String sentence) {
        try {
            channel.send(ByteBuffer.wrap(sentence.getBytes(StandardCharsets.UTF_8)), asker);
        } catch (IOException e) {
            console.say("whoever wanted to know is gone: " + sentence);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
