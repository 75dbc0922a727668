package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.ktls.secure.TlsRequest;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// A second machine that has a host's addresses by mistake: it speaks TLS, with a certificate of its own.
public final class DuplicateHost implements AutoCloseable {
    /// Where calls to the host's addresses end up; nobody else uses it.
    static final String ADDRESS = "0.0.0.0";
    static final int PORT = 65_535;

    private final SimNetwork network;

    private DuplicateHost(SimNetwork network) {
        this.network = network;
    }

    public static DuplicateHost start(SimMachine machine) {
        var network = new SimNetwork(machine, machine.strangeNamespace(), UserAccount.ROOT, "server", 1);
        try {
            Network.Listener listener = network.listen(new InetSocketAddress(ADDRESS, PORT), 8);
            Thread.ofPlatform().daemon().name("impostor of " + machine.name()).start(() -> serve(listener));
        } catch (SystemFailure taken) {
            throw new IllegalStateException("there is an impostor of " + machine.name() + " already", taken);
        }
        return new DuplicateHost(network);
    }

    private static void serve(Network.Listener listener) {
        var wanted = new TlsRequest(Role.SERVER, TlsVersion.TLS_1_2, Cipher.AES_128_GCM, Identity.ecdsa(), Optional.empty(), false, false);
        try {
            while (true) {
                Optional<Connection> caller = listener.accept(Duration.ofMinutes(1));
                caller.ifPresent(connection -> answer(connection, wanted));
            }
        } catch (SystemFailure closed) {
            // the duplicate is gone
        }
    }

    private static void answer(Connection connection, TlsRequest wanted) {
        try {
            TlsChannel.open(connection, wanted).abort();
        } catch (PairFailed refused) {
            // as it should be
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
