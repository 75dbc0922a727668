package dev.bluerig.remote.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// Apache MINA's server in this process; its commands run in the real local /bin/sh. User `expired` must change the password.
final class MinaServer implements Server {
    private final Path directory;
    private final java.security.KeyPair hostKey;
    private final SshServer server = SshServer.setUpDefaultServer();
    private volatile String expiredPassword = PASSWORD;
    private volatile boolean expired = true;
    private volatile byte[] accepted = {};
    private final AtomicInteger passwordsTried = new AtomicInteger();

    private MinaServer(Path directory, java.security.KeyPair hostKey) {
        this.directory = directory;
        this.hostKey = hostKey;
    }

    static MinaServer start() throws IOException {
        try {
            Path directory = Files.createTempDirectory("bluerig-mina");
            KeyPair client = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
            client.writePrivateKey(directory.resolve("id").toString());
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var started = new MinaServer(directory, generator.generateKeyPair());
            started.start(client.getPublicKeyBlob());
            return started;
        } catch (GeneralSecurityException | JSchException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Passwords that were offered so far.
    int passwordsTried() {
        return passwordsTried.get();
    }

    /// Accepts this key from now on.
    void accept(PublicKeyText key) {
        accepted = key.blob();
    }

    private void start(byte[] first) throws IOException {
        accepted = first;
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> user.equals("plain") && Arrays.equals(blob(key), accepted));
        server.setPasswordAuthenticator(new Passwords());
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setCommandFactory((channel, command) -> new ProcessCommand(command));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
    }

    private final class Passwords implements PasswordAuthenticator {
        @Override
        public boolean authenticate(String user, String password, ServerSession session) {
            passwordsTried.incrementAndGet();
            if (user.equals("plain")) return password.equals(PASSWORD);
            if (!user.equals("expired") || !password.equals(expiredPassword)) return false;
            if (expired) throw new PasswordChangeRequiredException("expired", "Your password has expired.", "en");
            return true;
        }

        @Override
        public boolean handleClientPasswordChangeRequest(ServerSession session, String user, String old, String fresh) {
            if (!user.equals("expired") || !old.equals(expiredPassword) || fresh.length() < 8) return false;
            expiredPassword = fresh;
            expired = false;
            return true;
        }
    }

    static byte[] blob(PublicKey key) {
        var buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path key() {
        return directory.resolve("id");
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public PublicKeyText hostKey() {
        return PublicKeyText.of(blob(hostKey.getPublic()));
    }

    @Override
    public void cutConnections() {
        for (AbstractSession session : server.getActiveSessions()) session.close(true);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
