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
}
