package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.ssh.Server;
import dev.bluerig.remote.ssh.SshMachines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every session promises, whatever client it is made of and whatever server answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SessionContract {
    private final Server server;

    public SessionContract(Server server) {
        this.server = server;
    }

    /// A dialer with this file of known hosts.
    public abstract Dialer dialer(Path knownHosts) throws Exception;

    public abstract void close(Dialer dialer) throws Exception;

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private interface Body {
        void run(Session session) throws Exception;
    }

    private Machine node() {
        return SshMachines.host("node", "127.0.0.1", SshMachines.key("plain", server.port(), server.key()));
    }

    private void with(Body body) throws Exception {
        Dialer dialer = dialer(server.knownHosts(server.name()));
        try (Session session = dialer.dial(node(), Optional.empty())) {
            body.run(session);
        } finally {
            close(dialer);
        }
    }

    private Unreachable refused(Machine machine, Path knownHosts) throws Exception {
        Dialer dialer = dialer(knownHosts);
        try {
            return assertThrows(Unreachable.class, () -> {
                try (Session session = dialer.dial(machine, Optional.empty())) {
                    ask(session, Command.of("true"));
                }
            });
        } finally {
            close(dialer);
        }
    }

    private static Reply ask(Session session, Command command) throws Unreachable {
        return session.exchange(Exchange.asking(List.of(command))).getFirst();
    }

    private static Reply.Ran ran(Session session, String... words) throws Unreachable {
        return assertInstanceOf(Reply.Ran.class, ask(session, Command.of(words)));
    }

    @Test
    void status_and_both_streams() throws Exception {
        with(session -> {
            assertEquals(new Reply.Ran(3, "out", "err\n"), ask(session, Command.of("sh", "-c", "printf out; echo err >&2; exit 3")));
            assertEquals(127, ran(session, "nosuchprogram").status());
            assertEquals("a\0b\036\n", ran(session, "printf", "a\\000b\\036\\n").out());
        });
    }

    @Test
    void stdin_small_and_large() throws Exception {
        with(session -> {
            for (int size : new int[] {1, 10_000, 3_000_000}) {
                String text = "it's \"$HOME\" \\ \u20ac\n".repeat(1 + size / 20);
                assertEquals(text.getBytes(UTF_8).length + "\n",
                    assertInstanceOf(Reply.Ran.class, ask(session, Command.of("wc", "-c").reading(text))).out());
                assertEquals(new Reply.Ran(0, text, ""), ask(session, Command.of("cat").reading(text)));
            }
        });
    }

    @Test
    void many_commands_travel_together() throws Exception {
        with(session -> {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 200; i++) commands.add(Command.of("echo", String.valueOf(i)));
            List<Reply> replies = session.exchange(Exchange.asking(commands));
            for (int i = 0; i < 200; i++) assertEquals(new Reply.Ran(0, i + "\n", ""), replies.get(i));
            assertEquals(new Session.Traffic(1, 1, 1, 200), session.traffic());
        });
    }

    @Test
    void a_hung_command_ends_and_the_session_stays() throws Exception {
        with(session -> {
            List<Reply> replies = session.exchange(new Exchange(List.of(Command.of("echo", "step")), List.of(
                Command.of("sh", "-c", "echo begun; sleep 300").within(Duration.ofSeconds(1)), Command.of("echo", "after"))));
            assertEquals(new Reply.Ran(0, "step\n", ""), replies.get(0));
            assertEquals("begun\n", assertInstanceOf(Reply.TimedOut.class, replies.get(1)).out());
            assertEquals(new Reply.Ran(0, "after\n", ""), replies.get(2));
            assertEquals("alive\n", ran(session, "echo", "alive").out());
            assertEquals(1, session.traffic().connections());
        });
    }

    @Test
    void output_is_limited() throws Exception {
        with(session -> {
            List<Reply> replies =
                session.exchange(Exchange.asking(List.of(Command.of("yes"), Command.of("head", "-c", "5000000", "/dev/zero"))));
            assertEquals(ShellSession.LIMIT, assertInstanceOf(Reply.TooMuch.class, replies.get(0)).out().length());
            assertEquals(5_000_000, assertInstanceOf(Reply.Ran.class, replies.get(1)).out().length());
        });
    }

    @Test
    void a_file_is_written_whole_with_its_mode() throws Exception {
        Path file = server.directory().resolve("written");
        Files.deleteIfExists(file);
        with(session -> {
            String user = ran(session, "id", "-un").out().strip();
            assertEquals(0, ran(session, "mkdir", "-p", "/tmp/bluerig-contract-" + user).status());
            String target = "/tmp/bluerig-contract-" + user + "/a file";
            for (String content : List.of("first\n", "no newline at the end", "\u20ac".repeat(30_000))) {
                for (Reply reply : session.exchange(new Exchange(RemoteFile.write(target, content, "0640", ""), List.of())))
                    assertEquals(new Reply.Ran(0, "", ""), reply);
                assertEquals(content, ran(session, "cat", target).out());
            }
            assertEquals("640 a file\n", ran(session, "stat", "-c", "%a a file", target).out());
            assertEquals("a file\n", ran(session, "ls", "/tmp/bluerig-contract-" + user).out());
            assertEquals(0, ran(session, "rm", "-r", "/tmp/bluerig-contract-" + user).status());
        });
    }

    @Test
    void upload_of_a_payload() throws Exception {
        Path payload = Files.createTempFile("payload", "");
        var bytes = new byte[3_000_000];
        new Random(5).nextBytes(bytes);
        Files.write(payload, bytes);
        with(session -> {
            String home = ran(session, "mktemp", "-d").out().strip();
            session.upload(payload, home + "/pair.jar", "0600");
            session.upload(payload, home + "/pair.jar", "0640");
            assertEquals("640 3000000\n", ran(session, "stat", "-c", "%a %s", home + "/pair.jar").out());
            assertEquals("pair.jar\n", ran(session, "ls", home).out());
            assertArrayEquals(bytes, Files.readAllBytes(Path.of(home, "pair.jar")));
            Unreachable refused = assertThrows(Unreachable.class, () -> session.upload(payload, home + "/no/such/directory", "0600"));
            assertEquals(ConnectionCode.UPLOAD_REFUSED, refused.reason());
            assertEquals(0, ran(session, "rm", "-r", home).status());
        });
        Files.delete(payload);
    }

    @Test
    void a_fresh_session_is_a_connection_of_its_own() throws Exception {
        with(session -> {
            try (Session fresh = session.fresh()) {
                assertEquals("fresh\n", ran(fresh, "echo", "fresh").out());
            }
            assertEquals("old\n", ran(session, "echo", "old").out());
        });
    }

    @Test
    void wrong_key_and_wrong_password_are_refused_logins() throws Exception {
        Path known = server.knownHosts(server.name());
        Path other = server.directory().resolve("other");
        if (!Files.exists(other))
            com.jcraft.jsch.KeyPair.genKeyPair(new com.jcraft.jsch.JSch(), com.jcraft.jsch.KeyPair.ECDSA, 256)
                .writePrivateKey(other.toString());
        for (Ssh ssh
            : List.of(SshMachines.key("plain", server.port(), other), SshMachines.password("plain", server.port(), "guessed-wrong"),
            SshMachines.key("nobody-here", server.port(), server.key()))) {
            Unreachable refused = refused(SshMachines.host("node", "127.0.0.1", ssh), known);
            assertEquals(ConnectionCode.LOGIN_REFUSED, refused.reason(), () -> ssh + ": " + refused.getMessage() + ": "
                + refused.getCause());
            assertTrue(!refused.getMessage().contains("guessed-wrong"), refused.getMessage());
        }
    }

    @Test
    void a_host_key_must_be_the_one_on_file() throws Exception {
        String other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zG";
        Path unknown = server.knownHosts("somebody.else");
        assertEquals(ConnectionCode.HOST_KEY_UNKNOWN, refused(node(), unknown).reason());
        Path changed = server.knownHosts();
        Files.writeString(changed, server.name() + " " + other + "\n");
        assertEquals(ConnectionCode.HOST_KEY_CHANGED, refused(node(), changed).reason());
        Path revoked = server.knownHosts(server.name());
        Files.writeString(revoked, "@revoked * " + server.hostKey() + "\n", java.nio.file.StandardOpenOption.APPEND);
        assertEquals(ConnectionCode.HOST_KEY_CHANGED, refused(node(), revoked).reason());
    }

    @Test
    void a_cut_connection_is_a_lost_machine() throws Exception {
        with(session -> {
            assertEquals("here\n", ran(session, "echo", "here").out());
            Thread cutter = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(500);
                    server.cutConnections();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            });
            long begun = System.nanoTime();
            Unreachable lost = assertThrows(Unreachable.class, () -> session.exchange(Exchange.asking(List.of(Command.of("sleep", "15")))));
            assertEquals(ConnectionCode.CONNECTION_LOST, lost.reason(), lost.getMessage());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos(), "noticed at once");
            cutter.join();
            assertThrows(Unreachable.class, () -> ask(session, Command.of("true")));
        });
    }

    /// The whole promise belongs to the pair that ships; the others prove that the promise is not that client's or that server's own.
    protected void programs(Session session) throws Unreachable {
        LiveChecks.smoke(session);
    }

    @Test
    void programs_that_go_on_running() throws Exception {
        with(this::programs);
    }

    @Test
    void a_cut_connection_is_heard_by_those_who_listen_to_a_program_and_ends_it() throws Exception {
        String mark = "mark-" + java.util.UUID.randomUUID();
        with(session -> {
            RunningProgram live = session.launch(Command.of("sh", "-c", "echo ready; cat; echo over", mark));
            assertEquals("ready", LiveChecks.line(live));
            server.cutConnections();
            Unreachable lost = assertThrows(Unreachable.class, () -> live.next(LiveChecks.PATIENCE));
            assertEquals(ConnectionCode.CONNECTION_LOST, lost.reason());
            assertThrows(Unreachable.class, () -> live.tell("nobody hears this"));
            live.close();
        });
        with(session -> {
            for (int attempt = 0; attempt < 100 && LiveChecks.ran(session, "pgrep", "-f", mark).ok(); attempt++)
                LiveChecks.ran(session, "sleep", "0.05");
            assertEquals("", LiveChecks.ran(session, "pgrep", "-f", mark).out());
        });
    }

    @Test
    void a_dpu_is_reached_through_its_host_and_filed_under_its_name() throws Exception {
        Dialer dialer = dialer(server.knownHosts(server.name(), "dpu-a"));
        Machine dpu = SshMachines.dpu("dpu-a", "node", "127.0.0.1", SshMachines.key("plain", server.port(), server.key()));
        Machine stranger = SshMachines.dpu("dpu-b", "node", "127.0.0.1", SshMachines.key("plain", server.port(), server.key()));
        try (Session host = dialer.dial(node(), Optional.empty())) {
            try (Session session = dialer.dial(dpu, Optional.of(host)); Session second = dialer.dial(dpu, Optional.of(host))) {
                assertEquals(5_000_000, ran(session, "head", "-c", "5000000", "/dev/zero").out().length());
                assertEquals(new Reply.Ran(0, "x".repeat(2_000_000), ""), ask(session, Command.of("cat").reading("x".repeat(2_000_000))));
                assertEquals("two\n", ran(second, "echo", "two").out());
                assertInstanceOf(Reply.TimedOut.class, ask(session, Command.of("sleep", "60").within(Duration.ofSeconds(1))));
                try (Session fresh = session.fresh()) {
                    assertEquals("fresh\n", ran(fresh, "echo", "fresh").out());
                }
            }
            assertEquals(ConnectionCode.HOST_KEY_UNKNOWN, assertThrows(Unreachable.class, () -> dialer.dial(stranger, Optional.of(host)))
                .reason());
            assertEquals("host\n", ran(host, "echo", "host").out());
        } finally {
            close(dialer);
        }
    }
}
