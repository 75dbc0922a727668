package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.NetNamespace;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TcpSocket;
import dev.bluerig.sim.machine.TlsFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// One end of a simulated TCP connection: a real socket of this computer, with the kernel and the card of the simulated machine around it.
/// Records are real; who makes them is a matter of counting.
final class SimConnection implements Connection {
    private static final int PAYLOAD = 23;
    private static final int TAG = 16;
    private static final int COPIED_AT_ONCE = 1 << 18;

    private final SimNetwork network;
    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;
    private final PacketPath path;
    private final TcpFrames frames;
    private final Supplier<TcpSocket> shown = this::shown;
    private volatile boolean closed;
    private volatile boolean attached;
    private volatile Optional<SendDirection> sending = Optional.empty();
    private volatile Optional<ReceiveDirection> receiving = Optional.empty();

    SimConnection(SimNetwork network, SocketChannel channel, InetSocketAddress local, InetSocketAddress peer, PacketPath path)
        throws IOException {
        this.network = network;
        this.channel = channel;
        this.local = local;
        this.peer = peer;
        this.path = path;
        this.frames = new TcpFrames(local, peer);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        namespace().opened(shown);
        network.opened(this);
    }

    private SimMachine machine() {
        return network.machine();
    }

    private NetNamespace namespace() {
        return network.namespace();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public Received receive(ByteBuffer into) throws SystemFailure {
        if (!into.hasRemaining()) throw new SystemFailure("recvmsg", "EINVAL");
        try {
            Received received = receiving.isPresent() ? receiving.get().receive(into) : new Received(PAYLOAD, channel.read(into));
            network.moved(Math.max(0, received.bytes()), receiving.isEmpty() || !receiving.get().context().works());
            return received;
        } catch (IOException problem) {
            throw failure("recvmsg", problem);
        }
    }

    private SystemFailure failure(String call, IOException problem) {
        if (closed || problem instanceof ClosedChannelException) return new SystemFailure(call, "EBADF");
        return new SystemFailure(call, String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe") ? "EPIPE"
            : "ECONNRESET");
    }

    @Override
    public void send(ByteBuffer bytes) throws SystemFailure {
        if (sending.isEmpty()) {
            path.carry(bytes.remaining(), () -> closed);
            path.show(bytes, frames);
            network.moved(bytes.remaining(), true);   // records, if any, are the agent's own
            write("send", bytes);
            return;
        }
        while (bytes.hasRemaining()) {
            ByteBuffer content = bytes.slice(bytes.position(), Math.min(bytes.remaining(), SendDirection.LONGEST));
            bytes.position(bytes.position() + content.remaining());
            record("send", PAYLOAD, content);
        }
    }

    @Override
    public void sendRecord(int type, ByteBuffer bytes) throws SystemFailure {
        if (sending.isEmpty()) throw new SystemFailure("sendmsg", "EINVAL");
        record("sendmsg", type, bytes);
    }

    private void record(String call, int type, ByteBuffer content) throws SystemFailure {
        SendDirection now = sending.orElseThrow();
        ByteBuffer sealed = now.seal(type, content);
        int length = sealed.remaining();
        if (type == PAYLOAD) machine().tlsFaults().record();
        long lost = path.carry(length, () -> closed);
        path.show(machine().tlsFaults().has(TlsFault.CARD_LEAKS) && now.context().works() ? leaked(content, sealed) : sealed, frames);
        now.context().sent(length, lost);
        network.moved(length, !now.context().works());
        write(call, sealed);
    }

    /// The record with its content in clear in the place of the sealed one; AES-GCM and its tag of 16 bytes change no length.
    private static ByteBuffer leaked(ByteBuffer content, ByteBuffer sealed) {
        ByteBuffer leaked = ByteBuffer.allocate(sealed.remaining()).put(sealed.duplicate()).flip();
        return leaked.put(leaked.limit() - TAG - content.limit(), content, 0, content.limit());
    }

    private void write(String call, ByteBuffer bytes) throws SystemFailure {
        try {
            while (bytes.hasRemaining()) channel.write(bytes);
        } catch (IOException problem) {
            throw failure(call, problem);
        }
    }

    /// The file lies on the simulated machine.
    @Override
    public void sendFile(Path file, long from, long bytes) throws SystemFailure {
        try {
            byte[] content = machine().files().read(file.toString(), network.user());
            if (from + bytes > content.length) throw new SystemFailure("sendfile", "ENODATA");
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(bytes, COPIED_AT_ONCE));
            for (long at = from; at < from + bytes; ) {
                buffer.clear().put(content, (int) at, (int) Math.min(buffer.capacity(), from + bytes - at)).flip();
                at += buffer.remaining();
                send(buffer);
            }
        } catch (FileError missing) {
            throw new SystemFailure("open " + file, "ENOENT");
        }
    }

