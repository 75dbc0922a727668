package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.sim.machine.UserAccount;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/// Two hosts with addresses on both cables, `tls` loaded and both flags on, and one process on each.
final class TwoEnds implements AutoCloseable {
    static final InetSocketAddress SERVER = new InetSocketAddress("198.18.0.1", 47_000);
    static final InetSocketAddress CLIENT = new InetSocketAddress("198.18.0.2", 0);
    /// One thread each: these calls wait for one another.
    static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final SimWorld world = SimMachines.pair(false);
    final SimMachine a = world.machine("host-a");
    final SimMachine b = world.machine("host-b");
    final SimNetwork server = new SimNetwork(a, a.namespace(), UserAccount.ROOT, "java", 4001);
    final SimNetwork client = new SimNetwork(b, b.namespace(), UserAccount.ROOT, "java", 4002);

    TwoEnds() {
        for (int cable = 0; cable < 2; cable++) {
            address(a, cable, "198.18.0." + (4 * cable + 1));
            address(b, cable, "198.18.0." + (4 * cable + 2));
        }
        for (SimMachine machine : new SimMachine[] {a, b}) {
            SimMachines.type(machine, "modprobe tls");
            for (int port = 0; port < 2; port++)
                SimMachines.type(machine, "ethtool -K enp177s0f" + port + "np" + port + " tls-hw-rx-offload on");
        }
    }

    private static void address(SimMachine machine, int cable, String address) {
        String link = "enp177s0f" + cable + "np" + cable;
        SimMachines.type(machine, "ip address add " + address + "/30 dev " + link);
        SimMachines.type(machine, "ip link set dev " + link + " up");
    }

    /// An accepted connection and its calling end.
    record Joined(Connection server, Connection client, Network.Listener listener) {}

    Joined join() throws SystemFailure {
        Network.Listener listener = server.listen(SERVER, 8);
        Connection out = client.connect(Optional.of(CLIENT), SERVER, LIMIT);
        return new Joined(listener.accept(LIMIT).orElseThrow(), out, listener);
    }

    static RecordKeys keys(TlsVersion version, Cipher cipher) {
        byte[] key = new byte[KeySizes.key(cipher)];
        for (int i = 0; i < key.length; i++) key[i] = (byte) (i * 7 + 1);
        return new RecordKeys(version, cipher, key, new byte[version == TlsVersion.TLS_1_3 ? 12 : KeySizes.fixedIv(cipher)],
            version == TlsVersion.TLS_1_3 ? 0 : 1);
    }

    /// The client sends with kernel TLS, the server receives with it.
    Joined secured(TlsVersion version, Cipher cipher) throws SystemFailure {
        Joined joined = join();
        joined.client.attachTls();
        joined.server.attachTls();
        joined.client.transmitWith(keys(version, cipher));
        joined.server.receiveWith(keys(version, cipher));
        return joined;
    }

    /// Sends so many bytes from the client to the server; what came, in order.
    static byte[] pass(Connection from, Connection to, int bytes) throws SystemFailure {
        var sent = CompletableFuture.runAsync(() -> {
            try {
                from.send(pattern(bytes));
            } catch (SystemFailure failed) {
                throw new IllegalStateException(failed);
            }
        }, THREADS);
        ByteBuffer into = ByteBuffer.allocateDirect(bytes);
        while (into.hasRemaining()) {
            Connection.Received received = to.receive(into);
            if (received.bytes() < 0) throw new IllegalStateException("the stream ended after " + into.position() + " bytes");
        }
        try {
            sent.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
        byte[] came = new byte[bytes];
        into.flip().get(came);
        return came;
    }

    static ByteBuffer pattern(int bytes) {
        ByteBuffer pattern = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < bytes; i++) pattern.put((byte) (i * 31 + (i >> 8)));
        return pattern.flip();
    }

    static byte[] array(ByteBuffer buffer) {
        byte[] array = new byte[buffer.remaining()];
        buffer.duplicate().get(array);
        return array;
    }

    static String said(SimMachine machine, String line) {
        return SimMachines.type(machine, line).out();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
