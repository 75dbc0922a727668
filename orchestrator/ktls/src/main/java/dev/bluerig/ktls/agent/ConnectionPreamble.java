package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.AgentCode;
import java.nio.ByteBuffer;

/// The 16 bytes that say which connection this is; in request/response mode also which exchange, and whether it is the worker's last.
record ConnectionPreamble(int connection, boolean last, long count) {
    private static final int BYTES = 16;

    void send(TlsChannel channel) throws PairFailed {
        channel.send(ByteBuffer.allocateDirect(BYTES).putInt(connection).putInt(last ? 1 : 0).putLong(count).flip());
    }

    static ConnectionPreamble receive(TlsChannel channel, int connections) throws PairFailed {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        while (bytes.hasRemaining()) {
            if (channel.receive(bytes) < 0)
                throw new PairFailed(AgentCode.PEER_STOPPED, "the peer ended the connection before its greeting");
        }
        bytes.flip();
        int connection = bytes.getInt();
        int flags = bytes.getInt();
        long count = bytes.getLong();
        if (connection < 0 || connection >= connections || flags < 0 || flags > 1 || count < 0)
            throw new PairFailed(AgentCode.OTHER, "no greeting: connection " + connection + " of " + connections + ", flags " + flags
                + ", count " + count);
        return new ConnectionPreamble(connection, flags == 1, count);
    }
}
