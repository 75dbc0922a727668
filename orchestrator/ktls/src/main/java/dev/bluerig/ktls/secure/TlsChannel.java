package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.Connection.TlsState;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.bouncycastle.tls.AlertDescription;

/// A connection after its handshake: payload goes through records, made by the kernel or here. One thread may send while another receives.
/// Buffers are direct.
public final class TlsChannel implements AutoCloseable {
    /// Who makes the records of a direction, as in the protocol.
    /// In a `TlsState`: handled in the program.
    public static final String USER_SPACE = TlsConf.PROGRAM.text();

    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int DROPPED = 1 << 12;
    private static final byte WARNING = 1;
    private static final byte FATAL = 2;

    private final Connection connection;
    private final NegotiatedKeys agreed;
    private final KernelHandover handover;
    private final ControlRecords controls;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private boolean finished;
    private volatile boolean peerFinished;
    private volatile Optional<PairFailed> failure = Optional.empty();

    private TlsChannel(Connection connection, NegotiatedKeys agreed, KernelHandover handover) {
        this.connection = connection;
        this.agreed = agreed;
        this.handover = handover;
        this.controls = new ControlRecords(agreed.receive().version());
    }

    /// As below, with a limit of 30 seconds.
    public static TlsChannel open(Connection connection, TlsRequest wanted) throws PairFailed {
        return open(connection, wanted, HANDSHAKE_LIMIT);
    }

    /// Shakes hands and hands the keys over. After a failure the connection is closed, and the peer has had the chance to read why.
    public static TlsChannel open(Connection connection, TlsRequest wanted, Duration limit) throws PairFailed {
        NegotiatedKeys agreed = Handshake.run(connection, wanted, limit);
        try {
            return new TlsChannel(connection, agreed, KernelHandover.of(connection, wanted, agreed));
        } catch (PairFailed refused) {
            connection.close();
            throw refused;
        }
    }

    /// All bytes of the buffer.
    public void send(ByteBuffer bytes) throws PairFailed {
        sending(outgoing -> outgoing.send(bytes));
    }

    /// All these bytes of the file, which stays open until another one is named or the channel is closed.
    public void sendFile(Path file, long from, long bytes) throws PairFailed {
        sending(outgoing -> outgoing.sendFile(file, from, bytes));
    }

    /// Sends close_notify, once: nothing more is sent; receiving goes on.
    public void finish() throws PairFailed {
        sending.lock();
        try {
            if (finished) return;
            sending(outgoing -> outgoing.control(RecordType.ALERT, alert(WARNING, AlertDescription.close_notify)));
            finished = true;
        } finally {
            sending.unlock();
        }
    }

    private interface Sending {
        void with(OutgoingRecords outgoing) throws SystemFailure, IOException;
    }

    private void sending(Sending step) throws PairFailed {
        PairFailed stopped;
        sending.lock();
        try {
            if (finished) throw new IllegalStateException("nothing can be sent after close_notify");
            step.with(handover.outgoing());
            return;
        } catch (SystemFailure refused) {
            stopped = SystemFailures.sending(refused);
        } catch (IOException file) {
            stopped = new PairFailed(AgentCode.OTHER, "sending a file failed: " + file.getMessage());
        } finally {
            sending.unlock();
        }
        PairFailed said = stopped.code() == AgentCode.PEER_STOPPED ? lastWords(stopped) : stopped;
        failure = Optional.of(said);
        throw said;
    }

