package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/// A connection after its handshake: payload goes through records, made by the kernel or here. One thread may send while another receives. Buffers are direct.
public final class Channel implements AutoCloseable {
    /// Who makes the records of a direction, as in the protocol.
    public static final String KERNEL = "kernel";
    public static final String USER_SPACE = "user-space";

    /// As below, with a limit of 30 seconds.
    public static Channel open(Connection connection, Wanted wanted) throws PairFailed {
        return open(connection, wanted, Duration.ofSeconds(30));
    }

    /// Shakes hands and hands the keys over. After a failure the connection is closed, and the peer has had the chance to read why.
    public static Channel open(Connection connection, Wanted wanted, Duration limit) throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// All bytes of the buffer.
    public void send(ByteBuffer bytes) throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// All these bytes of the file.
    public void sendFile(FileChannel file, long from, long bytes) throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// At least one byte of payload into the buffer's free space; -1 after the peer's close_notify.
    public int receive(ByteBuffer into) throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// Sends close_notify, once: nothing more is sent; receiving goes on.
    public void finish() throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// `1.2` or `1.3`.
    public String version() {
        throw new UnsupportedOperationException("not yet");
    }

    /// As `Cipher.text`.
    public String cipher() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Who encrypts what is sent: `kernel` or `user-space`.
    public String transmit() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Who decrypts what is received: `kernel` or `user-space`.
    public String receive() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Why a direction that the kernel was wanted for is in user space; empty when none is.
    public String reason() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Records sent after the handshake; -1 when the kernel counts them and will not say.
    public long recordsSent() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Records received after the handshake; -1 when the kernel counts them and will not say.
    public long recordsReceived() {
        throw new UnsupportedOperationException("not yet");
    }

    /// The kernel's word for directions that it holds; `user-space` and the program's own sequence numbers for those held here.
    public Connection.TlsState state() throws SystemFailure {
        throw new UnsupportedOperationException("not yet");
    }

    public Connection connection() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Sends close_notify, waits up to five seconds for the peer's (what still comes is dropped), and closes the connection in any case. `PEER_STOPPED` when the
    /// peer ended without close_notify or did not answer.
    @Override
    public void close() throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// Closes the connection at once, from any thread, without a word to the peer.
    public void abort() {
        throw new UnsupportedOperationException("not yet");
    }
}
