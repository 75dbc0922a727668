package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Ends a connection from below: JSch's own `disconnect` does nothing before the connection stands and can wait for it afterwards.
final class ConnectionAbort implements Runnable {
    private final List<Closeable> held = new ArrayList<>();
    private boolean done;

    SocketFactory watching(SocketFactory sockets) {
        return new SocketFactory() {
            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return hold(sockets.createSocket(host, port));
            }

            @Override
            public InputStream getInputStream(Socket socket) throws IOException {
                return sockets.getInputStream(socket);
            }

            @Override
            public OutputStream getOutputStream(Socket socket) throws IOException {
                return sockets.getOutputStream(socket);
            }
        };
    }

    Proxy watching(Proxy proxy) {
        hold((Closeable) proxy::close);
        return proxy;
    }

    private synchronized <T extends Closeable> T hold(T connection) {
        held.add(connection);
        if (done) run();
        return connection;
    }

    @Override
    public synchronized void run() {
        done = true;
        for (Closeable connection : held) {
            try {
                connection.close();
            } catch (IOException alreadyGone) {
                // that is what was wanted
            }
        }
    }
}
