package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The JDK's own TLS as the other end: an implementation that shares nothing with ours.
class JdkPeerTest {
    private static final int LARGE = 2_000_003;

    private static SSLContext context(Optional<Identity> own) throws Exception {
        KeyManager[] keys = new KeyManager[0];
        if (own.isPresent()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.get().certificate()));
            store.setKeyEntry("own", own.get().key(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Trusting()}, new SecureRandom());
        return context;
    }

    private static String suite(TlsRequests requests, CertificateKind kind) {
        String cipher = switch (requests.cipher()) {
            case AES_128_GCM -> "AES_128_GCM_SHA256";
            case AES_256_GCM -> "AES_256_GCM_SHA384";
            case CHACHA20_POLY1305 -> "CHACHA20_POLY1305_SHA256";
        };
        return requests.version() == TlsVersion.TLS_1_3 ? "TLS_" + cipher : "TLS_ECDHE_" + kind + "_WITH_" + cipher;
    }

    private static void exchange(TlsChannel ours, SSLSocket theirs) throws Exception {
        byte[] up = TlsRequests.payload(LARGE, 1);
        byte[] down = TlsRequests.payload(LARGE, 2);
        Task<byte[]> heard = TwoChannels.start(() -> theirs.getInputStream().readNBytes(LARGE));
        Task<Boolean> said = TwoChannels.start(() -> {
            theirs.getOutputStream().write(down);
            theirs.getOutputStream().flush();
            return true;
        });
        Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(ours, LARGE, 1 << 16));
        TlsRequests.send(ours, up, 50_000);
        assertArrayEquals(up, heard.result());
        assertArrayEquals(down, received.result());
        said.result();
        Task<Integer> ended = TwoChannels.start(() -> {
            int end = theirs.getInputStream().read();
            theirs.close();
            return end;
        });
        ours.close();
        assertEquals(-1, ended.result());
    }

    @ParameterizedTest
    @MethodSource("dev.bluerig.ktls.secure.TlsRequests#every")
    void the_jdk_as_client(TlsVersion version, Cipher cipher, CertificateKind kind) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, kind);
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            try (SSLSocket theirs = (SSLSocket) context(Optional.of(requests.client())).getSocketFactory()
                .createSocket(address.getAddress(), address.getPort())) {
                theirs.setEnabledProtocols(new String[] {"TLSv" + version.text()});
                theirs.setEnabledCipherSuites(new String[] {suite(requests, kind)});
                Task<TlsChannel> server =
                    TwoChannels.start(() -> TlsChannel.open(new SocketConnection(listener.accept()), requests.forServer(true, true)));
                theirs.startHandshake();
                exchange(server.result(), theirs);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.bluerig.ktls.secure.TlsRequests#every")
    void the_jdk_as_server(TlsVersion version, Cipher cipher, CertificateKind kind) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, kind);
        try (SSLServerSocket listener = (SSLServerSocket) context(Optional.of(requests.server())).getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(new String[] {"TLSv" + version.text()});
            listener.setEnabledCipherSuites(new String[] {suite(requests, kind)});
            Task<SSLSocket> accepted = TwoChannels.start(() -> {
                SSLSocket socket = (SSLSocket) listener.accept();
                socket.startHandshake();
                return socket;
            });
            SocketConnection connection = new SocketConnection(SocketChannel.open(listener.getLocalSocketAddress()));
            try (TlsChannel client = TlsChannel.open(connection, requests.forClient(true, true)); SSLSocket theirs = accepted.result()) {
                exchange(client, theirs);
            }
        }
    }

    @Test
    void a_client_without_a_certificate_is_refused() throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            TlsRequests requests = TlsRequests.usual(version);
            try (ServerSocketChannel listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
                try (SSLSocket theirs = (SSLSocket) context(Optional.empty()).getSocketFactory()
                    .createSocket(address.getAddress(), address.getPort())) {
                    theirs.setEnabledProtocols(new String[] {"TLSv" + version.text()});
                    Task<TlsChannel> server =
                        TwoChannels.start(() -> TlsChannel.open(new SocketConnection(listener.accept()), requests.forServer(false, false)));
                    assertThrows(java.io.IOException.class, () -> {
                        theirs.startHandshake();
                        theirs.getInputStream().read();
                    });
                    PairFailed failed = server.failure();
                    assertEquals(AgentCode.PIN_MISMATCH, failed.code(), failed.getMessage());
                }
            }
        }
    }

    /// Trusts everybody: these tests are about records.
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
