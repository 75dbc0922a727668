package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Connection.TlsState;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `openssl s_server -ktls` and `s_client -ktls` against channels whose records the kernel makes: over loopback, and over a NIC that takes
/// TLS 1.2 off the kernel. What the kernels and NICs of both ends say of it is held against what they counted. Each case reports its
/// findings for whoever started it.
@Tag("kernel-tls")
@Timeout(120)
class OpenSslKernelTest {
    private static final int PAYLOAD = 3_000_037;
    private static final byte[] UP = TlsRequests.payload(PAYLOAD, 1);
    private static final byte[] DOWN = TlsRequests.payload(PAYLOAD, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// A NIC joins a stream of records when the kernel has told it where one begins; until then the kernel decrypts.
    private static final double LEAST_SHARE = 0.5;
    private static final Pattern HALF = Pattern.compile("(rx|tx)conf: (\\w+)");

    /// What `few` in `BLUERIG_OPENSSL` takes, and `rest` leaves out: both roles, each cipher, both versions, over the NIC and not.
    private static final Set<String> FEW = Set.of("a_server nic TLS_1_2 AES_128_GCM", "a_client nic TLS_1_2 AES_256_GCM",
        "a_server nic TLS_1_3 AES_128_GCM", "a_client loopback TLS_1_3 CHACHA20_POLY1305");

    static Stream<Arguments> servers() {
        return kinds("a_server");
    }

    static Stream<Arguments> clients() {
        return kinds("a_client");
    }

    /// Over the NIC what it can take, and the same in TLS 1.3, which it cannot; over loopback what the NIC would take, and the cipher that
    /// it has not.
    private static Stream<Arguments> kinds(String role) {
        return Stream.of(TlsVersion.values()).flatMap(version -> Stream.of(Cipher.values())
            .flatMap(cipher -> Stream.of(LinkUnderTest.laid(), LinkUnderTest.LOOPBACK).filter(link -> worthwhile(link, version, cipher))
                .filter(link -> asked(String.join(" ", role, link.name(), version.name(), cipher.name())))
                .map(link -> Arguments.of(link, version, cipher))));
    }

    private static boolean asked(String combination) {
        return switch (System.getenv().getOrDefault("BLUERIG_OPENSSL", "all")) {
            case "few" -> FEW.contains(combination);
            case "rest" -> !FEW.contains(combination);
            default -> true;
        };
    }

    private static boolean worthwhile(LinkUnderTest link, TlsVersion version, Cipher cipher) {
        return link.nic().isEmpty() ? version == TlsVersion.TLS_1_2 || cipher == Cipher.CHACHA20_POLY1305
            : cipher != Cipher.CHACHA20_POLY1305;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("servers")
    void a_server(LinkUnderTest link, TlsVersion version, Cipher cipher, @TempDir Path directory, TestReporter reporter) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, CertificateKind.ECDSA);
        Before before = Before.on(link);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, cipher, requests.server(), false, false, link, List.of("-ktls"))
            .server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(true, true))) {
            exchange(requests, before, ours, theirs, reporter);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("clients")
    void a_client(LinkUnderTest link, TlsVersion version, Cipher cipher, @TempDir Path directory, TestReporter reporter) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, CertificateKind.ECDSA);
        Before before = Before.on(link);
        try (Network.Listener listener = new LinuxNetwork().listen(new InetSocketAddress(link.ours(), 0), 1);
             OpenSsl theirs = new OpenSsl.Start(directory, version, cipher, requests.client(), false, false, link, List.of("-ktls"))
                 .client(listener.address(), CertificateKind.ECDSA);
             TlsChannel ours = TlsChannel.open(accepted(listener), requests.forServer(true, true))) {
            exchange(requests, before, ours, theirs, reporter);
        }
    }

    private static Connection accepted(Network.Listener listener) throws Exception {
        return listener.accept(PATIENCE).orElseThrow();
    }

    /// What was counted before.
    private record Before(LinkUnderTest link, Counters ours, Counters theirs) {
        static Before on(LinkUnderTest link) throws Exception {
            return new Before(link, Counters.here(link), Counters.there(link));
        }
    }

    private static void exchange(TlsRequests requests, Before before, TlsChannel ours, OpenSsl theirs, TestReporter reporter)
        throws Exception {
        assertEquals(List.of(TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL, ""), List.of(ours.transmit(),
            ours.receive(), ours.reason()));
        Task<byte[]> heard = TwoChannels.start(() -> theirs.stdout().readNBytes(PAYLOAD));
        Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(ours, PAYLOAD, 1 << 16));
        Task<Boolean> said = TwoChannels.start(() -> {
            theirs.stdin().write(DOWN);
            theirs.stdin().flush();
            return true;
        });
        TlsRequests.send(ours, UP, 128 << 10);
        assertEquals(checksum(UP), checksum(heard.result()));
        assertEquals(checksum(DOWN), checksum(received.result()));
        said.result();
        TlsState state = ours.state();
        Directions peer = Directions.of(before.link(), ours.connection());
        LinkUnderTest link = before.link();
        Counters oursNow = Counters.here(link);
        Counters theirsNow = Counters.there(link);
        ours.close();
        theirs.awaitEnd();
        assertEquals(0, theirs.stdout().read() + 1, "nothing but payload");
        reporter.publishEntry(Map.of("transmit", state.transmit(), "receive", state.receive(), "peer-transmit", peer.transmit(),
            "peer-receive", peer.receive(),
            "up", checksum(UP), "down", checksum(DOWN)));
        boolean offloaded = !link.nic().isEmpty() && requests.version() == TlsVersion.TLS_1_2
            && requests.cipher() != Cipher.CHACHA20_POLY1305;
        String where = offloaded ? "hw" : "sw";
        assertEquals(new Directions(where, where), new Directions(state.transmit(), state.receive()), "our end");
        assertEquals(new Directions(where, where), peer, "openssl's end");
        assertEquals(List.of(requests.version().text(), requests.cipher().text()), List.of(state.version(), state.cipher()));
        opened(link, offloaded, before.ours(), oursNow);
        if (link.nic().isEmpty()) return;
        opened(link, offloaded, before.theirs(), theirsNow);
        worked(offloaded, before.ours(), oursNow);
        worked(offloaded, before.theirs(), theirsNow);
    }

    /// The kernel's own counters, which are a network namespace's: over loopback both ends are in one.
    private static void opened(LinkUnderTest link, boolean offloaded, Counters before, Counters now) {
        long ends = link.nic().isEmpty() ? 2 : 1;
        assertEquals(List.of(offloaded ? 0 : ends, offloaded ? 0 : ends, offloaded ? ends : 0, offloaded ? ends : 0, 0L),
            Stream.of("TlsTxSw", "TlsRxSw", "TlsTxDevice", "TlsRxDevice", "TlsDecryptError").map(name -> now.moved(name, before)).toList(),
            "TlsTxSw, TlsRxSw, TlsTxDevice, TlsRxDevice, TlsDecryptError");
    }

    private static void worked(boolean offloaded, Counters before, Counters now) {
        long encrypted = now.moved("tx_tls_encrypted_bytes", before);
        long decrypted = now.moved("rx_tls_decrypted_bytes", before);
        if (!offloaded) assertEquals(List.of(0L, 0L), List.of(encrypted, decrypted), "encrypted and decrypted by the NIC");
        if (offloaded) assertTrue(encrypted >= PAYLOAD, () -> encrypted + " bytes encrypted by the NIC");
        if (offloaded) assertTrue(decrypted >= LEAST_SHARE * PAYLOAD, () -> decrypted + " bytes decrypted by the NIC");
    }

    /// What `ss` says at the peer's end of one connection.
    private record Directions(String transmit, String receive) {
        static Directions of(LinkUnderTest link, Connection connection) throws Exception {
            String text =
                CommandOutput.by(link.there("ss", "-tnieH", "src", link.theirs() + ":" + connection.peer().getPort(), "dst",
                link.ours() + ":" + connection.local().getPort()));
            var halves = new java.util.HashMap<String, String>();
            for (Matcher found = HALF.matcher(text); found.find(); ) halves.put(found.group(1).toLowerCase(Locale.ROOT), found.group(2));
            return new Directions(halves.getOrDefault("tx", "untold: " + text), halves.getOrDefault("rx", "untold: " + text));
        }
    }

    /// Not SHA-256, which takes seconds in a guest without the instructions for it.
    private static String checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return bytes.length + " bytes, CRC-32C %08x".formatted(checksum.getValue());
    }
}
