package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `openssl s_server` or `s_client` as the other end; without `talking` its stdin and stdout carry nothing but payload.
final class OpenSsl implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final InetSocketAddress address;
    private final Path directory;

    private OpenSsl(Process process, InetSocketAddress address, Path directory) {
        this.process = process;
        this.address = address;
        this.directory = directory;
    }

    /// How the program is started. `kernel`: it is told to use kernel TLS where there is one. `talking`: it takes command letters on stdin,
    /// and says what it does. `link`: what lies between it and this program. `more`: words after all others.
    record Start(Path directory, TlsVersion version, Cipher cipher, Identity own, boolean kernel, boolean talking, LinkUnderTest link,
        List<String> more) {
        Start(Path directory, TlsVersion version, Cipher cipher, Identity own, boolean kernel, boolean talking) {
            this(directory, version, cipher, own, kernel, talking, LinkUnderTest.LOOPBACK, List.of());
        }

        private static String suite(TlsVersion version, Cipher cipher, CertificateKind kind) {
            String text = switch (cipher) {
                case AES_128_GCM -> version == TlsVersion.TLS_1_3 ? "AES_128_GCM_SHA256" : "AES128-GCM-SHA256";
                case AES_256_GCM -> version == TlsVersion.TLS_1_3 ? "AES_256_GCM_SHA384" : "AES256-GCM-SHA384";
                case CHACHA20_POLY1305 -> version == TlsVersion.TLS_1_3 ? "CHACHA20_POLY1305_SHA256" : "CHACHA20-POLY1305";
            };
            return version == TlsVersion.TLS_1_3 ? "TLS_" + text : "ECDHE-" + kind + "-" + text;
        }

        private Process run(List<String> role, CertificateKind server) throws IOException {
            List<String> words = new ArrayList<>(link.there("openssl"));
            words.addAll(role);
            words.addAll(List.of("-cert", pem("CERTIFICATE", own.certificate()), "-key", pem("PRIVATE KEY", own.key().getEncoded())));
            words.addAll(List.of(version == TlsVersion.TLS_1_3 ? "-tls1_3" : "-tls1_2", version == TlsVersion.TLS_1_3 ? "-ciphersuites"
                : "-cipher", suite(version, cipher, server)));
            words.addAll(List.of("-keylogfile", directory.resolve("keys").toString()));
            if (!talking) words.add("-quiet");
            words.addAll(more);
            ProcessBuilder builder = new ProcessBuilder(words).redirectError(directory.resolve("stderr").toFile());
            if (kernel) builder.environment().put("OPENSSL_CONF", Files.writeString(directory.resolve("openssl.cnf"),
                "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = tls\n[tls]\nOptions = KTLS\n").toString());
            return builder.start();
        }

        private String pem(String what, byte[] der) throws IOException {
            String text = "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
            return Files.writeString(directory.resolve(what.replace(' ', '-') + ".pem"), text).toString();
        }

        /// `verify`: asks for the client's certificate, and takes any.
        OpenSsl server(boolean verify) throws IOException {
            InetSocketAddress free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = new InetSocketAddress(link.theirs(), socket.getLocalPort());
            }
            List<String> role = new ArrayList<>(List.of("s_server", "-accept", link.theirs() + ":" + free.getPort(), "-naccept", "1"));
            if (verify) role.addAll(List.of("-Verify", "1"));
            return new OpenSsl(run(role, own.kind()), free, directory);
        }

        OpenSsl client(InetSocketAddress server, CertificateKind kind) throws IOException {
            return new OpenSsl(run(List.of("s_client", "-connect", link.ours() + ":" + server.getPort()), kind), server, directory);
        }
    }

    /// As soon as the server listens.
    Connection connect() throws Exception {
        for (Instant end = Instant.now().plus(PATIENCE); ; Thread.sleep(10)) {
            try {
                return new LinuxNetwork().connect(Optional.empty(), address, PATIENCE);
            } catch (SystemFailure refused) {
                if (!refused.errno().equals("ECONNREFUSED") || Instant.now().isAfter(end) || !process.isAlive())
                    throw new AssertionError(said(), refused);
            }
        }
    }

    /// The server's address, whoever that is.
    InetSocketAddress address() {
        return address;
    }

    OutputStream stdin() {
        return process.getOutputStream();
    }

    InputStream stdout() {
        return process.getInputStream();
    }

    void command(String letter) throws IOException {
        stdin().write((letter + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        stdin().flush();
    }

    String said() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    List<String> keyLog() throws IOException {
        return Files.readAllLines(directory.resolve("keys")).stream().filter(line -> !line.startsWith("#")).toList();
    }

    void awaitEnd() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("openssl does not end: " + said());
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
