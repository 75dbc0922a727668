package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import org.bouncycastle.tls.AlertDescription;

/// Reads what comes beside payload: alerts and messages of the handshake, which may come in pieces or several in one record.
final class ControlRecords {
    private static final int CLOSE_NOTIFY = 0;
    private static final int WARNING = 1;
    private static final int MESSAGE_HEADER = 4;
    /// Types of messages, RFC 8446 appendix B.3 and RFC 5246 7.4.
    private static final int HELLO_REQUEST = 0;
    private static final int NEW_SESSION_TICKET = 4;
    private static final int KEY_UPDATE = 24;

    private final TlsVersion version;
    private int level = -1;
    private int headerBytes;
    private int length;
    private int toSkip;

    ControlRecords(TlsVersion version) {
        this.version = version;
    }

    /// True when the peer said close_notify.
    boolean closes(int type, ByteBuffer bytes) throws PairFailed {
        return switch (type) {
            case RecordType.ALERT -> alert(bytes);
            case RecordType.HANDSHAKE -> {
                while (bytes.hasRemaining()) message(bytes);
                yield false;
            }
            default -> throw new PairFailed(AgentCode.OTHER, "the peer sent a record of the unexpected type " + type);
        };
    }

    private boolean alert(ByteBuffer bytes) throws PairFailed {
        while (bytes.hasRemaining()) {
            int octet = bytes.get() & 0xff;
            if (level < 0) {
                level = octet;
                continue;
            }
            int was = level;
            level = -1;
            if (octet == CLOSE_NOTIFY) return true;
            if (!harmless(was, octet))
                throw new PairFailed(AgentCode.PEER_ALERT, "the peer ended the connection by the alert "
                    + AlertDescription.getName((short) octet));
        }
        return false;
    }

    /// RFC 8446 6.1; in TLS 1.2 a warning is no more than that.
    private boolean harmless(int alertLevel, int description) {
        return description == AlertDescription.user_canceled || version == TlsVersion.TLS_1_2 && alertLevel == WARNING;
    }

    private void message(ByteBuffer bytes) throws PairFailed {
        if (toSkip > 0) {
            int count = Math.min(toSkip, bytes.remaining());
            bytes.position(bytes.position() + count);
            toSkip -= count;
            return;
        }
        int octet = bytes.get() & 0xff;
        if (headerBytes == 0) expect(octet);
        else length = length << 8 | octet;
        if (++headerBytes < MESSAGE_HEADER) return;
        toSkip = length;
        length = 0;
        headerBytes = 0;
    }

    private void expect(int message) throws PairFailed {
        if (version == TlsVersion.TLS_1_3 && message == KEY_UPDATE)
            throw new PairFailed(AgentCode.PEER_KEY_UPDATE, "the peer changed its keys (KeyUpdate)");
        if (message == (version == TlsVersion.TLS_1_3 ? NEW_SESSION_TICKET : HELLO_REQUEST)) return;
        throw new PairFailed(AgentCode.OTHER, "the peer sent the unexpected handshake message " + message);
    }
}
