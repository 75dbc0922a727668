package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.AgentCode;
import java.nio.ByteBuffer;

/// Who opens the records that come.
sealed interface IncomingRecords {
    /// What came, at most one record; 0 bytes for an empty one, -1 at the end of the stream.
    Received receive(ByteBuffer into) throws PairFailed;

    /// The kernel opens the records, or the card.
    record ByKernel(Connection connection) implements IncomingRecords {
        @Override
        public Received receive(ByteBuffer into) throws PairFailed {
            try {
                return connection.receive(into);
            } catch (SystemFailure failure) {
                throw SystemFailures.opening(failure);
            }
        }
    }

    /// This agent opens the records.
    final class InProgram implements IncomingRecords {
        private static final int RECORDS = 4;

        private final Connection connection;
        private final RecordOpener opener;
        private final ByteBuffer records = ByteBuffer.allocateDirect(RECORDS * RecordOpener.LONGEST).flip();
        /// What is left of a record that was longer than the room for it.
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private int restType = RecordType.PAYLOAD;

        InProgram(Connection connection, RecordOpener opener) {
            this.connection = connection;
            this.opener = opener;
        }

        RecordOpener opener() {
            return opener;
        }

        @Override
        public Received receive(ByteBuffer into) throws PairFailed {
            if (rest.hasRemaining()) return piece(into);
            int length = opener.length(records);
            while (length < 0 || records.remaining() < length) {
                if (!more()) return ended();
                length = opener.length(records);
            }
            ByteBuffer record = records.slice(records.position(), length);
            records.position(records.position() + length);
            int before = into.position();
            if (into.remaining() >= opener.content(length)) return new Received(opener.open(record, into), into.position() - before);
            if (rest.capacity() == 0) rest = ByteBuffer.allocate(RecordOpener.LONGEST);
            restType = opener.open(record, rest.clear());
            rest.flip();
            return piece(into);
        }

        private Received piece(ByteBuffer into) {
            int count = Math.min(rest.remaining(), into.remaining());
            into.put(into.position(), rest, rest.position(), count).position(into.position() + count);
            rest.position(rest.position() + count);
            return new Received(restType, count);
        }

        private boolean more() throws PairFailed {
            records.compact();
            try {
                return connection.receive(records).bytes() >= 0;
            } catch (SystemFailure failure) {
                throw SystemFailures.of("receiving failed", failure);
            } finally {
                records.flip();
            }
        }

        private Received ended() throws PairFailed {
            if (!records.hasRemaining()) return new Received(RecordType.PAYLOAD, -1);
            throw new PairFailed(AgentCode.PEER_STOPPED, "the peer closed the connection in the middle of record " + opener.sequence());
        }
    }
}
