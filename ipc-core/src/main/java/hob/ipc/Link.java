package hob.ipc;

import hob.contract.Family;
import hob.ipc.Client.Asking;
import hob.ipc.Client.NotBegun;
import hob.ipc.Client.PerhapsBegun;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.ConnectionResetSocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection. The thread that asks writes and reads itself; it waits in `poll`, so that a deadline or an
/// interrupt ends the waiting without a second thread.
final class Link implements Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /// How soon a waiting thread notices that it was interrupted.
    private static final int SLICE_MS = 200;

    /// Between two tries at a door before which too many wait already.
    private static final long QUEUE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final AFUNIXSocketChannel channel;
    private final Kernel.Waiting waiting;
    private final Frames frames;
    private final Outgoing out = new Outgoing();
    private final Envelope envelope = new Envelope();
    private boolean isSound = true;
    private boolean handedOver;
    private @Nullable Asking asking;

    private Link(AFUNIXSocketChannel channel) throws IOException {
        this.channel = channel;
        this.waiting = new Kernel.Waiting(Kernel.descriptor(channel));
        this.frames = new Frames(channel, this, Limits.FRAME_BYTES_MOST, null);
    }

    static Link open(House house, Family asked, Asking asking) throws NotBegun {
        AFUNIXSocketChannel channel = null;
        try {
            channel = AFUNIXSocketChannel.open();
            connect(channel, AFUNIXSocketAddress.of(house.door(asked)), asking);
            checkServer(channel, house, asked);
            return new Link(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            LOG.debug("nobody opens at {}: {}", house.door(asked), e.getMessage());
            var folder = house.door(asked).getParent();
            if (Files.exists(folder) && !Files.isExecutable(folder)) {
                throw new Fault(
                        Fault.Code.DENIED,
                        "you may not enter " + folder
                                + ": 'usermod -aG hob NAME' lets a person in, from the next login on");
            }
            throw new NotBegun(String.valueOf(e.getMessage()), false);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /// Over a connection that is open already.
    static Link over(AFUNIXSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        return new Link(channel);
    }

    /// Without blocking: a full queue would hold a blocking connect beyond its deadline and against an interrupt.
    private static void connect(AFUNIXSocketChannel channel, AFUNIXSocketAddress address, Asking asking)
            throws IOException {
        channel.configureBlocking(false);
        while (!channel.connect(address)) {
            if (asking.left().isZero()) {
                throw new IOException("too many wait before it");
            }
            if (Thread.interrupted()) {
                throw Client.interrupted();
            }
            LockSupport.parkNanos(QUEUE_PAUSE_NANOS);
        }
    }

    private static void checkServer(AFUNIXSocketChannel channel, House house, Family asked) throws IOException {
        var uid = channel.getPeerCredentials().getUid();
        var expected = house.uidOf(asked);
        if (expected.isEmpty()) {
            throw denied(house, asked, uid, asked.user() + ", a user that this machine does not have");
        }
        if (uid != Integer.toUnsignedLong(expected.getAsInt()) && !house.isKeptBy(uid)) {
            throw denied(
                    house,
                    asked,
                    uid,
                    (house.oneUser() ? "ours" : asked.user()) + " (uid " + expected.getAsInt() + ")");
        }
    }

    private static Fault denied(House house, Family asked, long uid, String expected) {
        return new Fault(Fault.Code.DENIED, "behind " + house.door(asked) + " is uid " + uid + ", and not " + expected);
    }

    /// Whether another call can follow on this connection.
    boolean isSound() {
        return isSound;
    }

    Record carry(Asking asking) throws NotBegun, PerhapsBegun {
        this.asking = asking;
        isSound = false;
        handedOver = false;
        try {
            return exchange(asking);
        } finally {
            this.asking = null;
            frames.release(); // a link may lie idle for long, and large frames are not kept with it
            out.begin();
        }
    }

    private Record exchange(Asking asking) throws NotBegun, PerhapsBegun {
        Wire.writeCall(
                out,
                asking.type().call(),
                asking.call(),
                asking.leftMs(),
                asking.trace(),
                asking.key(),
                asking.type().callBytesMost());
        try {
            frames.write(out);
        } catch (ClosedByInterruptException e) {
            throw perhaps("nobody waited for its answer any longer"); // it may have been the last byte that was written
        } catch (IOException e) {
            throw new NotBegun("it did not take the call", false); // a frame that is not whole is no call
        }
        return answer(asking);
    }

    private Record answer(Asking asking) throws NotBegun, PerhapsBegun {
        while (true) {
            var frame = await(asking);
            var record = read(frame, asking);
            if (record instanceof FaultFrame.Error error) {
                var fault = FaultFrame.read(error);
                // Who is refused at the door was not let in, and nobody reads a next call there.
                isSound = !fault.saysNotBegun() && fault.code() != Fault.Code.DENIED;
                // "Later" amid items is not asked again: they would all come twice.
                throw handedOver && asking.key() == null ? new Fault(fault.code(), fault.getMessage()) : fault;
            }
            if (record != null || envelope.more) {
                overhear(frame, asking);
            }
            if (!envelope.more && record != null) {
                isSound = true;
                return record;
            } else if (!envelope.more) {
                throw unreadable(asking, "it is a '" + Suggestion.quoted(envelope.type) + "'");
            } else if (record != null && asking.each() != null) {
                handedOver = true;
                asking.each().accept(record);
            }
            // an item of a kind that only a newer server knows is skipped
        }
    }

    private void overhear(Frame frame, Asking asking) {
        if (asking.overheard() != null) {
            handedOver |= envelope.more;
            asking.overheard()
                    .accept(new String(frame.bytes(), frame.from(), frame.to() - frame.from(), StandardCharsets.UTF_8));
        }
    }

    private @Nullable Record read(Frame frame, Asking asking) {
        if (!asking.type().isStream()
                && frame.to() - frame.from() > asking.type().answerBytesMost()) {
            throw unreadable(asking, "it is larger than its contract says");
        }
        try {
            return Wire.read(frame, envelope, true, type -> shape(asking.type(), type));
        } catch (Fault wrong) {
            throw unreadable(asking, wrong.getMessage());
        }
    }

    /// The call itself may well have been right, and done. Asking again would bring the same.
    private static Fault unreadable(Asking asking, String why) {
        return new Fault(
                Fault.Code.UNKNOWN,
                "'" + asking.type().name() + "' was answered by what cannot be read as its answer: " + why);
    }

    private @Nullable RecordShape shape(CallType type, String name) {
        for (var item : type.items()) {
            if (name.equals(item.name())) {
                return item;
            }
        }
        if (name.equals(type.answer().name())) {
            return type.answer();
        }
        return name.equals(FaultFrame.SHAPE.name()) ? FaultFrame.SHAPE : null;
    }

    private Frame await(Asking asking) throws NotBegun, PerhapsBegun {
        try {
            var frame = frames.read();
            if (frame == null) {
                throw perhaps("it hung up without an answer");
            }
            return frame;
        } catch (Fault damaged) {
            throw unreadable(asking, damaged.getMessage());
        } catch (PerhapsBegun e) {
            throw e;
        } catch (ConnectionResetSocketException e) {
            if (handedOver) {
                throw perhaps("it hung up amid its answer");
            }
            throw new NotBegun("it ended before it read the call", false);
        } catch (EOFException e) {
            throw perhaps("it hung up amid its answer");
        } catch (IOException e) {
            throw perhaps("the connection broke: " + e.getMessage());
        }
    }

    private PerhapsBegun perhaps(String why) {
        return new PerhapsBegun(why, handedOver);
    }

    @Override
    public void untilReadable() throws PerhapsBegun {
        var asking = Objects.requireNonNull(this.asking);
        while (!waiting.readable(slice(asking))) {
            checkPatience(asking);
        }
    }

    @Override
    public void untilWritable() throws PerhapsBegun {
        var asking = Objects.requireNonNull(this.asking);
        while (!waiting.writable(slice(asking))) {
            checkPatience(asking);
        }
    }

    private void checkPatience(Asking asking) throws PerhapsBegun {
        if (Thread.currentThread().isInterrupted()) {
            throw perhaps("nobody waited for its answer any longer");
        }
        if (asking.left().isZero()) {
            throw perhaps("no answer came in time");
        }
    }

    private static int slice(Asking asking) {
        return (int) Math.min(SLICE_MS, asking.leftMs());
    }

    void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable AFUNIXSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a connection: {}", e.toString());
        }
    }
}
