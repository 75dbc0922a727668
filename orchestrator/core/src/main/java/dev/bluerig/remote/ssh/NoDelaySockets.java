package dev.bluerig.remote.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;

/// Sockets that acknowledge at once: delayed acknowledgement and Nagle's algorithm together cost 40 ms per connection otherwise.
final class NoDelaySockets implements SocketFactory {
    /// What is longer goes past the buffer, and every machine has one.
    private static final int READ_AHEAD = 2048;

    private final DialRoute route;
    private final Duration limit;
    private final ServerGreeting greeting;
    private volatile boolean connected;

    /// `limit`: for each address of a name, unless the route has a time of its own.
    NoDelaySockets(DialRoute route, Duration limit, ServerGreeting greeting) {
        this.route = route;
        this.limit = route.patience().orElse(limit);
        this.greeting = greeting;
    }

    boolean connected() {
        return connected;
    }

    /// One address of the name after the other, as ssh does.
    @Override
    public Socket createSocket(String host, int port) throws IOException {
        List<InetAddress> addresses = Stream.of(InetAddress.getAllByName(host)).filter(route::takes).toList();
        if (addresses.isEmpty()) throw new UnknownHostException(host + " (AddressFamily " + route.family() + ")");
        IOException last = null;
        for (InetAddress address : addresses) {
            try {
                return connected(new InetSocketAddress(address, port));
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw last;
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (route.bind().isPresent()) socket.bind(new InetSocketAddress(route.bind().get(), 0));
            socket.connect(address, Math.toIntExact(limit.toMillis()));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        connected = true;
        return socket;
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        boolean quick = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        // buffered, because JSch asks for single bytes, and each would be two system calls
        return new BufferedInputStream(new FilterInputStream(greeting.watching(socket.getInputStream())) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                acknowledge();
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                acknowledge();
                return count;
            }

            private void acknowledge() throws IOException {
                if (quick && !socket.isClosed()) socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        }, READ_AHEAD);
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return socket.getOutputStream();
    }
}
