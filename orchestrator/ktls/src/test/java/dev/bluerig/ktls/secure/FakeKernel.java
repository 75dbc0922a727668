package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kernel with TLS, played by the record layer of this program: refuses what it is told to refuse, and shows the keys that it was given.
final class FakeKernel implements Connection {
    private final Connection below;
    private final Map<String, String> refusals;
    private final List<String> calls = new ArrayList<>();
    private Optional<RecordKeys> transmitKeys = Optional.empty();
    private Optional<RecordKeys> receiveKeys = Optional.empty();
    private Optional<OutgoingRecords.InProgram> outgoing = Optional.empty();
    private Optional<RecordSealer> sealer = Optional.empty();
    private Optional<IncomingRecords.InProgram> incoming = Optional.empty();

    /// `refusals`: errno by call, such as TLS_TX to ENOENT.
    FakeKernel(Connection below, Map<String, String> refusals) {
        this.below = below;
        this.refusals = Map.copyOf(refusals);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    Connection below() {
        return below;
    }

    RecordKeys transmitKeys() {
        return transmitKeys.orElseThrow();
    }

    RecordKeys receiveKeys() {
        return receiveKeys.orElseThrow();
    }

    RecordSealer sealer() {
        return sealer.orElseThrow();
    }

    private void called(String name) throws SystemFailure {
        calls.add(name);
        if (refusals.containsKey(name)) throw new SystemFailure("setsockopt " + name, refusals.get(name));
    }

    @Override
    public void attachTls() throws SystemFailure {
        called("TCP_ULP");
    }

    @Override
    public void transmitWith(RecordKeys keys) throws SystemFailure {
        if (!calls.contains("TCP_ULP")) throw new SystemFailure("setsockopt TLS_TX", "ENOPROTOOPT");
        called("TLS_TX");
        transmitKeys = Optional.of(keys);
        sealer = Optional.of(new RecordSealer(keys));
        outgoing = Optional.of(new OutgoingRecords.InProgram(below, sealer.get()));
    }

    @Override
    public void receiveWith(RecordKeys keys) throws SystemFailure {
        if (!calls.contains("TCP_ULP")) throw new SystemFailure("setsockopt TLS_RX", "ENOPROTOOPT");
        called("TLS_RX");
        receiveKeys = Optional.of(keys);
        incoming = Optional.of(new IncomingRecords.InProgram(below, new RecordOpener(keys)));
    }

    @Override
    public Received receive(ByteBuffer into) throws SystemFailure {
        if (incoming.isEmpty()) return below.receive(into);
        try {
            return incoming.get().receive(into);
        } catch (PairFailed failed) {
            throw switch (failed.code()) {
                case RECORD_CORRUPT -> new SystemFailure("recvmsg", "EBADMSG");
                default -> new SystemFailure("recvmsg", failed.errno().isEmpty() ? "EPIPE" : failed.errno());
            };
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws SystemFailure {
        if (outgoing.isPresent()) outgoing.get().send(bytes);
        else below.send(bytes);
    }

    @Override
    public void sendRecord(int type, ByteBuffer bytes) throws SystemFailure {
        if (outgoing.isEmpty()) throw new SystemFailure("sendmsg", "EINVAL");
        calls.add("record " + type);
        outgoing.get().control(type, bytes);
    }

    @Override
    public void sendFile(Path file, long from, long bytes) throws SystemFailure {
        calls.add("sendfile");
        try {
            send(ByteBuffer.allocateDirect((int) bytes).put(Files.readAllBytes(file), (int) from, (int) bytes).flip());
        } catch (IOException failed) {
            throw new SystemFailure("open", "ENOENT");
        }
    }

    @Override
    public void zeroCopy() {
        calls.add("TLS_TX_ZEROCOPY_RO");
    }

    @Override
    public TlsState state() throws SystemFailure {
        called("sock_diag");
        return new TlsState(outgoing.isPresent() ? "sw" : "none", incoming.isPresent() ? "sw" : "none", "1.x", "cipher",
            sealer.map(RecordSealer::sequence).orElse(-1L), incoming.map(layer -> layer.opener().sequence()).orElse(-1L));
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
