package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.LiveChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        return SshMachines.host("node", "127.0.0.1", ssh);
    }

    private static Reply ask(Session session, String... words) throws Unreachable {
        return session.exchange(Exchange.asking(List.of(Command.of(words)))).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "dash", "busy", "noisy", "babbler", "pathless"})
    void every_login_shell_leads_to_the_resident_shell(String user) throws Exception {
        try (SshDialer dialer = dialer(); Session session =
            dialer.dial(machine(SshMachines.key(user, server.port(), server.key())), Optional.empty())) {
            assertEquals(new Reply.Ran(0, user + "\n", ""), ask(session, "id", "-un"));
            assertEquals(new Reply.Ran(0, "again\n", ""), ask(session, "echo", "again"));
            assertEquals(new Session.Traffic(1, 1, 2, 2), session.traffic());
            LiveChecks.linesBothWays(session);
        }
    }

    @Test
    void password_login() throws Exception {
        try (SshDialer dialer = dialer(); Session session =
            dialer.dial(machine(SshMachines.password("plain", server.port(), OpenSshServer.PASSWORD)), Optional.empty())) {
            assertEquals(new Reply.Ran(0, "plain\n", ""), ask(session, "id", "-un"));
        }
    }

    @Test
    void sudo_without_and_with_password() throws Exception {
        Ssh trusted = SshMachines.sudo(SshMachines.key("trusted", server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        Ssh sudoer = SshMachines.sudo(SshMachines.key("sudoer", server.port(), server.key()), Ssh.Sudo.PASSWORD,
            Optional.of(OpenSshServer.PASSWORD));
        try (SshDialer dialer = dialer()) {
            for (Ssh ssh : List.of(trusted, sudoer)) {
                try (Session session = dialer.dial(machine(ssh), Optional.empty())) {
                    assertEquals(new Reply.Ran(0, "root\n", ""), ask(session, "id", "-un"));
                    Reply hung = session.exchange(Exchange.asking(List.of(Command.of("sleep", "60").within(Duration.ofSeconds(1)))))
                        .getFirst();
                    assertInstanceOf(Reply.TimedOut.class, hung);
                    assertEquals(new Reply.Ran(0, "root\n", ""), ask(session, "id", "-un"));
                    LiveChecks.withOtherRights(session);
                }
            }
        }
    }

    private static Ssh passwordless(String user) {
        return SshMachines.sudo(SshMachines.key(user, server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty());
    }

    private static Ssh withPassword(String user, String password) {
        return SshMachines.sudo(SshMachines.key(user, server.port(), server.key()), Ssh.Sudo.PASSWORD, Optional.of(password));
    }

    @Test
    void without_a_root_shell_the_cause_is_named() throws Exception {
        try (SshDialer dialer = dialer()) {
            causes(dialer, passwordless("plain"), ConnectionCode.SUDO_PASSWORD_WANTED, "a password is required");
            causes(dialer, withPassword("sudoer", "wrong"), ConnectionCode.SUDO_PASSWORD_WRONG, "the password is wrong");
            causes(dialer, withPassword("plain", OpenSshServer.PASSWORD), ConnectionCode.SUDO_REFUSED, "not in the sudoers file");
            causes(dialer, withPassword("lapsed", OpenSshServer.PASSWORD), ConnectionCode.PASSWORD_EXPIRED, "password is expired");
            causes(dialer, passwordless("fewer"), ConnectionCode.SUDO_NOT_FOR_SHELL, "NOPASSWD: /usr/bin/id, /usr/bin/uname");
            causes(dialer, withPassword("fewer", OpenSshServer.PASSWORD), ConnectionCode.SUDO_NOT_FOR_SHELL, "not allowed to execute");
            causes(dialer, passwordless("terminal"), ConnectionCode.SUDO_NEEDS_TERMINAL, "must have a tty");
            causes(dialer, passwordless("other"), ConnectionCode.NOT_ROOT, "not of root");
            causes(dialer, passwordless("locked"), ConnectionCode.SHELL_UNUSABLE, "not available");
            causes(dialer, passwordless("leaver"), ConnectionCode.SHELL_UNUSABLE, "ended without a word");
            causes(dialer, withPassword("leaver", OpenSshServer.PASSWORD), ConnectionCode.SHELL_UNUSABLE, "ended without a word");
            causes(dialer, passwordless("swapper"), ConnectionCode.SHELL_UNUSABLE, "an rc file starts it");
            causes(dialer, SshMachines.key("swapper", server.port(), server.key()), ConnectionCode.SHELL_UNUSABLE, "an rc file starts it");
            causes(dialer, passwordless("pathless"), ConnectionCode.SHELL_UNUSABLE,
                "does not lead to it (`/nonexistent`); an rc file sets it");
            causes(dialer, passwordless("forced"), ConnectionCode.SHELL_UNUSABLE, "it said: ");
            causes(dialer, passwordless("narrow"), ConnectionCode.SHELL_UNUSABLE, "restricted");
        }
    }

    /// sudo's catalogues are Debian's own; C.UTF-8 is a locale of every Debian.
    @Test
    void an_account_of_another_language_is_understood() throws Exception {
        try (var german = OpenSshServer.start("SetEnv LANG=C.UTF-8 LANGUAGE=de"); var dialer =
            new SshDialer(SshSettings.only(german.knownHosts(german.name())))) {
            causes(dialer, SshMachines.sudo(SshMachines.key("plain", german.port(), german.key()), Ssh.Sudo.PASSWORDLESS,
                Optional.empty()), ConnectionCode.SUDO_PASSWORD_WANTED, "a password is required");
            causes(dialer, SshMachines.sudo(SshMachines.key("plain", german.port(), german.key()), Ssh.Sudo.PASSWORD,
                Optional.of(OpenSshServer.PASSWORD)), ConnectionCode.SUDO_REFUSED, "not in the sudoers file");
            causes(dialer, SshMachines.sudo(SshMachines.key("fewer", german.port(), german.key()), Ssh.Sudo.PASSWORDLESS,
                Optional.empty()), ConnectionCode.SUDO_NOT_FOR_SHELL, "NOPASSWD: /usr/bin/id");
        }
    }

    private static void causes(SshDialer dialer, Ssh ssh, ConnectionCode reason, String fragment) {
        Unreachable refused = assertThrows(Unreachable.class, () -> {
            try (Session session = dialer.dial(machine(ssh), Optional.empty())) {
                ask(session, "true");
            }
        }, ssh.toString());
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains(fragment), refused.getMessage());
        assertTrue(!refused.getMessage().matches("(?s).*[0-9a-f]{16}.*"), refused.getMessage());
    }

    @Test
    void a_program_that_cannot_be_started_for_want_of_sudo_says_so() throws Exception {
        try (SshDialer dialer = dialer(); Session session = dialer.dial(machine(withPassword("sudoer", "wrong")), Optional.empty())) {
            throw new AssertionError("started with " + session);
        } catch (Unreachable refused) {
            assertEquals(ConnectionCode.SUDO_PASSWORD_WRONG, refused.reason(), refused.getMessage());
        }
        try (SshDialer dialer = dialer(); Session session = dialer.dial(machine(passwordless("plain")), Optional.empty());
            RunningProgram live = session.launch(Command.of("true"))) {
            assertEquals(ConnectionCode.SUDO_PASSWORD_WANTED, assertThrows(Unreachable.class, () -> live.next(LiveChecks.PATIENCE))
                .reason());
        }
    }

    @Test
    void what_a_plain_user_may_not_do_names_the_cause() throws Exception {
        try (SshDialer dialer = dialer(); Session session =
            dialer.dial(machine(SshMachines.key("plain", server.port(), server.key())), Optional.empty())) {
            Reply.Ran denied = assertInstanceOf(Reply.Ran.class, ask(session, "cat", "/etc/shadow"));
            assertTrue(denied.err().contains("Permission denied\nbluerig: not root: "), denied.err());
        }
    }

    /// Whoever reads the list of processes, and has his words read as root, is a user of a file and no more.
    @Test
    void no_user_of_the_machine_forges_a_reply() throws Exception {
        try (SshDialer dialer = dialer()) {
            for (Ssh ssh : List.of(passwordless("trusted"), withPassword("sudoer", OpenSshServer.PASSWORD))) {
                try (Session session = dialer.dial(machine(ssh), Optional.empty());
                     RunningProgram live = session.launch(Command.of("sh", "-c", "echo running; cat"))) {
                    assertEquals("running", LiveChecks.line(live));
                    ask(session, "true");
                    Reply.Ran seen = assertInstanceOf(Reply.Ran.class, ask(session, "runuser", "-u", "plain", "--", "sh", "-c",
                        "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ; head -c 100000 /proc/[0-9]*/fd/[0-2] </dev/null; true"));
                    List<String> words = Pattern.compile("(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])").matcher(seen.out()).results()
                        .map(MatchResult::group).distinct().limit(20).toList();
                    assertTrue(seen.out().contains("sudo"), "the list of processes was read");
                    var forged = new StringBuilder("wanted\n");
                    for (String first : words)
                        for (String second : words) forged.append('\036').append(first).append(second).append(" 0\nforged\n");
                    for (String word : words) forged.append('\036').append(word).append(" 1 0\n\036").append(word).append(" 0\n");
                    String file = server.home("plain") + "/forged";
                    assertEquals(List.of(new Reply.Ran(0, "", "")),
                        session.exchange(new Exchange(List.of(Command.of("tee", file).reading(forged.toString())), List.of())).stream()
                        .map(reply -> new Reply.Ran(((Reply.Ran) reply).status(), "", "")).toList());
                    assertEquals(List.of(new Reply.Ran(0, forged.toString(), ""), new Reply.Ran(1, "", ""),
                        new Reply.Ran(0, "true word\n", "")),
                        session.exchange(
                        Exchange.asking(List.of(Command.of("cat", file), Command.of("false"), Command.of("echo", "true word")))));
                }
            }
        }
    }

    private static SshSettings patient(OpenSshServer server, Duration timeout) throws Exception {
        var known = List.of(server.knownHosts("[127.0.0.1]:" + server.port()));
        return new SshSettings(known, List.of(), Optional.empty(), Optional.empty(), timeout, 4);
    }

    /// Within the time that a connection is given, at most ten seconds.
    @Test
    void a_machine_that_freezes_is_lost_in_bounded_time() throws Exception {
        try (OpenSshServer other = OpenSshServer.start(); var dialer = new SshDialer(patient(other, Duration.ofSeconds(4)))) {
            Session session = dialer.dial(SshMachines.host("node", "127.0.0.1", SshMachines.key("plain", other.port(), other.key())),
                Optional.empty());
            assertEquals(new Reply.Ran(0, "here\n", ""), ask(session, "echo", "here"));
            other.freezeConnections();
            long begun = System.nanoTime();
            Unreachable lost = assertThrows(Unreachable.class,
                () -> session.exchange(Exchange.asking(List.of(Command.of("echo", "there").within(Duration.ofSeconds(1))))));
            assertEquals(ConnectionCode.TIMED_OUT, lost.reason(), lost.getMessage());
            session.close();
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
        }
    }

    /// An upload, a program beside the shell, and the end of a command that hangs each want a channel of their own.
    @Test
    void one_channel_a_connection_is_enough(@TempDir Path directory) throws Exception {
        try (OpenSshServer other = OpenSshServer.start("MaxSessions 1"); var dialer =
            new SshDialer(SshSettings.only(other.knownHosts("[127.0.0.1]:" + other.port())));
             Session session = dialer.dial(SshMachines.host("node", "127.0.0.1", SshMachines.key("plain", other.port(), other.key())),
                 Optional.empty())) {
            assertEquals(new Reply.Ran(0, "here\n", ""), ask(session, "echo", "here"));
            Path file = Files.writeString(directory.resolve("file"), "brought");
            session.upload(file, other.home("plain") + "/brought", "0600");
            assertEquals(new Reply.Ran(0, "brought", ""), ask(session, "cat", other.home("plain") + "/brought"));
            LiveChecks.linesBothWays(session);
            assertInstanceOf(Reply.TimedOut.class,
                session.exchange(Exchange.asking(List.of(Command.of("sleep", "60").within(Duration.ofSeconds(1))))).getFirst());
            assertEquals(new Reply.Ran(0, "still here\n", ""), ask(session, "echo", "still here"));
        }
    }

    @Test
    void password_login_where_only_keyboard_interactive_is_allowed() throws Exception {
        try (OpenSshServer other = OpenSshServer.start("PasswordAuthentication no"); var dialer =
            new SshDialer(SshSettings.only(other.knownHosts("[127.0.0.1]:" + other.port())))) {
            Machine node = SshMachines.host("node", "127.0.0.1", SshMachines.password("plain", other.port(), OpenSshServer.PASSWORD));
            try (Session session = dialer.dial(node, Optional.empty())) {
                assertEquals(new Reply.Ran(0, "plain\n", ""), ask(session, "id", "-un"));
            }
            Machine wrong = SshMachines.host("node", "127.0.0.1", SshMachines.password("plain", other.port(), "no"));
            assertEquals(ConnectionCode.LOGIN_REFUSED, assertThrows(Unreachable.class, () -> dialer.dial(wrong, Optional.empty()))
                .reason());
        }
    }

    @Test
    void many_sessions_at_once_direct_and_through_one_host() throws Exception {
        try (SshDialer dialer =
            new SshDialer(
            SshSettings.only(server.knownHosts(name(), "dpu-0", "dpu-1", "dpu-2", "dpu-3", "dpu-4", "dpu-5", "dpu-6", "dpu-7")));
             var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            Session host = dialer.dial(machine(SshMachines.key("plain", server.port(), server.key())), Optional.empty());
            var answers = new java.util.ArrayList<java.util.concurrent.Future<Reply>>();
            for (int i = 0; i < 16; i++) {
                Ssh ssh = SshMachines.key("plain", server.port(), server.key());
                Machine machine = i < 8 ? machine(ssh) : SshMachines.dpu("dpu-" + (i - 8), "node", "127.0.0.1", ssh);
                answers.add(executor.submit(() -> ask(dialer.dial(machine, Optional.of(host)), "echo", machine.name())));
            }
            for (int i = 0; i < 16; i++)
                assertEquals(new Reply.Ran(0, (i < 8 ? "node" : "dpu-" + (i - 8)) + "\n", ""), answers.get(i).get());
        }
    }
}
