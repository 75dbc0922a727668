package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A bad line: one bit of what comes is changed. Also keeps all that came.
final class CorruptingConnection implements Connection {
    private final Connection below;
    private final long at;
    private final ByteArrayOutputStream came = new ByteArrayOutputStream();

    /// `at`: the byte whose lowest bit is changed, counted from 0; negative for none.
    CorruptingConnection(Connection below, long at) {
        this.below = below;
        this.at = at;
    }

    byte[] came() {
        return came.toByteArray();
    }

    @Override
    public Received receive(ByteBuffer into) throws SystemFailure {
        int start = into.position();
        Received received = below.receive(into);
        for (int i = start; i < into.position(); i++) {
            if (came.size() == at) into.put(i, (byte) (into.get(i) ^ 1));
            came.write(into.get(i));
        }
        return received;
    }

    @Override
    public InetSocketAddress local() {
        return below.local();
    }

    @Override
    public InetSocketAddress peer() {
        return below.peer();
    }

    @Override
    public void send(ByteBuffer bytes) throws SystemFailure {
        below.send(bytes);
    }

    @Override
    public void sendRecord(int type, ByteBuffer bytes) throws SystemFailure {
        below.sendRecord(type, bytes);
    }

    @Override
    public void sendFile(Path file, long from, long bytes) throws SystemFailure {
        below.sendFile(file, from, bytes);
    }

    @Override
    public void attachTls() throws SystemFailure {
        below.attachTls();
    }

    @Override
    public void transmitWith(RecordKeys keys) throws SystemFailure {
        below.transmitWith(keys);
    }

    @Override
    public void receiveWith(RecordKeys keys) throws SystemFailure {
        below.receiveWith(keys);
    }

    @Override
    public void zeroCopy() throws SystemFailure {
        below.zeroCopy();
    }

    @Override
    public TlsState state() throws SystemFailure {
        return below.state();
    }

    @Override
    public long retransmits() throws SystemFailure {
        return below.retransmits();
    }

    @Override
    public void finish() throws SystemFailure {
        below.finish();
    }

    @Override
    public void close() {
        below.close();
    }
}
