package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Two connected ends on this machine.
record LoopbackPair(Network.Listener listener, Connection client, Connection server) implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    static LoopbackPair on(Network network, String address) throws SystemFailure {
        Network.Listener listener = network.listen(new InetSocketAddress(address, 0), 16);
        Connection client = network.connect(Optional.empty(), listener.address(), SOON);
        return new LoopbackPair(listener, client, listener.accept(SOON).orElseThrow());
    }

    static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        listener.close();
    }
}