    /// A peer that gives up sends an alert before it resets the connection; that alert says more than the reset, and can still be read.
    private PairFailed lastWords(PairFailed stopped) {
        try {
            if (!receiving.tryLock(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) return stopped;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return stopped;
        }
        try (StepDeadline deadline = new StepDeadline(connection, LAST_WORDS)) {
            ByteBuffer dropped = ByteBuffer.allocateDirect(DROPPED);
            while (failure.isEmpty() && !peerFinished && !deadline.passed()) receive(dropped.clear());
            return failure.orElse(stopped);
        } catch (PairFailed said) {
            return said.code() == AgentCode.PEER_ALERT ? said : stopped;
        } finally {
            receiving.unlock();
        }
    }

    /// At least one byte of payload into the buffer's free space; -1 after the peer's close_notify.
    public int receive(ByteBuffer into) throws PairFailed {
        if (!into.hasRemaining()) throw new IllegalArgumentException("no room to receive into");
        receiving.lock();
        try {
            while (!peerFinished) {
                int start = into.position();
                Received came = handover.incoming().receive(into);
                if (came.bytes() < 0) throw new PairFailed(AgentCode.PEER_STOPPED, "the peer closed the connection without close_notify");
                if (came.type() == RecordType.PAYLOAD && came.bytes() > 0) return came.bytes();
                if (came.type() != RecordType.PAYLOAD) peerFinished = controls.closes(came.type(), into.duplicate().flip().position(start));
                into.position(start);
            }
            return -1;
        } catch (PairFailed failed) {
            failure = Optional.of(failed);
            complain(failed.code());
            throw failed;
        } finally {
            receiving.unlock();
        }
    }

    /// Tells the peer why its record is not taken, unless a sender is at work: then the end of the connection must do.
    private void complain(AgentCode code) {
        boolean ours = code == AgentCode.RECORD_CORRUPT || code == AgentCode.PEER_KEY_UPDATE || code == AgentCode.OTHER;
        if (!ours || !sending.tryLock()) return;
        try {
            short description = code == AgentCode.RECORD_CORRUPT ? AlertDescription.bad_record_mac : AlertDescription.unexpected_message;
            if (!finished) handover.outgoing().control(RecordType.ALERT, alert(FATAL, description));
            finished = true;
        } catch (SystemFailure gone) {
            // the peer will see the end of the connection
        } finally {
            sending.unlock();
        }
    }

    private static ByteBuffer alert(byte level, short description) {
        return ByteBuffer.allocateDirect(2).put(level).put((byte) description).flip();
    }

    /// `1.2` or `1.3`.
    public String version() {
        return agreed.transmit().version().text();
    }

    /// As `Cipher.text`.
    public String cipher() {
        return agreed.transmit().cipher().text();
    }

    /// Who encrypts what is sent.
    public TlsSettings.RecordHandler transmit() {
        return switch (handover.outgoing()) {
            case OutgoingRecords.ByKernel kernel -> TlsSettings.RecordHandler.KERNEL;
            case OutgoingRecords.InProgram program -> TlsSettings.RecordHandler.USER_SPACE;
        };
    }

    /// Who decrypts what is received.
    public TlsSettings.RecordHandler receive() {
        return switch (handover.incoming()) {
            case IncomingRecords.ByKernel kernel -> TlsSettings.RecordHandler.KERNEL;
            case IncomingRecords.InProgram program -> TlsSettings.RecordHandler.USER_SPACE;
        };
    }

    /// Why a direction that the kernel was wanted for is in user space; empty when none is.
    public String reason() {
        return handover.reason();
    }

    /// The kernel's word for directions that it holds; `user-space` and the agent's own sequence numbers for those held here.
    public TlsState state() throws SystemFailure {
        boolean asked = transmit() == TlsSettings.RecordHandler.KERNEL || receive() == TlsSettings.RecordHandler.KERNEL;
        TlsState kernel = asked ? connection.state() : new TlsState(USER_SPACE, USER_SPACE, version(), cipher(), -1, -1);
        String transmit = kernel.transmit();
        String receive = kernel.receive();
        long transmitted = kernel.transmitted();
        long received = kernel.received();
        if (handover.outgoing() instanceof OutgoingRecords.InProgram program) {
            transmit = USER_SPACE;
            transmitted = program.sealer().sequence();
        }
        if (handover.incoming() instanceof IncomingRecords.InProgram program) {
            receive = USER_SPACE;
            received = program.opener().sequence();
        }
        return new TlsState(transmit, receive, kernel.version(), kernel.cipher(), transmitted, received);
    }

    /// Records sent after the handshake; -1 when the kernel counts them and will not say.
    public long recordsSent() {
        return counted(TlsState::transmitted, agreed.transmit());
    }

    /// Records received after the handshake; -1 when the kernel counts them and will not say.
    public long recordsReceived() {
        return counted(TlsState::received, agreed.receive());
    }

    private long counted(ToLongFunction<TlsState> half, RecordKeys first) {
        try {
            long next = half.applyAsLong(state());
            return next < 0 ? -1 : next - first.sequence();
        } catch (SystemFailure silent) {
            return -1;
        }
    }

    public Connection connection() {
        return connection;
    }

    /// Sends close_notify, waits up to five seconds for the peer's (what still comes is dropped), and closes the connection in any case.
    /// `PEER_STOPPED` when the peer ended without close_notify or did not answer. After a failure that was already thrown it only closes
    /// the connection.
    @Override
    public void close() throws PairFailed {
        close(CLOSE_LIMIT);
    }

    /// As above, with another limit.
    public void close(Duration limit) throws PairFailed {
        if (failure.isPresent()) {
            abort();
            return;
        }
        try (StepDeadline deadline = new StepDeadline(connection, limit)) {
            try {
                finish();
                ByteBuffer dropped = ByteBuffer.allocateDirect(DROPPED);
                while (receive(dropped.clear()) >= 0) dropped.clear();
            } catch (PairFailed failed) {
                if (!deadline.passed()) throw failed;
                throw new PairFailed(AgentCode.PEER_STOPPED, "the peer did not answer close_notify within " + limit.toMillis() + " ms");
            }
        } finally {
            abort();
        }
    }

    /// Closes the connection at once, from any thread, without a word to the peer.
    public void abort() {
        connection.close();
        handover.outgoing().close();
    }
}
