package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.Connection.TlsState;
import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.Skip;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a kernel with TLS does with keys that both ends know. On a kernel without it the same tests hold the refusal.
@Timeout(60)
class KernelTlsTest {
    private final LinuxNetwork network = new LinuxNetwork();

    @ParameterizedTest
    @CsvSource({"TLS_1_2,AES_128_GCM", "TLS_1_2,AES_256_GCM", "TLS_1_2,CHACHA20_POLY1305", "TLS_1_3,AES_128_GCM", "TLS_1_3,AES_256_GCM",
        "TLS_1_3,CHACHA20_POLY1305"})
    void records_with_their_types_and_numbers(TlsVersion version, Cipher cipher, @TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[100_000]);
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1")) {
            if (!attached(pair)) return;
            long first = version == TlsVersion.TLS_1_2 ? 1 : 0;
            secure(pair, keys(version, cipher, 1, first), keys(version, cipher, 1, first));
            pair.client().send(LoopbackPair.direct("payload"));
            pair.client().sendRecord(21, ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 0).flip());
            ByteBuffer into = ByteBuffer.allocateDirect(100_000);
            assertEquals(new Received(23, 7), pair.server().receive(into));
            assertEquals(LoopbackPair.direct("payload"), into.flip());
            assertEquals(new Received(21, 2), pair.server().receive(into.clear()));
            pair.client().sendFile(file, 0, 100_000); // seven records of at most 16 KiB
            int came = 0;
            while (came < 100_000) came += pair.server().receive(into.clear()).bytes();
            assertEquals(100_000, came);
            tells(new TlsState("sw", "none", version.text(), cipher.text(), first + 9, -1), pair.client());
            tells(new TlsState("none", "sw", version.text(), cipher.text(), -1, first + 9), pair.server());
            pair.client().zeroCopy();
            pair.client().close();
            assertEquals(new Received(23, -1), pair.server().receive(into.clear()));
        }
    }

    @Test
    void another_key_is_a_bad_message() throws SystemFailure {
        try (LoopbackPair pair = LoopbackPair.on(network, "::1")) {
            if (!attached(pair)) return;
            secure(pair, keys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, 1, 1), keys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, 2, 1));
            pair.client().send(LoopbackPair.direct("payload"));
            assertEquals("recvmsg: EBADMSG", assertThrows(SystemFailure.class, () -> pair.server().receive(ByteBuffer.allocateDirect(100)))
                .getMessage());
        }
    }

    @Test
    void once_only() throws SystemFailure {
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1")) {
            RecordKeys keys = keys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, 1, 1);
            assertEquals("setsockopt TLS_TX: ENOPROTOOPT", assertThrows(SystemFailure.class, () -> pair.client().transmitWith(keys))
                .getMessage());
            if (!attached(pair)) return;
            assertEquals("EEXIST", assertThrows(SystemFailure.class, () -> pair.client().attachTls()).errno());
            tells(new TlsState("none", "none", "", "", -1, -1), pair.client());
            pair.client().transmitWith(keys);
            assertEquals("EBUSY", assertThrows(SystemFailure.class, () -> pair.client().transmitWith(keys)).errno());
        }
    }

    @Test
    void a_plain_connection_has_no_state() throws SystemFailure {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            try (LoopbackPair pair = LoopbackPair.on(network, address)) {
                assertEquals(new TlsState("none", "none", "", "", -1, -1), pair.client().state());
                assertEquals(new TlsState("none", "none", "", "", -1, -1), pair.server().state());
                assertTrue(pair.client().retransmits() >= 0);
            }
        }
    }

    /// Whether the kernel has TLS; when it says no, in the words of the contract and of its own list.
    private static boolean attached(LoopbackPair pair) throws SystemFailure {
        try {
            pair.client().attachTls();
            pair.server().attachTls();
            return true;
        } catch (SystemFailure none) {
            assertEquals("setsockopt TCP_ULP: ENOENT", none.getMessage());
            assertFalse(available(), "the kernel lists tls");
            assertFalse(Skip.kernelTlsIsRequired(), "the kernel has no TLS");
            return false;
        }
    }

    private static boolean available() {
        try {
            return (" " + Files.readString(Path.of("/proc/sys/net/ipv4/tcp_available_ulp")).strip() + " ").contains(" tls ");
        } catch (IOException none) {
            return false;
        }
    }

    /// Unless the kernel tells it only to CAP_NET_ADMIN.
    private static void tells(TlsState wanted, Connection connection) throws SystemFailure {
        try {
            assertEquals(wanted, connection.state());
        } catch (SystemFailure untold) {
            assertEquals("EPERM", untold.errno());
            assertFalse("root".equals(System.getProperty("user.name")), untold.getMessage());
        }
    }

    private static void secure(LoopbackPair pair, RecordKeys transmit, RecordKeys receive) throws SystemFailure {
        pair.client().transmitWith(transmit);
        pair.server().receiveWith(receive);
    }

    private static RecordKeys keys(TlsVersion version, Cipher cipher, long seed, long sequence) {
        var random = new Random(seed);
        var key = new byte[KeySizes.key(cipher)];
        var iv = new byte[version == TlsVersion.TLS_1_3 ? 12 : KeySizes.fixedIv(cipher)];
        random.nextBytes(key);
        random.nextBytes(iv);
        return new RecordKeys(version, cipher, key, iv, sequence);
    }
}
