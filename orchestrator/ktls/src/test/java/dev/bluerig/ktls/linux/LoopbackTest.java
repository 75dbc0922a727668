package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.SystemFailure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    private final LinuxNetwork network = new LinuxNetwork();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bytes_arrive_and_the_end_is_seen(String address) throws SystemFailure {
        try (var pair = LoopbackPair.on(network, address)) {
            assertEquals(pair.client().local(), pair.server().peer());
            assertEquals(pair.client().peer(), pair.server().local());
            pair.client().send(LoopbackPair.direct("hello"));
            ByteBuffer into = ByteBuffer.allocateDirect(100);
            assertEquals(new Received(23, 5), pair.server().receive(into));
            assertEquals("hello", StandardCharsets.UTF_8.decode(into.flip()).toString());
            pair.client().finish();
            assertEquals(new Received(23, -1), pair.server().receive(into.clear()));
            assertEquals(new Received(23, -1), pair.server().receive(into.clear()), "and again");
        }
    }

    @Test
    void a_local_address_is_taken() throws SystemFailure {
        try (var listener = network.listen(new InetSocketAddress("127.0.0.1", 0), 1);
             Connection client = network.connect(Optional.of(new InetSocketAddress("127.0.0.9", 0)), listener.address(),
                 LoopbackPair.SOON)) {
            assertEquals("127.0.0.9", client.local().getAddress().getHostAddress());
            assertTrue(client.local().getPort() > 0);
        }
    }
}
