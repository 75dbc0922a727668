package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// Agrees on keys with the peer, in the agent: the kernel only takes over afterwards.
final class Handshake {
    /// How long a peer gets to read why we refused it.
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int DRAIN = 1 << 12;

    private final Connection connection;
    private final TlsRequest wanted;
    private final RecordStream wire;
    private final PinCheck pin;
    private final HandshakeOutcome outcome = new HandshakeOutcome();

    private Handshake(Connection connection, TlsRequest wanted) {
        this.connection = connection;
        this.wanted = wanted;
        this.wire = new RecordStream(connection);
        this.pin = new PinCheck(wanted.peerPin());
    }

    /// After a failure the connection is closed.
    static NegotiatedKeys run(Connection connection, TlsRequest wanted, Duration limit) throws PairFailed {
        Handshake handshake = new Handshake(connection, wanted);
        try (StepDeadline deadline = new StepDeadline(connection, limit)) {
            PairFailed late = new PairFailed(AgentCode.PEER_STOPPED, "the handshake took longer than " + limit.toMillis() + " ms");
            try {
                NegotiatedKeys agreed = handshake.agree();
                if (deadline.passed()) throw late;
                return agreed;
            } catch (PairFailed failed) {
                throw deadline.passed() ? late : failed;
            }
        } catch (PairFailed failed) {
            handshake.linger();
            throw failed;
        }
    }

    /// The protocol object is dropped, never closed: closing it would send an alert with its own record numbers.
    private NegotiatedKeys agree() throws PairFailed {
        try {
            TlsProtocol protocol = shake();
            NegotiatedKeys agreed = outcome.agreed().orElseThrow(() -> new PairFailed(AgentCode.OTHER, "the handshake ended without keys"));
            if (protocol.applicationDataAvailable() != 0)
                throw new PairFailed(AgentCode.OTHER, "payload was read as part of the handshake");
            return agreed;
        } catch (IOException failed) {
            throw reason(failed);
        }
    }

    private TlsProtocol shake() throws IOException {
        BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
        switch (wanted.role()) {
            case CLIENT -> {
                TlsClientProtocol client = new TlsClientProtocol(wire.input(), wire.output());
                client.connect(new HandshakeClient(crypto, wanted, pin, outcome));
                return client;
            }
            case SERVER -> {
                TlsServerProtocol server = new TlsServerProtocol(wire.input(), wire.output());
                server.accept(new HandshakeServer(crypto, wanted, pin, outcome));
                return server;
            }
        }
        throw new IllegalStateException("no such role: " + wanted.role());
    }

    private PairFailed reason(IOException failed) {
        if (wire.failure().isPresent()) return wire.failure().get();
        if (pin.wrong().isPresent()) return new PairFailed(AgentCode.PIN_MISMATCH, pin.wrong().get());
        if (failed instanceof TlsFatalAlertReceived received)
            return new PairFailed(AgentCode.PEER_ALERT, "the peer ended the handshake by the alert "
                + AlertDescription.getName(received.getAlertDescription()));
        if (outcome.alert().isPresent())
            return new PairFailed(AgentCode.PEER_ALERT, "the peer ended the handshake by the alert " + outcome.alert().get());
        if (failed instanceof TlsFatalAlert ours) return refused(ours);
        return new PairFailed(AgentCode.OTHER, "the handshake failed: " + failed.getMessage());
    }

    private PairFailed refused(TlsFatalAlert ours) {
        String alert = AlertDescription.getName(ours.getAlertDescription());
        return switch (ours.getAlertDescription()) {
            case AlertDescription.bad_record_mac ->
                new PairFailed(AgentCode.RECORD_CORRUPT, "a record of the handshake cannot be opened: its tag is wrong");
            case AlertDescription.decrypt_error -> new PairFailed(AgentCode.PIN_MISMATCH,
                "the peer did not prove that it holds the key of the certificate it showed, or bytes of the handshake were changed ("
                + alert + ")");
            default -> new PairFailed(AgentCode.OTHER, "the handshake failed: wanted TLS " + wanted.version().text() + " with "
                + wanted.cipher().text()
                + ", the peer's answer was refused by the alert " + alert + detail(ours));
        };
    }

    private static String detail(TlsFatalAlert ours) {
        return ours.getCause() == null ? "" : ": " + ours.getCause().getMessage();
    }

    /// A connection closed with unread bytes is reset, and the alert may be lost with it: so end, let the peer end, then close.
    private void linger() {
        try (StepDeadline deadline = new StepDeadline(connection, LINGER)) {
            if (wire.failure().isEmpty()) {
                connection.finish();
                ByteBuffer dropped = ByteBuffer.allocateDirect(DRAIN);
                while (!deadline.passed() && connection.receive(dropped.clear()).bytes() >= 0) dropped.clear();
            }
        } catch (SystemFailure gone) {
            // the peer is gone, or did not end in time
        } finally {
            connection.close();
        }
    }
}
