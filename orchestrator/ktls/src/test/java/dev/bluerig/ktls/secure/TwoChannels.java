package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Two ends of one connection over loopback, and a thread for what happens at the other end.
record TwoChannels(SocketConnection server, SocketConnection client) implements AutoCloseable {
    static TwoChannels connected() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            return new TwoChannels(new SocketConnection(listener.accept()), new SocketConnection(client));
        }
    }

    /// What runs at the same time on a thread of its own.
    static <T> Task<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return new Task<>(task);
    }

    record Task<T>(FutureTask<T> future) {
        T result() throws Exception {
            try {
                return future.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Exception exception) throw exception;
                throw failed;
            } catch (TimeoutException late) {
                future.cancel(true);
                throw late;
            }
        }

        PairFailed failure() throws Exception {
            try {
                T got = result();
                throw new AssertionError("no failure, but " + got);
            } catch (PairFailed failed) {
                return failed;
            }
        }
    }

    /// Both channels, after both handshakes.
    record Channels(TlsChannel server, TlsChannel client) implements AutoCloseable {
        static Channels open(Connection server, TlsRequest serverWanted, Connection client, TlsRequest clientWanted) throws Exception {
            Task<TlsChannel> accepted = start(() -> TlsChannel.open(server, serverWanted));
            TlsChannel connected = TlsChannel.open(client, clientWanted);
            return new Channels(accepted.result(), connected);
        }

        @Override
        public void close() {
            server.abort();
            client.abort();
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
