package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.RecordOpener;
import dev.bluerig.sim.machine.NetNamespace;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TlsFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The receiving direction of a connection whose keys the kernel has.
final class ReceiveDirection {
    private static final int PAYLOAD = 23;
    private static final int AHEAD = 1 << 18;

    private final SocketChannel channel;
    private final SimMachine machine;
    private final NetNamespace namespace;
    private final RecordKeys keys;
    private final TlsContext context;
    private final RecordOpener opener;
    private final ByteBuffer raw = ByteBuffer.allocateDirect(AHEAD).flip();
    private final ByteBuffer opened = ByteBuffer.allocateDirect(RecordOpener.LONGEST).flip();
    private int type;
    private boolean broken;

    ReceiveDirection(SocketChannel channel, SimMachine machine, NetNamespace namespace, RecordKeys keys, TlsContext context) {
        this.channel = channel;
        this.machine = machine;
        this.namespace = namespace;
        this.keys = keys;
        this.context = context;
        this.opener = new RecordOpener(keys);
    }

    RecordKeys keys() {
        return keys;
    }

    TlsContext context() {
        return context;
    }

    long sequence() {
        synchronized (opener) {
            return opener.sequence();
        }
    }

    /// Content of one record at a time, so that types never mix.
    Received receive(ByteBuffer into) throws SystemFailure, IOException {
        if (broken) throw new SystemFailure("recvmsg", "EBADMSG");
        while (!opened.hasRemaining()) {
            if (!next()) return new Received(PAYLOAD, -1);
        }
        int count = Math.min(into.remaining(), opened.remaining());
        into.put(opened.slice(opened.position(), count));
        opened.position(opened.position() + count);
        return new Received(type, count);
    }

    /// False at the end of the stream, in the middle of a record, too: the kernel tells no difference.
    private boolean next() throws SystemFailure, IOException {
        int length;
        try {
            while ((length = opener.length(raw)) < 0 || raw.remaining() < length) {
                raw.compact();
                int count = channel.read(raw);
                raw.flip();
                if (count < 0) return false;
            }
            ByteBuffer record = raw.slice(raw.position(), length);
            raw.position(raw.position() + length);
            if (machine.tlsFaults().has(TlsFault.CORRUPT_RECORD)) record.put(length - 1, (byte) (record.get(length - 1) ^ 1));
            open(record, length);
            return true;
        } catch (PairFailed corrupt) {
            broken = true;
            namespace.tls().add("TlsDecryptError", 1);
            throw new SystemFailure("recvmsg", "EBADMSG");
        }
    }

    private void open(ByteBuffer record, int length) throws PairFailed {
        opened.clear();
        synchronized (opener) {
            type = opener.open(record, opened);
        }
        opened.flip();
        context.received(length);
        if (type != PAYLOAD) return;
        machine.tlsFaults().record();
        if (machine.tlsFaults().has(TlsFault.CORRUPT_PAYLOAD) && opened.hasRemaining())
            opened.put(opened.limit() - 1, (byte) (opened.get(opened.limit() - 1) ^ 0x20));
    }
}
