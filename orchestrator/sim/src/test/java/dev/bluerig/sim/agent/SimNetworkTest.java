package dev.bluerig.sim.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.UserAccount;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// TCP and kernel TLS between two simulated hosts: what connects, what does not, and what is counted.
@Timeout(60)
class SimNetworkTest {
    private static final int BYTES = 8 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static String errno(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(SystemFailure.class, call).errno();
    }

    private static long counter(String text, String name) {
        return text.lines().map(String::strip).filter(line -> line.startsWith(name + ":") || line.matches(name + "\\s+\\d+"))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*[\\s:]+", ""))).findFirst()
            .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
    }

    private static long nic(dev.bluerig.sim.machine.SimMachine machine, String link, String name) {
        return counter(TwoEnds.said(machine, "ethtool -S " + link), name);
    }

    private static long tls(dev.bluerig.sim.machine.SimMachine machine, String name) {
        return counter(TwoEnds.said(machine, "cat /proc/net/tls_stat"), name);
    }

    @Test
    void plain_bytes_pass_and_every_device_on_the_way_counts_them() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.join();
            assertEquals(TwoEnds.SERVER, joined.server().local());
            assertEquals("198.18.0.2", joined.server().peer().getAddress().getHostAddress());
            assertEquals(joined.client().local(), joined.server().peer());
            assertArrayEquals(TwoEnds.array(TwoEnds.pattern(BYTES)), TwoEnds.pass(joined.client(), joined.server(), BYTES));
            long packets = (BYTES + 1447) / 1448;
            long frames = BYTES + 66 * packets;
            assertEquals(frames, nic(ends.b, "enp177s0f0np0", "tx_bytes"));
            assertEquals(frames, nic(ends.world.machine("dpu-b"), "p0", "tx_bytes_phy"));
            assertEquals(frames, nic(ends.world.machine("dpu-a"), "p0", "rx_bytes_phy"));
            assertEquals(frames, nic(ends.a, "enp177s0f0np0", "rx_bytes"));
            assertEquals(0, nic(ends.a, "enp177s0f0np0", "tx_bytes"));
            assertEquals(0, nic(ends.a, "enp177s0f1np1", "rx_bytes"));
            assertEquals("none", joined.client().state().transmit());
            assertTrue(TwoEnds.said(ends.b, "ip -j -s link show dev enp177s0f0np0").contains("\"bytes\":" + frames));
        }
    }

    @Test
    void with_everything_right_the_card_encrypts_and_decrypts() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            assertArrayEquals(TwoEnds.array(TwoEnds.pattern(BYTES)), TwoEnds.pass(joined.client(), joined.server(), BYTES));
            assertEquals("hw", joined.client().state().transmit());
            assertEquals("none", joined.client().state().receive());
            assertEquals("hw", joined.server().state().receive());
            assertEquals(1 + BYTES / 16_384, joined.client().state().transmitted());
            assertEquals(1 + BYTES / 16_384, joined.server().state().received());
            assertEquals(1, tls(ends.b, "TlsTxDevice"));
            assertEquals(1, tls(ends.b, "TlsCurrTxDevice"));
            assertEquals(0, tls(ends.b, "TlsTxSw"));
            assertEquals(1, tls(ends.a, "TlsRxDevice"));
            assertEquals(0, tls(ends.a, "TlsRxSw"));
            assertEquals(BYTES + 29L * BYTES / 16_384, nic(ends.b, "enp177s0f0np0", "tx_tls_encrypted_bytes"));
            long decrypted = nic(ends.a, "enp177s0f0np0", "rx_tls_decrypted_bytes") - 66 * nic(ends.a, "enp177s0f0np0",
                "rx_tls_decrypted_packets");
            assertTrue(decrypted > 0.99 * BYTES && decrypted < BYTES + 29L * BYTES / 16_384, "the first packets are the kernel's: "
                + decrypted);
            assertEquals(1, nic(ends.b, "enp177s0f0np0", "tx_tls_ctx"));
            String sockets = TwoEnds.said(ends.b, "ss -tiepnH");
            assertTrue(sockets.contains("users:((\"java\",pid=4002,fd=5))"), sockets);
            assertTrue(sockets.contains("tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: none txconf: hw"), sockets);
            joined.client().close();
            assertEquals(0, tls(ends.b, "TlsCurrTxDevice"));
            assertEquals(1, nic(ends.b, "enp177s0f0np0", "tx_tls_del"));
            assertFalse(TwoEnds.said(ends.b, "ss -tiepnH").contains("java"));
            assertEquals(-1, joined.server().receive(ByteBuffer.allocateDirect(10)).bytes());
        }
    }

    private static void software(TlsVersion version, Cipher cipher, String because, String... before) throws SystemFailure {
        try (var ends = new TwoEnds()) {
            for (String line : before) {
                TwoEnds.said(ends.a, line);
                TwoEnds.said(ends.b, line);
            }
            var joined = ends.secured(version, cipher);
            assertArrayEquals(TwoEnds.array(TwoEnds.pattern(100_000)), TwoEnds.pass(joined.client(), joined.server(), 100_000), because);
            assertEquals("sw", joined.client().state().transmit(), because);
            assertEquals("sw", joined.server().state().receive(), because);
            assertEquals(version.text(), joined.server().state().version());
            assertEquals(cipher.text(), joined.server().state().cipher());
            assertEquals(1, tls(ends.b, "TlsTxSw"), because);
            assertEquals(0, tls(ends.b, "TlsTxDevice"), because);
            assertEquals(1, tls(ends.a, "TlsRxSw"), because);
            assertEquals(0, nic(ends.b, "enp177s0f0np0", "tx_tls_encrypted_bytes"), because);
            assertEquals(0, nic(ends.a, "enp177s0f0np0", "rx_tls_decrypted_packets"), because);
        }
    }

    @Test
    void otherwise_the_kernel_does_it() throws SystemFailure {
        software(TlsVersion.TLS_1_3, Cipher.AES_128_GCM, "mainline offloads no TLS 1.3");
        software(TlsVersion.TLS_1_2, Cipher.CHACHA20_POLY1305, "no card knows ChaCha20");
        software(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, "flags off",
            "ethtool -K enp177s0f0np0 tls-hw-tx-offload off tls-hw-rx-offload off");
    }

    @Test
    void aes_256_is_for_the_card_with_the_driver_of_nvidia() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_256_GCM);
            assertEquals("hw", joined.client().state().transmit());
        }
    }

    @Test
    void receiving_is_off_by_default_in_the_card() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            TwoEnds.said(ends.a, "ethtool -K enp177s0f0np0 tls-hw-rx-offload off");
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            TwoEnds.pass(joined.client(), joined.server(), BYTES);
            assertEquals("hw", joined.client().state().transmit());
            assertEquals("sw", joined.server().state().receive());
        }
    }

    @Test
    void a_flag_that_goes_off_later_leaves_the_state_and_stops_the_receiving_card() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            TwoEnds.pass(joined.client(), joined.server(), BYTES);
            TwoEnds.said(ends.a, "ethtool -K enp177s0f0np0 tls-hw-rx-offload off");
            TwoEnds.said(ends.b, "ethtool -K enp177s0f0np0 tls-hw-tx-offload off");
            long decrypted = nic(ends.a, "enp177s0f0np0", "rx_tls_decrypted_bytes");
            TwoEnds.pass(joined.client(), joined.server(), BYTES);
            assertEquals("hw", joined.server().state().receive());
            assertEquals(decrypted, nic(ends.a, "enp177s0f0np0", "rx_tls_decrypted_bytes"));
            assertEquals(2 * (BYTES + 29L * BYTES / 16_384), nic(ends.b, "enp177s0f0np0", "tx_tls_encrypted_bytes"),
                "open connections go on in the card");
        }
    }

    @Test
    void a_link_flap_stops_the_card_and_leaves_the_state() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            TwoEnds.said(ends.b, "ip link set dev enp177s0f0np0 down");
            TwoEnds.said(ends.b, "ip link set dev enp177s0f0np0 up");
            assertArrayEquals(TwoEnds.array(TwoEnds.pattern(BYTES)), TwoEnds.pass(joined.client(), joined.server(), BYTES));
            assertEquals("hw", joined.client().state().transmit());
            assertEquals(0, nic(ends.b, "enp177s0f0np0", "tx_tls_encrypted_bytes"));
            assertEquals(1, tls(ends.b, "TlsTxDevice"));
            assertEquals("3\n", TwoEnds.said(ends.b, "cat /sys/class/net/enp177s0f0np0/carrier_changes"));
        }
    }

    @Test
    void data_wait_while_the_link_is_down() throws Exception {
        try (var ends = new TwoEnds()) {
            var joined = ends.join();
            ends.b.port(0).lower();
            var passed = CompletableFuture.supplyAsync(() -> {
                try {
                    return TwoEnds.pass(joined.client(), joined.server(), 1000);
                } catch (SystemFailure failed) {
                    throw new IllegalStateException(failed);
                }
            }, TwoEnds.THREADS);
            while (joined.client().retransmits() == 0) Thread.yield();
            assertFalse(passed.isDone());
            ends.b.port(0).raise();
            assertEquals(1000, passed.get().length);
            assertTrue(counter(TwoEnds.said(ends.b, "cat /proc/net/snmp")
                .replaceAll("(?s).*Tcp: 1 200 120000 -1 1 0 0 0 0 0 \\d+ (\\d+).*", "RetransSegs: $1"), "RetransSegs") > 0);
        }
    }

    @Test
    void what_must_not_connect_does_not() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            Optional<InetSocketAddress> local = Optional.of(TwoEnds.CLIENT);
            assertEquals("ECONNREFUSED", errno(() -> ends.client.connect(local, TwoEnds.SERVER, LIMIT)));
            assertEquals("EADDRNOTAVAIL", errno(() -> ends.server.listen(new InetSocketAddress("198.18.0.9", 47_000), 8)));
            assertEquals("EADDRNOTAVAIL",
                errno(() -> ends.client.connect(Optional.of(new InetSocketAddress("198.18.0.77", 0)), TwoEnds.SERVER, LIMIT)));
            assertEquals("EHOSTUNREACH",
                errno(() -> ends.server.connect(Optional.empty(), new InetSocketAddress("198.18.0.3", 47_000), LIMIT)));
            assertEquals("ETIMEDOUT",
                errno(() -> ends.client.connect(Optional.empty(), new InetSocketAddress("203.0.113.1", 47_000), LIMIT)));
            try (var first = ends.server.listen(TwoEnds.SERVER, 8)) {
                assertEquals("EADDRINUSE", errno(() -> ends.server.listen(TwoEnds.SERVER, 8)));
                assertEquals("EADDRINUSE", errno(() -> ends.server.listen(new InetSocketAddress("0.0.0.0", 47_000), 8)));
                assertTrue(TwoEnds.said(ends.a, "ss -tlnpH").contains("198.18.0.1:47000"), TwoEnds.said(ends.a, "ss -tlnpH"));
                assertEquals(47_000, first.address().getPort());
                SimMachines.type(ends.world.machine("dpu-a"), "ovs-vsctl del-port p0");
                assertEquals("EHOSTUNREACH", errno(() -> ends.client.connect(local, TwoEnds.SERVER, LIMIT)));
            }
            ends.b.port(0).lower();
            assertEquals("ETIMEDOUT", errno(() -> ends.client.connect(local, TwoEnds.SERVER, LIMIT)));
            var ordinary = new SimNetwork(ends.a, ends.a.namespace(), new UserAccount("lab", 1000, "/home/lab"), "java", 4003);
            assertEquals("EACCES", errno(() -> ordinary.listen(new InetSocketAddress("198.18.0.1", 443), 8)));
        }
    }

    @Test
    void kernel_tls_is_attached_in_order_and_once() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.join();
            var keys = TwoEnds.keys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            assertEquals("ENOPROTOOPT", errno(() -> joined.client().transmitWith(keys)));
            joined.client().attachTls();
            assertEquals("EEXIST", errno(joined.client()::attachTls));
            joined.client().transmitWith(keys);
            assertEquals("EBUSY", errno(() -> joined.client().transmitWith(keys)));
            joined.client().close();
            assertEquals("EBADF", errno(joined.client()::attachTls));
            assertEquals("EBADF", errno(() -> joined.client().send(ByteBuffer.allocateDirect(1))));
        }
    }

    @Test
    void the_module_is_loaded_on_demand_for_root_alone() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            TwoEnds.said(ends.a, "modprobe -r tls");
            TwoEnds.said(ends.b, "modprobe -r tls");
            var ordinary = new SimNetwork(ends.b, ends.b.namespace(), new UserAccount("lab", 1000, "/home/lab"), "java", 4003);
            var listener = ends.server.listen(TwoEnds.SERVER, 8);
            try (var connection = ordinary.connect(Optional.empty(), TwoEnds.SERVER, LIMIT); var accepted = listener.accept(LIMIT)
                .orElseThrow()) {
                assertEquals("ENOENT", errno(connection::attachTls));
                assertEquals("EPERM", errno(connection::state));
                accepted.attachTls();
                assertTrue(ends.a.modules().contains("tls"));
            }
        }
    }

    @Test
    void control_records_keep_their_type_and_a_wrong_key_is_a_bad_message() throws SystemFailure {
        try (var ends = new TwoEnds()) {
            var joined = ends.secured(TlsVersion.TLS_1_2, Cipher.AES_128_GCM);
            joined.client().send(TwoEnds.pattern(3));
            joined.client().sendRecord(21, ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 0).flip());
            ByteBuffer into = ByteBuffer.allocateDirect(2);
            assertEquals(23, joined.server().receive(into).type());
            assertEquals(1, joined.server().receive(into.clear()).bytes());
            assertEquals(21, joined.server().receive(into.clear()).type());
            joined.client().close();
            assertEquals(-1, joined.server().receive(into.clear()).bytes());
            joined.listener().close();
            var again = ends.join();
            again.client().attachTls();
            again.server().attachTls();
            again.client().transmitWith(TwoEnds.keys(TlsVersion.TLS_1_3, Cipher.AES_128_GCM));
            again.server().receiveWith(TwoEnds.keys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM));
            again.client().send(TwoEnds.pattern(100));
            assertEquals("EBADMSG", errno(() -> again.server().receive(into.clear())));
            assertEquals(1, tls(ends.a, "TlsDecryptError"));
        }
    }

    @Test
    void closing_from_another_thread_ends_a_call_that_waits() throws Exception {
        try (var ends = new TwoEnds()) {
            var joined = ends.join();
            var waiting = CompletableFuture.supplyAsync(() -> errno(() -> joined.server().receive(ByteBuffer.allocateDirect(1))),
                TwoEnds.THREADS);
            joined.server().close();
            assertEquals("EBADF", waiting.get());
            var accepting = CompletableFuture.supplyAsync(() -> errno(() -> joined.listener().accept(Duration.ofMinutes(1))),
                TwoEnds.THREADS);
            ends.server.close();
            assertEquals("EBADF", accepting.get());
        }
    }
}
