package hob.daemon;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Sends datagrams to one address, whatever becomes of a channel: an interrupt of its sender closes it, and a listener
/// that was started anew listens at another socket under the old name.
final class Datagrams implements AutoCloseable {
    private final AFUNIXSocketAddress address;
    private AFUNIXDatagramChannel channel;
    private boolean closed;

    /// @throws IOException if nobody listens there
    Datagrams(AFUNIXSocketAddress address) throws IOException {
        this.address = address;
        this.channel = connect(address);
    }

    private static AFUNIXDatagramChannel connect(AFUNIXSocketAddress address) throws IOException {
        var channel = AFUNIXDatagramChannel.open();
        try {
            channel.connect(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// In one piece, by a new channel if the old one fails. Who is interrupted sends too, and stays interrupted.
    synchronized void send(byte[] datagram, FileDescriptor... descriptors) throws IOException {
        if (closed) {
            throw new IOException("nothing is sent any more");
        }
        var interrupted = Thread.interrupted();
        try {
            try {
                write(datagram, descriptors);
            } catch (IOException e) {
                interrupted |= Thread.interrupted();
                channel.close();
                channel = connect(address);
                write(datagram, descriptors);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(byte[] datagram, FileDescriptor... descriptors) throws IOException {
        if (descriptors.length > 0) {
            channel.setOutboundFileDescriptors(descriptors);
        }
        channel.write(ByteBuffer.wrap(datagram));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
