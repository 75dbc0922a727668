package dev.bluerig.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dialling a real OpenSSH server with real accounts, PAM and sudo.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class OpenSshTest {
    private static OpenSshServer server;

    @BeforeAll
    static void start() throws Exception {
        server = OpenSshServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String name() {
        return "[127.0.0.1]:" + server.port();
    }

    private static SshDialer dialer() throws Exception {
        return new SshDialer(SshSettings.only(server.knownHosts(name())));
    }

    private static Machine machine(Ssh ssh) {
        return Machines.host("node", "127.0.0.1", ssh);
    }

    private static Reply ask(Session session, String... words) throws Unreachable {
        return session.exchange(Exchange.asking(List.of(Command.of(words)))).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "dash", "busy", "noisy"})
    void everyLoginShellLeadsToTheResidentShell(String user) throws Exception {
        try (SshDialer dialer = dialer(); Session session = dialer.dial(machine(Machines.key(user, server.port(), server.key())), Optional.empty())) {
            assertEquals(new Reply.Ran(0, user + "\n", ""), ask(session, "id", "-un"));
            assertEquals(new Reply.Ran(0, "again\n", ""), ask(session, "echo", "again"));
            assertEquals(new Session.Traffic(1, 1, 2, 2), session.traffic());
            LiveChecks.linesBothWays(session);
        }
    }

    @Test
    void passwordLogin() throws Exception {
        try (SshDialer dialer = dialer(); Session session = dialer.dial(machine(Machines.password("plain", server.port(), OpenSshServer.PASSWORD)), Optional.empty())) {
            assertEquals(new Reply.Ran(0, "plain\n", ""), ask(session, "id", "-un"));
        }
    }

    @Test
    void sudoWithoutAndWithPassword() throws Exception {
        Ssh trusted = Machines.sudo(Machines.key("trusted", server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        Ssh sudoer = Machines.sudo(Machines.key("sudoer", server.port(), server.key()), Ssh.Sudo.PASSWORD, Optional.of(OpenSshServer.PASSWORD));
        try (SshDialer dialer = dialer()) {
            for (Ssh ssh : List.of(trusted, sudoer)) {
                try (Session session = dialer.dial(machine(ssh), Optional.empty())) {
                    assertEquals(new Reply.Ran(0, "root\n", ""), ask(session, "id", "-un"));
                    Reply hung = session.exchange(Exchange.asking(List.of(Command.of("sleep", "60").within(java.time.Duration.ofSeconds(1))))).getFirst();
                    assertInstanceOf(Reply.TimedOut.class, hung);
                    assertEquals(new Reply.Ran(0, "root\n", ""), ask(session, "id", "-un"));
                    LiveChecks.all(session);
                }
            }
        }
    }

    @Test
    void refusedSudoSaysWhy() throws Exception {
        Ssh none = Machines.sudo(Machines.key("plain", server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        Ssh wrong = Machines.sudo(Machines.key("sudoer", server.port(), server.key()), Ssh.Sudo.PASSWORD, Optional.of("wrong"));
        try (SshDialer dialer = dialer()) {
            for (Ssh ssh : List.of(none, wrong)) {
                Unreachable refused = assertThrows(Unreachable.class, () -> {
                    try (Session session = dialer.dial(machine(ssh), Optional.empty())) {
                        ask(session, "true");
                    }
                });
                Unreachable notLaunched = assertThrows(Unreachable.class, () -> {
                    try (Session session = dialer.dial(machine(ssh), Optional.empty()); Live live = session.launch(Command.of("true"))) {
                        live.next(LiveChecks.PATIENCE);
                    }
                });
                assertEquals(Reason.SUDO_REFUSED, notLaunched.reason(), notLaunched.getMessage());
                assertEquals(Reason.SUDO_REFUSED, refused.reason(), refused.getMessage());
                assertTrue(!refused.getMessage().contains("wrong\n"), refused.getMessage());
            }
        }
    }

    @Test
    void anAccountWithoutAShellIsNamed() throws Exception {
        try (SshDialer dialer = dialer(); Session session = dialer.dial(machine(Machines.key("locked", server.port(), server.key())), Optional.empty())) {
            Unreachable refused = assertThrows(Unreachable.class, () -> ask(session, "true"));
            assertEquals(Reason.SHELL_UNUSABLE, refused.reason());
            assertTrue(refused.getMessage().contains("not available"), refused.getMessage());
        }
    }

    @Test
    void aMachineThatFreezesIsLostInBoundedTime() throws Exception {
        try (OpenSshServer other = OpenSshServer.start(); var dialer = new SshDialer(SshSettings.only(other.knownHosts("[127.0.0.1]:" + other.port())))) {
            Session session = dialer.dial(Machines.host("node", "127.0.0.1", Machines.key("plain", other.port(), other.key())), Optional.empty());
            assertEquals(new Reply.Ran(0, "here\n", ""), ask(session, "echo", "here"));
            other.freezeConnections();
            long begun = System.nanoTime();
            Unreachable lost = assertThrows(Unreachable.class,
                () -> session.exchange(Exchange.asking(List.of(Command.of("echo", "there").within(java.time.Duration.ofSeconds(1))))));
            assertEquals(Reason.TIMED_OUT, lost.reason(), lost.getMessage());
            session.close();
            assertTrue(System.nanoTime() - begun < java.time.Duration.ofSeconds(20).toNanos());
        }
    }

    @Test
    void passwordLoginWhereOnlyKeyboardInteractiveIsAllowed() throws Exception {
        try (OpenSshServer other = OpenSshServer.start("PasswordAuthentication no"); var dialer = new SshDialer(SshSettings.only(other.knownHosts("[127.0.0.1]:" + other.port())))) {
            Machine node = Machines.host("node", "127.0.0.1", Machines.password("plain", other.port(), OpenSshServer.PASSWORD));
            try (Session session = dialer.dial(node, Optional.empty())) {
                assertEquals(new Reply.Ran(0, "plain\n", ""), ask(session, "id", "-un"));
            }
            Machine wrong = Machines.host("node", "127.0.0.1", Machines.password("plain", other.port(), "no"));
            assertEquals(Reason.LOGIN_REFUSED, assertThrows(Unreachable.class, () -> dialer.dial(wrong, Optional.empty())).reason());
        }
    }

    @Test
    void manySessionsAtOnceDirectAndThroughOneHost() throws Exception {
        try (SshDialer dialer = new SshDialer(SshSettings.only(server.knownHosts(name(), "dpu-0", "dpu-1", "dpu-2", "dpu-3", "dpu-4", "dpu-5", "dpu-6", "dpu-7")));
             var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            Session host = dialer.dial(machine(Machines.key("plain", server.port(), server.key())), Optional.empty());
            var answers = new java.util.ArrayList<java.util.concurrent.Future<Reply>>();
            for (int i = 0; i < 16; i++) {
                Ssh ssh = Machines.key("plain", server.port(), server.key());
                Machine machine = i < 8 ? machine(ssh) : Machines.dpu("dpu-" + (i - 8), "node", "127.0.0.1", ssh);
                answers.add(executor.submit(() -> ask(dialer.dial(machine, Optional.of(host)), "echo", machine.name())));
            }
            for (int i = 0; i < 16; i++) assertEquals(new Reply.Ran(0, (i < 8 ? "node" : "dpu-" + (i - 8)) + "\n", ""), answers.get(i).get());
        }
    }
}
