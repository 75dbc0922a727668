package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.sim.machine.TcpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// A listening socket of a simulated machine.
final class SimListener implements Network.Listener {
    private final SimNetwork network;
    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final Supplier<TcpSocket> shown = this::shown;
    private volatile boolean closed;

    SimListener(SimNetwork network, ServerSocketChannel server, InetSocketAddress address) {
        this.network = network;
        this.server = server;
        this.address = address;
        network.namespace().opened(shown);
        network.opened(this);
    }

    private TcpSocket shown() {
        return new TcpSocket(TcpSocket.State.LISTEN, SimConnection.text(address), "0.0.0.0:*", network.process(), network.pid(),
            Optional.empty());
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration limit) throws SystemFailure {
        try {
            server.socket().setSoTimeout(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
            Socket socket = server.socket().accept();
            return network.accepted(socket.getChannel(), address);
        } catch (SocketTimeoutException nobody) {
            return Optional.empty();
        } catch (IOException problem) {
            throw new SystemFailure("accept", closed ? "EBADF" : "ECONNABORTED");
        }
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        network.namespace().closed(shown);
        network.closed(this);
        network.machine().world().switchboard().silence(network.machine(), address.getAddress().getHostAddress(), address.getPort());
        try {
            server.close();
        } catch (IOException gone) {
            // it is closed
        }
    }
}
