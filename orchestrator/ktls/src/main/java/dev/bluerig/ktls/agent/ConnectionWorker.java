package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.ConnectionState;
import dev.bluerig.protocol.TlsSettings;
import java.util.Optional;

/// A connection by its number; in request/response mode one after the other of them. Keeps what must be known of those that are closed.
final class ConnectionWorker {
    private final int number;
    private final ByteCounter sent = new ByteCounter();
    private final ByteCounter received = new ByteCounter();
    private Optional<TlsChannel> open = Optional.empty();
    private long recordsSent;
    private long recordsReceived;
    private long retransmits;
    private long handshakes;

    ConnectionWorker(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    ByteCounter sent() {
        return sent;
    }

    ByteCounter received() {
        return received;
    }

    synchronized long handshakes() {
        return handshakes;
    }

    /// A number that stands still when nothing moves.
    long movement() {
        return sent.bytes() + received.bytes() + handshakes();
    }

    synchronized void hold(TlsChannel channel) {
        open = Optional.of(channel);
        handshakes++;
    }

    /// Closes the connection that is open, if one is, and keeps its numbers.
    synchronized void release() {
        if (open.isEmpty()) return;
        TlsChannel channel = open.get();
        open = Optional.empty();
        recordsSent = sum(recordsSent, channel.recordsSent());
        recordsReceived = sum(recordsReceived, channel.recordsReceived());
        retransmits = sum(retransmits, retransmits(channel.connection()));
        channel.abort();
    }

    /// After `release`.
    synchronized long recordsSent() {
        return recordsSent;
    }

    synchronized long recordsReceived() {
        return recordsReceived;
    }

    synchronized long retransmits() {
        return retransmits;
    }

    private static long retransmits(Connection connection) {
        try {
            return connection.retransmits();
        } catch (SystemFailure notSaid) {
            return -1;
        }
    }

    /// -1, not known, is stronger than any number.
    static long sum(long one, long other) {
        return one < 0 || other < 0 ? -1 : one + other;
    }

    /// For `state`; empty when no connection is open.
    synchronized Optional<ConnectionState> state() {
        return open.map(this::state);
    }

    private ConnectionState state(TlsChannel channel) {
        Connection.TlsState state;
        String reason = "";
        try {
            state = channel.state();
        } catch (SystemFailure unknown) {
            reason = unknown.getMessage() + (unknown.errno().equals("EPERM") || unknown.errno().equals("EACCES")
                ? ": the agent lacks CAP_NET_ADMIN" : "");
            state = new Connection.TlsState("unknown", "unknown", channel.version(), channel.cipher(), -1, -1);
        }
        String transmit = channel.transmit() == TlsSettings.RecordHandler.KERNEL ? state.transmit() : TlsChannel.USER_SPACE;
        String receive = channel.receive() == TlsSettings.RecordHandler.KERNEL ? state.receive() : TlsChannel.USER_SPACE;
        long transmitted = channel.transmit() == TlsSettings.RecordHandler.KERNEL ? state.transmitted() : -1;
        long received = channel.receive() == TlsSettings.RecordHandler.KERNEL ? state.received() : -1;
        return new ConnectionState(number, transmit, receive, reason, channel.version(), channel.cipher(), transmitted, received);
    }
}
