package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A connection as the streams that the handshake wants. Nothing is read ahead: the kernel must get the first record after the handshake
/// whole. Remembers why it broke, because what the handshake makes of that is vague.
final class RecordStream {
    /// Longer messages take several turns; small, because every connection allocates them.
    private static final int CHUNK = 1 << 12;
    private static final int HEADER = 5;

    private final Connection connection;
    private final ByteBuffer in = ByteBuffer.allocateDirect(CHUNK);
    private final ByteBuffer out = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] start = new byte[HEADER];
    private long came;
    private Optional<PairFailed> failure = Optional.empty();

    RecordStream(Connection connection) {
        this.connection = connection;
    }

    Optional<PairFailed> failure() {
        return failure;
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return length == 0 ? 0 : RecordStream.this.read(into, from, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                RecordStream.this.write(bytes, from, length);
            }
        };
    }

    private int read(byte[] into, int from, int length) throws IOException {
        in.clear().limit(Math.min(CHUNK, length));
        int count;
        try {
            count = connection.receive(in).bytes();
        } catch (SystemFailure broken) {
            throw broke(SystemFailures.of("the handshake broke off", broken));
        }
        if (count < 0)
            throw broke(new PairFailed(AgentCode.PEER_STOPPED, "the peer closed the connection in the handshake, after " + came
                + " bytes"));
        in.flip().get(into, from, count);
        for (int i = 0; i < count && came + i < HEADER; i++) start[(int) came + i] = into[from + i];
        came += count;
        if (!mayBeTls()) throw broke(new PairFailed(AgentCode.PEER_NOT_TLS, "the peer does not speak TLS: it began with " + shown()));
        return count;
    }

    /// A record of the handshake or an alert, of any version with that layout.
    private boolean mayBeTls() {
        return (start[0] == RecordType.HANDSHAKE || start[0] == RecordType.ALERT) && (came < 2 || start[1] == 3);
    }

    private String shown() {
        StringBuilder text = new StringBuilder("`");
        for (int i = 0; i < Math.min(came, HEADER); i++)
            text.append(start[i] >= ' ' && start[i] < 127 ? String.valueOf((char) start[i]) : String.format("\\x%02x", start[i]));
        return text.append('`').toString();
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            out.clear().put(bytes, from + done, count).flip();
            try {
                connection.send(out);
            } catch (SystemFailure broken) {
                throw broke(SystemFailures.of("the handshake broke off", broken));
            }
            done += count;
        }
    }

    private IOException broke(PairFailed why) {
        if (failure.isEmpty()) failure = Optional.of(why);
        return new IOException(why.getMessage());
    }
}
