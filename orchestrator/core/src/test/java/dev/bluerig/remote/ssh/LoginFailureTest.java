package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every way not to reach a machine has its name, and is tried again only when that can help.
class LoginFailureTest {
    @TempDir
    private Path directory;

    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Duration> pauses = new ArrayList<>();
    private Duration timeout = Duration.ofSeconds(10);

    /// No time passes between attempts.
    private final Connector.RetryClock clock = new Connector.RetryClock() {
        @Override
        public long nanos() {
            return pauses.stream().mapToLong(Duration::toNanos).sum();
        }

        @Override
        public void pause(Duration time) {
            pauses.add(time);
        }
    };

    private interface Peer {
        void meet(Socket socket) throws Exception;
    }

    private Unreachable dial(String address, int port) throws Exception {
        var settings = new SshSettings(List.of(directory.resolve("known_hosts")), List.of(), Optional.empty(), Optional.empty(), timeout,
            2);
        Machine machine = SshMachines.host("node", address, SshMachines.password("plain", port, "s3cr3t-word"));
        long begun = System.nanoTime();
        try (var dialer = new SshDialer(settings, clock)) {
            Unreachable failed = assertThrows(Unreachable.class, () -> dialer.dial(machine, Optional.empty()));
            assertTrue(failed.getMessage().startsWith("node (plain@"), failed.getMessage());
            assertTrue(!failed.getMessage().contains("s3cr3t-word"), failed.getMessage());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
            return failed;
        }
    }

    private Unreachable against(Peer peer) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Socket> sockets = new ArrayList<>();
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket socket = server.accept();
                        accepted.incrementAndGet();
                        sockets.add(socket);
                        peer.meet(socket);
                    }
                } catch (Exception closed) {
                    // the test is over
                }
            });
            Unreachable failed = dial("127.0.0.1", server.getLocalPort());
            for (Socket socket : sockets) socket.close();
            return failed;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void nothing_listens() throws Exception {
        assertEquals(ConnectionCode.REFUSED, dial("127.0.0.1", OpenSshServer.freePort()).reason());
    }

    @Test
    void the_name_does_not_resolve() throws Exception {
        assertEquals(ConnectionCode.NAME_UNKNOWN, dial("no-such-machine.invalid", 22).reason());
    }

    @Test
    void the_server_speaks_something_else() throws Exception {
        Unreachable failed = against(socket -> {
            say(socket, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            socket.close();
        });
        assertEquals(ConnectionCode.NOT_SSH, failed.reason());
        assertTrue(failed.getMessage().endsWith("it says: HTTP/1.1 400 Bad Request / Connection: close"), failed.getMessage());
        assertEquals(1, accepted.get());
        assertEquals(List.of(), pauses);
    }

    @Test
    void the_server_says_nothing() throws Exception {
        timeout = Duration.ofMillis(300);
        assertEquals(ConnectionCode.CONNECT_TIMEOUT, against(socket -> {}).reason());
        assertEquals(1, accepted.get());
        assertEquals(List.of(), pauses);
    }

    @Test
    void the_server_stops_in_the_middle() throws Exception {
        timeout = Duration.ofSeconds(1);
        assertEquals(ConnectionCode.TIMED_OUT, against(socket -> say(socket, "SSH-2.0-stuck\r\n")).reason());
        assertEquals(1, accepted.get());
        assertEquals(List.of(), pauses);
    }

    @Test
    void a_server_that_is_full_is_tried_three_times() throws Exception {
        Unreachable failed = against(socket -> {
            say(socket, "Exceeded MaxStartups\r\n");
            socket.close();
        });
        assertEquals(ConnectionCode.CONNECTION_LOST, failed.reason());
        assertTrue(failed.getMessage().contains("the server is busy: Exceeded MaxStartups"), failed.getMessage());
        assertEquals(3, accepted.get());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
    }

    @Test
    void a_server_that_drops_us_is_tried_three_times() throws Exception {
        assertEquals(ConnectionCode.CONNECTION_LOST, against(Socket::close).reason());
        assertEquals(3, accepted.get());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
    }

    @Test
    void refused_logins_and_unknown_keys_are_not_tried_again() throws Exception {
        try (MinaServer server = MinaServer.start()) {
            var failed = dial("127.0.0.1", server.port());
            assertEquals(ConnectionCode.HOST_KEY_UNKNOWN, failed.reason());
            assertTrue(failed.getMessage().contains(server.hostKey().fingerprint()), failed.getMessage());
            Files.writeString(directory.resolve("known_hosts"), server.name() + " " + server.hostKey() + "\n");
            failed = dial("127.0.0.1", server.port());
            assertEquals(ConnectionCode.LOGIN_REFUSED, failed.reason());
            assertEquals(1, server.passwordsTried());
        }
    }

    @Test
    void a_host_that_cannot_reach_its_dpu_says_so() throws Exception {
        try (MinaServer server = MinaServer.start(); var dialer =
            new SshDialer(SshSettings.only(server.knownHosts(server.name(), "dpu-a")))) {
            Machine host = SshMachines.host("host-a", "127.0.0.1", SshMachines.key("plain", server.port(), server.key()));
            Machine dpu = SshMachines.dpu("dpu-a", "host-a", "127.0.0.1", SshMachines.key("plain", OpenSshServer.freePort(), server.key()));
            assertEquals(ConnectionCode.HOST_UNREACHABLE, assertThrows(Unreachable.class, () -> dialer.dial(dpu, Optional.empty()))
                .reason());
            Session session = dialer.dial(host, Optional.empty());
            Unreachable refused = assertThrows(Unreachable.class, () -> dialer.dial(dpu, Optional.of(session)));
            assertEquals(ConnectionCode.CHANNEL_REFUSED, refused.reason());
            assertTrue(refused.getMessage().contains("host-a cannot connect to 127.0.0.1"), refused.getMessage());
            session.close();
            assertEquals(ConnectionCode.HOST_UNREACHABLE, assertThrows(Unreachable.class, () -> dialer.dial(dpu, Optional.of(session)))
                .reason());
        }
    }
}
