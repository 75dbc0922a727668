package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The independent Java client at the door of the simulated lab.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinaClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SshClient client = SshClient.setUpDefaultClient();
    private SimLab lab;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        lab = SimLab.start(new SimTopology(1, false, "geheim", List.of()));
        lab.writeInventory(directory);
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.setKeyIdentityProvider(new FileKeyPairProvider(directory.resolve("identity")));
        client.start();
    }

    @AfterAll
    void stop() throws IOException {
        client.stop();
        lab.close();
    }

    private ClientSession session(String user, String password) throws IOException {
        ClientSession session = client.connect(user, "127.71.0.1", lab.port()).verify(PATIENCE).getSession();
        if (!password.isEmpty()) {
            session.setKeyIdentityProvider(none -> List.of());
            session.addPasswordIdentity(password);
        }
        session.auth().verify(PATIENCE);
        return session;
    }

    private record Ended(int status, String out, String err) {}

    private static Ended exec(ClientSession session, String command, InputStream input) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setIn(input);
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return new Ended(channel.getExitStatus(), out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void logs_in_by_key_and_by_password() throws IOException {
        for (String password : List.of("", "geheim")) {
            try (ClientSession session = session("lab", password)) {
                assertEquals(new Ended(0, "host-a\n", ""), exec(session, "uname -n", InputStream.nullInputStream()));
            }
        }
        assertThrows(SshException.class, () -> session("lab", "wrong"));
        assertThrows(SshException.class, () -> session("nobody", "geheim"));
    }

    @Test
    void megabytes_travel_through_one_exec() throws IOException {
        byte[] bytes = new byte[5_000_000];
        new java.util.Random(5).nextBytes(bytes);
        try (ClientSession session = session("lab", "")) {
            Ended ended = exec(session, "install -m 0644 /dev/stdin copy && cat copy", new ByteArrayInputStream(bytes));
            assertArrayEquals(bytes, ended.out().getBytes(StandardCharsets.ISO_8859_1));
            assertArrayEquals(bytes, lab.machine("host-a").files().find("/home/lab/copy").orElseThrow().content());
        }
    }

    @Test
    void reads_and_writes_files() throws IOException {
        try (ClientSession session = session("lab", ""); SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            try (var out = sftp.write("note")) {
                out.write("hello\n".getBytes(StandardCharsets.UTF_8));
            }
            assertEquals("hello\n", exec(session, "cat note", InputStream.nullInputStream()).out());
            assertThrows(IOException.class, () -> sftp.read("/root/.ssh/authorized_keys").close());
            assertThrows(IOException.class, () -> sftp.write("/etc/note").close());
        }
    }
}
