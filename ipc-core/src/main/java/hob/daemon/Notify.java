package hob.daemon;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd how it goes: datagrams of `NAME=value` lines to `$NOTIFY_SOCKET`, a path or an abstract name. Where
/// nobody asked to be told, it says nothing.
public final class Notify implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notify.class);

    /// systemd throws a datagram away that has more than 4096 bytes, and a character may have three.
    private static final int STATUS_CHARS_MOST = 1000;

    /// Where nobody is to be told.
    static final Notify NOBODY = new Notify(null);

    private final @Nullable Datagrams systemd;

    private Notify(@Nullable Datagrams systemd) {
        this.systemd = systemd;
    }

    /// Finds whom to tell.
    ///
    /// @param socket what `$NOTIFY_SOCKET` says, or null
    public static Notify to(@Nullable String socket) throws IOException {
        if (socket == null || socket.isEmpty()) {
            return NOBODY;
        }
        try {
            return new Notify(new Datagrams(address(socket)));
        } catch (IOException | RuntimeException e) {
            throw new IOException("cannot tell systemd anything at NOTIFY_SOCKET=" + socket + ": " + e.getMessage(), e);
        }
    }

    private static AFUNIXSocketAddress address(String socket) throws IOException {
        return socket.startsWith("@")
                ? AFUNIXSocketAddress.inAbstractNamespace(socket.substring(1))
                : AFUNIXSocketAddress.of(Path.of(socket));
    }

    /// It answers now. What those it asks are doing is a matter of `health`.
    public void ready(String status) {
        send("READY=1\nSTATUS=" + oneLine(status));
    }

    public void status(String status) {
        send("STATUS=" + oneLine(status));
    }

    /// `READY=1` follows when it is done.
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicroseconds());
    }

    public void stopping() {
        send("STOPPING=1");
    }

    public void alive() {
        send("WATCHDOG=1");
    }

    /// systemd counts in CLOCK_MONOTONIC, which is what `nanoTime` is on Linux.
    private static long monotonicMicroseconds() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }

    private static String oneLine(String text) {
        return text.substring(0, Math.min(text.length(), STATUS_CHARS_MOST)).replace('\n', ' ');
    }

    /// Gives systemd a descriptor to keep over a restart, under a name.
    public void keep(FileDescriptor descriptor, String name) {
        send("FDSTORE=1\nFDNAME=" + name + "\nFDPOLL=0", descriptor);
    }

    /// What was kept under this name is out of date.
    public void letGo(String name) {
        send("FDSTOREREMOVE=1\nFDNAME=" + name);
    }

    /// Whether anyone listens.
    public boolean isHeard() {
        return systemd != null;
    }

    private void send(String lines, FileDescriptor... descriptors) {
        if (systemd == null) {
            return;
        }
        try {
            systemd.send(lines.getBytes(StandardCharsets.UTF_8), descriptors);
        } catch (IOException e) {
            // It will restart us if it cares; there is nothing better to do than to go on.
            LOG.warn("systemd does not hear {}: {}", lines.lines().findFirst().orElse(""), e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        if (systemd != null) {
            systemd.close();
        }
    }
}
