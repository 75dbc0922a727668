package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private final LinuxNetwork network = new LinuxNetwork();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void nobody_listens(String address) throws SystemFailure {
        InetSocketAddress left;
        try (var listener = network.listen(new InetSocketAddress(address, 0), 1)) {
            left = listener.address();
        }
        SystemFailure refused = assertThrows(SystemFailure.class, () -> network.connect(Optional.empty(), left, LoopbackPair.SOON));
        assertEquals("connect: ECONNREFUSED", refused.getMessage());
    }

    @Test
    void nobody_answers() throws SystemFailure {
        var filling = new ArrayList<Connection>();
        try (var full = network.listen(ANY_PORT, 0)) { // a full queue drops what comes (listen(2))
            SystemFailure late = assertThrows(SystemFailure.class, () -> {
                while (filling.size() < 50) filling.add(network.connect(Optional.empty(), full.address(), Duration.ofMillis(300)));
            });
            assertEquals("connect: ETIMEDOUT: no answer within the limit", late.getMessage());
        } finally {
            filling.forEach(Connection::close);
        }
    }

    @Test
    void a_port_is_listened_on_once() throws SystemFailure {
        try (var first = network.listen(ANY_PORT, 1)) {
            SystemFailure taken = assertThrows(SystemFailure.class, () -> network.listen(first.address(), 1));
            assertEquals("EADDRINUSE", taken.errno());
        }
    }

    @Test
    void a_port_with_finished_connections_is_free() throws SystemFailure {
        InetSocketAddress address;
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1")) {
            address = pair.listener().address();
            pair.server().close(); // the end that closes first stays in TIME_WAIT
        }
        network.listen(address, 1).close();
    }

    @Test
    void an_address_of_another_machine_is_not_ours() {
        var documentation = new InetSocketAddress("192.0.2.77", 0); // RFC 5737
        assertEquals("bind: EADDRNOTAVAIL", assertThrows(SystemFailure.class, () -> network.listen(documentation, 1)).getMessage());
        assertEquals("bind: EADDRNOTAVAIL",
            assertThrows(SystemFailure.class, () -> network.connect(Optional.of(documentation), ANY_PORT, LoopbackPair.SOON)).getMessage());
    }

    @Test
    void a_name_is_no_address() {
        assertThrows(IllegalArgumentException.class, () -> network.listen(InetSocketAddress.createUnresolved("localhost", 0), 1));
    }

    @Test
    void nobody_came() throws SystemFailure {
        try (var listener = network.listen(ANY_PORT, 1)) {
            assertEquals(Optional.empty(), listener.accept(Duration.ZERO));
            assertEquals(Optional.empty(), listener.accept(Duration.ofMillis(30)));
        }
    }

    @Test
    void a_connection_that_went_before_it_was_accepted_is_passed_over() throws SystemFailure {
        var gone = new AtomicInteger();
        var aborting =
            new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> call.equals("accept4") && gone.getAndIncrement() < 3
            ? Optional.of(-Errno.ECONNABORTED) : Optional.empty()));
        try (LoopbackPair pair = LoopbackPair.on(aborting, "127.0.0.1")) {
            assertEquals(pair.client().local(), pair.server().peer());
        }
        assertEquals(4, gone.get());
    }

    @Test
    void no_descriptors_left_is_a_failure_of_accept() throws SystemFailure {
        var full =
            new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> call.equals("accept4") ? Optional.of(-24) : Optional.empty()));
        try (var listener = full.listen(ANY_PORT, 1); Connection client =
            full.connect(Optional.empty(), listener.address(), LoopbackPair.SOON)) {
            assertEquals("accept4: EMFILE", assertThrows(SystemFailure.class, () -> listener.accept(LoopbackPair.SOON)).getMessage());
            assertEquals(listener.address(), client.peer());
        }
    }

    @Test
    void what_fails_leaves_nothing_open() throws SystemFailure {
        var opened = new AtomicInteger();
        for (String failing : List.of("bind", "listen", "getsockname", "setsockopt", "connect", "fcntl", "getpeername", "poll",
            "getsockopt")) {
            var failed = new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> {
                if (call.equals("close")) opened.decrementAndGet();
                if (call.equals("socket")) opened.incrementAndGet();
                return call.equals(failing) ? Optional.of(-5) : Optional.empty();
            }));
            try (Network.Listener listener = network.listen(ANY_PORT, 1)) {
                SystemFailure failure = assertThrows(SystemFailure.class, () -> {
                    try (Network.Listener own = failed.listen(ANY_PORT, 1);
                         Connection client = failed.connect(Optional.of(ANY_PORT), listener.address(), LoopbackPair.SOON)) {
                        assertTrue(own.address() != client.local());
                    }
                });
                assertEquals("EIO", failure.errno());
                assertEquals(0, opened.get(), "after " + failing + " failed");
            }
        }
    }

    @Test
    void a_thousand_connections() throws SystemFailure {
        var ends = new ArrayList<Connection>();
        try (var listener = network.listen(ANY_PORT, 1000)) {
            for (int index = 0; index < 1000; index++) {
                ends.add(network.connect(Optional.empty(), listener.address(), LoopbackPair.SOON));
                ends.add(listener.accept(LoopbackPair.SOON).orElseThrow());
            }
            for (int index = 0; index < 2000; index += 2) ends.get(index).send(LoopbackPair.direct("connection " + index));
            var into = ByteBuffer.allocateDirect(100);
            for (int index = 0; index < 2000; index += 2) {
                ends.get(index + 1).receive(into.clear());
                assertEquals(LoopbackPair.direct("connection " + index), into.flip());
                assertEquals("none", ends.get(index + 1).state().transmit());
            }
        } finally {
            ends.forEach(Connection::close);
        }
    }
}
