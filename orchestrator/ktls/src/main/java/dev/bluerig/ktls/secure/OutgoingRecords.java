package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Who makes the records that are sent.
sealed interface OutgoingRecords {
    void send(ByteBuffer bytes) throws SystemFailure;

    void sendFile(Path file, long from, long bytes) throws SystemFailure, IOException;

    /// One record of another type than payload.
    void control(int type, ByteBuffer bytes) throws SystemFailure;

    /// Lets go of what is held beside the connection, from any thread.
    void close();

    /// The kernel makes the records, or the card.
    record ByKernel(Connection connection) implements OutgoingRecords {
        @Override
        public void send(ByteBuffer bytes) throws SystemFailure {
            connection.send(bytes);
        }

        @Override
        public void sendFile(Path file, long from, long bytes) throws SystemFailure {
            connection.sendFile(file, from, bytes);
        }

        @Override
        public void control(int type, ByteBuffer bytes) throws SystemFailure {
            connection.sendRecord(type, bytes);
        }

        @Override
        public void close() {
            // the connection is closed by whoever holds the channel
        }
    }

    /// This agent makes the records: several of them go out in one call.
    final class InProgram implements OutgoingRecords {
        private static final int RECORDS = 4;

        private final Connection connection;
        private final RecordSealer sealer;
        private final ByteBuffer records;
        private final SourceFile source = new SourceFile();

        InProgram(Connection connection, RecordSealer sealer) {
            this.connection = connection;
            this.sealer = sealer;
            this.records = ByteBuffer.allocateDirect(RECORDS * (RecordSealer.LONGEST + sealer.overhead()));
        }

        RecordSealer sealer() {
            return sealer;
        }

        @Override
        public void send(ByteBuffer bytes) throws SystemFailure {
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + RecordSealer.LONGEST));
                if (records.remaining() < bytes.remaining() + sealer.overhead()) flush();
                sealer.seal(RecordType.PAYLOAD, bytes, records);
                bytes.limit(end);
            }
            flush();
        }

        @Override
        public void sendFile(Path file, long from, long bytes) throws SystemFailure, IOException {
            ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min((long) RECORDS * RecordSealer.LONGEST, bytes));
            for (long done = 0; done < bytes; done += piece.limit()) {
                source.read(file, from + done, piece.clear().limit((int) Math.min(piece.capacity(), bytes - done)));
                send(piece.flip());
            }
        }

        @Override
        public void control(int type, ByteBuffer bytes) throws SystemFailure {
            sealer.seal(type, bytes, records);
            flush();
        }

        @Override
        public void close() {
            source.close();
        }

        private void flush() throws SystemFailure {
            try {
                connection.send(records.flip());
            } finally {
                records.clear();
            }
        }
    }
}
