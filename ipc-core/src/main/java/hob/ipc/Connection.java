package hob.ipc;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One caller's conversation: one call at a time, answers in order. Its own thread reads, works and writes; other
/// threads may only interrupt its work or shut its socket down, and only this one closes it.
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final String HUNG_UP = "the caller hung up";

    /// Why work is stopped when the grace of a drain is over.
    static final String ENDING = "the daemon is ending";

    private final Server server;
    private final AFUNIXSocketChannel channel;
    private final int descriptor;
    private final Kernel.Waiting waiting;
    private final Caller caller;
    private final boolean hasSlot;
    private final AFUNIXSocketCredentials peer;
    private final Frames frames;
    private final Outgoing out = new Outgoing();
    private final Envelope envelope = new Envelope();

    private volatile long idleSince = System.nanoTime();

    // Guarded by this: what the work may be interrupted for, and whether it may be right now.
    private @Nullable Thread worker;
    private String working = "";
    private boolean interruptible;
    private long deadline;
    private boolean isDurable;
    private boolean isGone;
    private @Nullable String stopped;

    /// @param hasSlot whether it was let in at the door, where there are only so many slots
    Connection(Server server, AFUNIXSocketChannel channel, Caller caller, boolean hasSlot) throws IOException {
        this.server = server;
        this.hasSlot = hasSlot;
        this.channel = channel;
        this.descriptor = Kernel.descriptor(channel);
        this.waiting = new Kernel.Waiting(descriptor);
        this.caller = caller;
        this.peer = channel.getPeerCredentials();
        channel.setShutdownOnClose(false); // who was not read shall see a reset, and not an end
        this.frames = new Frames(channel, Patience.OF_A_BLOCKING_SOCKET, server.frameBytesMost(), server.allowance());
    }

    Caller caller() {
        return caller;
    }

    boolean hasSlot() {
        return hasSlot;
    }

    @Override
    public void run() {
        try {
            while (serveOne()) {
                idleSince = System.nanoTime();
                out.begin(); // an idle connection keeps no large answer
            }
        } catch (Fault damaged) {
            // What was wrong with a frame of wrong length, which leaves nothing behind it to be read.
            server.meters().refused(damaged.code());
            tryToTell(damaged);
        } catch (IOException e) {
            LOG.debug("lost {}: {}", caller.name(), e.toString());
        } catch (RuntimeException e) {
            LOG.error("the connection of {} failed", caller.name(), e);
        } finally {
            frames.release();
            server.forget(this);
            close();
        }
    }

    private void tryToTell(Fault fault) {
        try {
            FaultFrame.write(out, fault);
            frames.write(out);
        } catch (IOException e) {
            LOG.debug("{} did not wait for its {}: {}", caller.name(), fault.code(), e.toString());
        }
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the connection of {}: {}", caller.name(), e.toString());
        }
    }

    private boolean serveOne() throws IOException {
        var frame = frames.read();
        if (frame == null) {
            return false;
        }
        var began = System.nanoTime();
        CallType type = null;
        Asked asked = null;
        try {
            if (server.isDraining()) {
                throw Fault.unavailable("starting anew; it was not begun", Server.RESTART);
            }
            var call = Wire.read(frame, envelope, false, this::shape);
            type = call == null ? null : server.handlers().call(envelope.type);
            if (call == null || type == null) {
                throw Fault.invalid(server.member().word() + " has no call '" + Suggestion.quoted(envelope.type) + "'"
                        + Suggestion.of(envelope.type, server.handlers().names()));
            }
            check(type, frame);
            asked = asked(type, began);
            if (waiting.hungUp()) {
                server.meters().notBegun();
                return false;
            }
            work(type, asked, call);
            server.meters().answered(type, began);
            server.callLog().answered(type.name(), caller, asked.trace(), began);
            return true;
        } catch (CallerGone gone) {
            CallLog.under(envelope.trace, LOG.atDebug()).log("{}: {}", caller.name(), gone.getMessage());
            return false;
        } catch (Fault fault) {
            log(type, asked, fault);
            tell(type, fault);
            return true;
        } catch (RuntimeException e) {
            LOG.error("a frame of {} could not be read", caller.name(), e);
            tell(type, new Fault(Fault.Code.INTERNAL, "a bug: see '" + server.journalCommand("") + "'"));
            return true;
        }
    }

    /// A bug has its line already, with its stack, and so has what the keeper of the door refused; who comes while it
    /// drains asks the next one.
    private void log(@Nullable CallType type, @Nullable Asked asked, Fault fault) {
        var isTold = switch (fault.code()) {
            case INTERNAL -> asked != null;
            case DENIED, UNAVAILABLE -> asked == null;
            default -> false;
        };
        if (!isTold) {
            var known = type == null ? server.handlers().call(envelope.type) : type;
            var name = known == null ? "a frame" : known.name();
            server.callLog().failed(name, caller, asked == null ? envelope.trace : asked.trace(), fault);
        }
    }

    private void tell(@Nullable CallType type, Fault fault) throws IOException {
        if (type == null) {
            server.meters().refused(fault.code());
        } else {
            server.meters().failed(type, fault.code());
        }
        FaultFrame.write(out, fault);
        frames.write(out);
    }

    private @Nullable RecordShape shape(String name) {
        var type = server.handlers().call(name);
        return type == null ? null : type.call();
    }

    private void check(CallType type, Frame frame) {
        if (frame.to() - frame.from() > type.callBytesMost()) {
            throw Fault.invalid(type.name() + " is " + (frame.to() - frame.from()) + " bytes long, and "
                    + type.callBytesMost() + " is the most");
        }
        server.keeper().mayAsk(caller, peer, type, envelope.trace);
        if (envelope.key != null && !type.takesKey()) {
            throw Fault.invalid(type.name() + ": 'key' is for changes; this is a query, ask it again freely");
        }
    }

    private Asked asked(CallType type, long began) {
        var left = envelope.deadlineMs > 0 ? Duration.ofMillis(envelope.deadlineMs) : type.deadline();
        return new Asked(caller, envelope.trace, envelope.key, began + left.toNanos());
    }

    private void work(CallType type, Asked asked, Record call) {
        begin(type, asked);
        try {
            asked.answering(() -> {
                server.handlers().answer(type, asked, call, new Back(type));
                return true;
            });
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            throw whatToTell(type, asked, e);
        } finally {
            end();
        }
    }

    private RuntimeException whatToTell(CallType type, Asked asked, Throwable e) {
        var isBug = !(e instanceof Fault || e instanceof CallerGone || e instanceof InterruptedException);
        if (isBug) {
            LOG.atError()
                    .addKeyValue("HOB_TRACE", asked.trace())
                    .setCause(e)
                    .log("{} of {} failed", type.name(), caller.name());
        }
        if (isGone()) {
            return new CallerGone(HUNG_UP);
        }
        var why = stopped();
        if (why != null) {
            return why.equals(ENDING) && !type.isChange()
                    ? Fault.unavailable(ENDING, Server.RESTART) // to ask the next daemon again does no harm
                    : new Fault(Fault.Code.UNKNOWN, "'" + type.name() + "' was stopped: " + why);
        }
        if (e instanceof Fault fault) {
            return asked.key() == null && type.isChange() ? fault.afterADeed(type.name()) : fault;
        }
        return new Fault(
                Fault.Code.INTERNAL, "a bug: see '" + server.journalCommand(" HOB_TRACE=" + asked.trace()) + "'");
    }

    /// The way back: while it writes, the work is not interrupted, since that would tear the frame.
    private final class Back implements Handlers.Reply {
        private final CallType type;

        Back(CallType type) {
            this.type = type;
        }

        @Override
        public void item(Record item) {
            var shape = RecordShape.of(item.getClass());
            Wire.writeAnswer(out, shape, item, true, Limits.ITEM_BYTES);
            checkNotStopped();
            send();
        }

        @Override
        public void last(Record answer) {
            Wire.writeAnswer(out, type.answer(), answer, false, type.answerBytesMost());
            send();
        }

        @Override
        public void last(byte[] answer) {
            out.fill(answer);
            send();
        }

        private void send() {
            if (!mayWrite()) {
                return;
            }
            try {
                frames.write(out);
            } catch (IOException e) {
                hungUp();
                if (!isDurable()) {
                    throw new CallerGone(HUNG_UP);
                }
            } finally {
                mayBeInterruptedAgain();
            }
        }
    }

    private synchronized void begin(CallType type, Asked asked) {
        worker = Thread.currentThread();
        working = type.name();
        interruptible = true;
        deadline = asked.deadline();
        isDurable = asked.key() != null;
        isGone = false;
        stopped = null;
        server.deadlineAt(deadline);
    }

    private synchronized void end() {
        worker = null;
        Thread.interrupted(); // meant for the work that is over
    }

    /// False where only the listening has ended: what is written down under a key goes on to its end.
    private synchronized boolean mayWrite() {
        if (isGone) {
            return false;
        }
        interruptible = false;
        Thread.interrupted();
        return true;
    }

    /// An item is not worth sending any more; an answer that came about all the same is.
    private synchronized void checkNotStopped() {
        if (stopped != null) {
            throw new CallerGone(stopped);
        }
    }

    private synchronized boolean isGone() {
        return isGone;
    }

    private synchronized boolean isDurable() {
        return isDurable;
    }

    private synchronized void mayBeInterruptedAgain() {
        interruptible = true;
        if (stopped != null) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable String stopped() {
        return stopped;
    }

    /// Nobody listens any more: that ends the work, unless a key stands for it.
    synchronized void hungUp() {
        isGone = true;
        if (!isDurable) {
            stop(HUNG_UP);
        }
    }

    /// Ends the work that is going on here, if any.
    synchronized void stop(String why) {
        if (worker != null && stopped == null) {
            stopped = why;
            if (interruptible) {
                worker.interrupt();
            }
        }
    }

    /// Until when its work may take; `Long.MAX_VALUE` where there is none, or none any more.
    synchronized long workUntil() {
        return worker == null || stopped != null ? Long.MAX_VALUE : deadline;
    }

    /// What works here so long after its deadline that it will not end by itself any more; null where nothing does.
    synchronized @Nullable String overstays(long now) {
        var late = now - deadline;
        return worker == null || late < Limits.OVERSTAY.toNanos()
                ? null
                : "'" + working + "' of " + caller.name() + " works on "
                        + Duration.ofNanos(late).toSeconds() + " s after its deadline, and cannot be stopped";
    }

    synchronized boolean isWorking() {
        return worker != null;
    }

    int descriptor() {
        return descriptor;
    }

    /// What this connection has been doing for too long, or null.
    @Nullable
    String overdue(long now, Limits limits) {
        var readingSince = frames.readingSince();
        if (readingSince != 0 && now - readingSince > limits.frameTime().toNanos()) {
            return "a frame was not complete within " + limits.frameTime();
        }
        var writingSince = frames.writingSince();
        if (writingSince != 0 && now - writingSince > limits.writeTime().toNanos()) {
            return "an answer was not read within " + limits.writeTime();
        }
        return null;
    }

    /// Whether nobody has used it for so long that it is to be given back.
    boolean isIdle(long now, Limits limits) {
        return !isWorking()
                && frames.readingSince() == 0
                && now - idleSince > limits.idleTime().toNanos();
    }

    /// Wakes whoever waits at this socket, in either direction. The owner then closes it.
    void shutDown(boolean bothWays) {
        try {
            channel.shutdownInput();
            if (bothWays) {
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("{} was gone already: {}", caller.name(), e.toString());
        }
    }
}