    @Override
    public synchronized void attachTls() throws SystemFailure {
        living("setsockopt TCP_ULP");
        if (attached) throw new SystemFailure("setsockopt TCP_ULP", "EEXIST");
        // net/ipv4/tcp_ulp.c: the module is loaded on demand, for CAP_NET_ADMIN alone
        if (!machine().modules().contains("tls")) {
            if (!network.user().isRoot() || !machine().offersTls()) throw new SystemFailure("setsockopt TCP_ULP", "ENOENT");
            machine().modules().add("tls");
        }
        attached = true;
    }

    private void living(String call) throws SystemFailure {
        if (closed) throw new SystemFailure(call, "EBADF");
    }

    @Override
    public synchronized void transmitWith(RecordKeys keys) throws SystemFailure {
        ready("setsockopt TLS_TX", sending.isPresent());
        boolean card = TlsOffload.transmit(machine(), path.out(), keys);
        sending = Optional.of(new SendDirection(keys, context(TlsContext.Direction.TRANSMIT, card)));
    }

    @Override
    public synchronized void receiveWith(RecordKeys keys) throws SystemFailure {
        ready("setsockopt TLS_RX", receiving.isPresent());
        boolean card = TlsOffload.receive(machine(), path.out(), keys);
        receiving = Optional.of(new ReceiveDirection(channel, machine(), namespace(), keys, context(TlsContext.Direction.RECEIVE, card)));
    }

    private void ready(String call, boolean given) throws SystemFailure {
        living(call);
        if (!attached) throw new SystemFailure(call, "ENOPROTOOPT");
        if (given) throw new SystemFailure(call, "EBUSY");
    }

    private TlsContext context(TlsContext.Direction way, boolean card) {
        return new TlsContext(machine(), namespace(), path.out(), way, card, local.getPort() + peer.getPort());
    }

    @Override
    public void zeroCopy() throws SystemFailure {
        living("setsockopt TLS_TX_ZEROCOPY_RO");
        if (sending.isEmpty()) throw new SystemFailure("setsockopt TLS_TX_ZEROCOPY_RO", "EINVAL");
    }

    @Override
    public TlsState state() throws SystemFailure {
        living("sock_diag");
        if (machine().tlsFaults().has(TlsFault.SOCK_DIAG_REFUSED) || !network.user().isRoot())
            throw new SystemFailure("sock_diag", "EPERM");
        Optional<RecordKeys> keys = sending.map(SendDirection::keys).or(() -> receiving.map(ReceiveDirection::keys));
        return new TlsState(sending.map(one -> one.context().shown()).orElse("none"),
            receiving.map(one -> one.context().shown()).orElse("none"),
            keys.map(one -> one.version().text()).orElse(""), keys.map(one -> one.cipher().text()).orElse(""),
            sending.map(SendDirection::sequence).orElse(-1L), receiving.map(ReceiveDirection::sequence).orElse(-1L));
    }

    /// As `ss` on the machine shows it.
    private TcpSocket shown() {
        Optional<RecordKeys> keys = sending.map(SendDirection::keys).or(() -> receiving.map(ReceiveDirection::keys));
        Optional<TcpSocket.Tls> tls =
            keys.map(one -> new TcpSocket.Tls(one.version().text(), named(one),
            receiving.map(direction -> direction.context().shown()).orElse("none"),
            sending.map(direction -> direction.context().shown()).orElse("none")));
        return new TcpSocket(TcpSocket.State.ESTAB, text(local), text(peer), network.process(), network.pid(), tls);
    }

    /// iproute2 misc/ss.c: `aes-gcm-128`, `aes-gcm-256`, `chacha20-poly1305`.
    private static String named(RecordKeys keys) {
        return switch (keys.cipher()) {
            case AES_128_GCM -> "aes-gcm-128";
            case AES_256_GCM -> "aes-gcm-256";
            case CHACHA20_POLY1305 -> "chacha20-poly1305";
        };
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public long retransmits() throws SystemFailure {
        living("getsockopt TCP_INFO");
        return path.retransmitted();
    }

    @Override
    public void finish() throws SystemFailure {
        try {
            channel.shutdownOutput();
        } catch (IOException problem) {
            throw failure("shutdown", problem);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        sending.ifPresent(direction -> direction.context().close());
        receiving.ifPresent(direction -> direction.context().close());
        namespace().closed(shown);
        network.closed(this);
        try {
            channel.close();
        } catch (IOException gone) {
            // it is closed
        }
    }
}
