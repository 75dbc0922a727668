package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a real OpenSSH lets in or keeps out whoever has many keys, the wrong method, or comes too early. One server, whose ports differ.
@NeedsLab(value = {"sshd", "ssh", "ssh-keygen", "ssh-agent", "ssh-add", "unshare", "nsenter", "sudo", "busybox", "perl"}, root = true)
class RealLoginTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private static OpenSshServer server;
    private static SshAgentProcess crowd;
    private static int one;
    private static int two;
    private static int noKeys;
    private static int onlyKeys;
    private static int both;
    private static int elsewhere;
    private static int question;

    @BeforeAll
    static void start() throws Exception {
        one = OpenSshServer.freePort();
        two = OpenSshServer.freePort();
        noKeys = OpenSshServer.freePort();
        onlyKeys = OpenSshServer.freePort();
        both = OpenSshServer.freePort();
        elsewhere = OpenSshServer.freePort();
        question = OpenSshServer.freePort();
        server = OpenSshServer.start("Port " + one, "Port " + two, "Port " + noKeys, "Port " + onlyKeys, "Port " + both,
            "Port " + elsewhere, "Port " + question,
            "Match LocalPort " + one, "MaxAuthTries 1", "Match LocalPort " + two, "MaxAuthTries 2", "Match LocalPort " + noKeys,
            "PubkeyAuthentication no",
            "Match LocalPort " + onlyKeys, "AuthenticationMethods publickey", "Match LocalPort " + both,
            "AuthenticationMethods publickey,password",
            "Match LocalPort " + elsewhere, "AuthorizedKeysFile %h/.ssh/elsewhere", "Match LocalPort " + question,
            "AuthenticationMethods publickey,keyboard-interactive");
        crowd = SshAgentProcess.start(shared).strangers(8);
    }

    @AfterAll
    static void stop() throws Exception {
        crowd.close();
        server.close();
    }

    private static SshSettings settings(Optional<Path> agent, Duration boot) throws IOException {
        Path known = server.knownHosts(server.name(), server.name(one), server.name(two), server.name(noKeys), server.name(onlyKeys),
            server.name(both), server.name(elsewhere), server.name(question));
        return new SshSettings(List.of(known), List.of(), agent, Optional.empty(), Duration.ofSeconds(20), 4, boot);
    }

    private static Ssh ssh(String user, int port, Optional<Path> identity, Optional<String> password) {
        return new Ssh(Optional.of(user), Optional.of(port), identity.map(Path::toString), Optional.empty(), password.map(Secret::new),
            Ssh.Sudo.NONE, Optional.empty());
    }

    private static String in(Ssh ssh, Optional<Path> agent) throws Exception {
        try (var dialer = new SshDialer(settings(agent, Duration.ZERO)); Session session =
            dialer.dial(SshMachines.host("node", "127.0.0.1", ssh), Optional.empty())) {
            return session.exchange(Exchange.asking(List.of(Command.of("id", "-un")))).getFirst() instanceof Reply.Ran ran
                ? ran.out().strip() : "";
        }
    }

    private static Unreachable out(Ssh ssh, Optional<Path> agent) {
        return assertThrows(Unreachable.class, () -> in(ssh, agent));
    }

    @ParameterizedTest
    @CsvSource({"6", "1", "2"})
    void a_password_is_tried_however_many_keys_the_agent_holds(int tries) throws Exception {
        int port = tries == 6 ? server.port() : tries == 1 ? one : two;
        assertEquals("plain", in(ssh("plain", port, Optional.empty(), Optional.of(Server.PASSWORD)), Optional.of(crowd.socket())));
    }

    @Test
    void the_ninth_key_of_the_agent_lets_in() throws Exception {
        try (SshAgentProcess agent = SshAgentProcess.start(directory).strangers(8).holding(server.key())) {
            assertEquals("plain", in(ssh("plain", server.port(), Optional.empty(), Optional.empty()), Optional.of(agent.socket())));
        }
    }

    @Test
    void what_was_tried_is_what_is_said() {
        String wrong = out(ssh("plain", server.port(), Optional.empty(), Optional.of("wrong")), Optional.of(crowd.socket())).getMessage();
        assertTrue(wrong.contains("tried 8 keys and the password on 2 connections; the server allows publickey, password,"
            + " keyboard-interactive"), wrong);
        Unreachable few = out(ssh("plain", one, Optional.empty(), Optional.empty()), Optional.of(crowd.socket()));
        assertEquals(ConnectionCode.LOGIN_REFUSED, few.reason());
        assertTrue(few.getMessage().contains("tried 3 keys on 3 connections; it ended the connection after one key"), few.getMessage());
        assertTrue(few.getMessage().contains("Too many authentication failures"), few.getMessage());
        assertTrue(few.getMessage().contains("5 more keys were not tried: name the right one with `ssh.identity`"), few.getMessage());
    }

    @Test
    void the_named_key_comes_first_and_alone() throws Exception {
        assertEquals("plain", in(ssh("plain", one, Optional.of(server.key()), Optional.empty()), Optional.of(crowd.socket())));
    }

    @Test
    void key_and_password_together_are_given_on_one_connection() throws Exception {
        assertEquals("plain", in(ssh("plain", both, Optional.of(server.key()), Optional.of(Server.PASSWORD)), Optional.empty()));
    }

    @Test
    void a_method_that_is_not_allowed_is_named_with_those_that_are() {
        Unreachable keys = out(ssh("plain", noKeys, Optional.of(server.key()), Optional.empty()), Optional.empty());
        assertEquals(ConnectionCode.METHOD_NOT_ALLOWED, keys.reason(), keys.getMessage());
        assertTrue(keys.getMessage().contains("tried one key; the server allows password, keyboard-interactive"), keys.getMessage());
        Unreachable password = out(ssh("plain", onlyKeys, Optional.empty(), Optional.of(Server.PASSWORD)), Optional.empty());
        assertEquals(ConnectionCode.METHOD_NOT_ALLOWED, password.reason(), password.getMessage());
        assertTrue(password.getMessage().contains("tried nothing; the server allows publickey"), password.getMessage());
    }

    @Test
    void a_key_that_does_not_suffice_is_not_called_refused() throws Exception {
        for (int port : List.of(both, question)) {
            Unreachable more = out(ssh("plain", port, Optional.of(server.key()), Optional.empty()), Optional.empty());
            assertEquals(ConnectionCode.KEY_NOT_ENOUGH, more.reason(), more.getMessage());
            String wanted = port == both ? "password" : "keyboard-interactive";
            assertTrue(more.getMessage().contains("tried one key; the key was accepted; the machine wants " + wanted + " as well"),
                more.getMessage());
            assertFalse(ConnectionCode.KEY_NOT_ENOUGH.next().contains("enrol"));
        }
        try (SshAgentProcess agent = SshAgentProcess.start(directory).strangers(2).holding(server.key())) {
            Unreachable third = out(ssh("plain", question, Optional.empty(), Optional.empty()), Optional.of(agent.socket()));
            assertEquals(ConnectionCode.KEY_NOT_ENOUGH, third.reason(), third.getMessage());
        }
        Unreachable wrong = out(ssh("plain", question, Optional.of(server.key()), Optional.of("wrong")), Optional.empty());
        assertEquals(ConnectionCode.KEY_NOT_ENOUGH, wrong.reason(), wrong.getMessage());
        assertTrue(wrong.getMessage().contains("tried one key and the password"), wrong.getMessage());
        assertEquals("plain", in(ssh("plain", question, Optional.of(server.key()), Optional.of(Server.PASSWORD)), Optional.empty()));
    }

    @Test
    void where_keys_alone_are_allowed_nobody_is_sent_for_a_password() throws Exception {
        Ssh stranger = ssh("plain", onlyKeys, Optional.of(SshAgentProcess.key(directory, "stranger")), Optional.empty());
        Unreachable refused = out(stranger, Optional.empty());
        assertEquals(ConnectionCode.KEYS_REFUSED, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains("tried one key; the server allows publickey"), refused.getMessage());
        assertTrue(refused.reason().next().contains("DenyUsers") && !refused.reason().next().contains("enrol"), refused.reason().next());
        var asked = new ArrayList<String>();
        var enrolment = new Enrolment(settings(Optional.empty(), Duration.ZERO), person(asked));
        Machine node = SshMachines.host("node", "127.0.0.1", stranger);
        assertEquals(ConnectionCode.KEYS_REFUSED, assertThrows(Unreachable.class, () -> enrolment.enrol(node, Optional.empty(), false))
            .reason());
        assertEquals(List.of(), asked);
    }

    @Test
    void where_the_key_lets_in_nothing_is_installed() throws Exception {
        Path mine = SshAgentProcess.key(directory, "mine");
        Path keys = server.home("busy").resolve(".ssh/authorized_keys");
        Files.copy(Path.of(mine + ".pub"), keys.resolveSibling("elsewhere"));
        String before = Files.readString(keys);
        for (Optional<String> password : List.of(Optional.<String>empty(), Optional.of(Server.PASSWORD))) {
            Machine node = SshMachines.host("node", "127.0.0.1", ssh("busy", elsewhere, Optional.of(mine), password));
            List<String> done = new Enrolment(settings(Optional.empty(), Duration.ZERO), person(new ArrayList<>()))
                .enrol(node, Optional.empty(), false);
            assertTrue(done.stream().noneMatch(line -> line.contains("installed for")), done.toString());
            assertTrue(done.isEmpty() || done.getLast().equals("key " + mine + " lets in already, none installed"), done.toString());
        }
        assertEquals(before, Files.readString(keys));
    }

    private static Enrolment.Person person(List<String> asked) {
        return new Enrolment.Person() {
            @Override
            public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
                return true;
            }

            @Override
            public Optional<Secret> password(String machine, String user) {
                asked.add("password of " + user);
                return Optional.of(new Secret(Server.PASSWORD));
            }

            @Override
            public Optional<Secret> newPassword(String machine, String user) {
                return Optional.empty();
            }
        };
    }

    @Test
    void enrolling_where_keys_are_not_allowed_leads_out_of_the_circle() throws Exception {
        Machine node = SshMachines.host("node", "127.0.0.1", ssh("plain", noKeys, Optional.of(server.key()), Optional.empty()));
        var asked = new ArrayList<String>();
        Unreachable refused = assertThrows(Unreachable.class,
            () -> new Enrolment(settings(Optional.empty(), Duration.ZERO), person(asked)).enrol(node, Optional.empty(), false));
        assertEquals(List.of("password of plain"), asked);
        assertEquals(ConnectionCode.KEY_NOT_TAKEN, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains("the machine does not take it (it allows password, keyboard-interactive)"),
            refused.getMessage());
        Machine withPassword = SshMachines.host("node", "127.0.0.1",
            ssh("plain", noKeys, Optional.of(server.key()), Optional.of(Server.PASSWORD)));
        List<String> done = new Enrolment(settings(Optional.empty(), Duration.ZERO), person(asked))
            .enrol(withPassword, Optional.empty(), false);
        assertTrue(done.getLast().endsWith("so logins go on with the password of the inventory"), done.toString());
    }

    @Test
    void a_typed_password_is_tried_however_many_keys_the_agent_holds() throws Exception {
        Machine node = SshMachines.host("node", "127.0.0.1", ssh("dash", server.port(), Optional.empty(), Optional.empty()));
        var asked = new ArrayList<String>();
        List<String> done = new Enrolment(settings(Optional.of(crowd.socket()), Duration.ZERO), person(asked))
            .enrol(node, Optional.empty(), false);
        assertEquals(List.of("password of dash"), asked);
        assertTrue(done.getLast().endsWith("installed for dash"), done.toString());
    }

    /// A machine that has booted when it was waited for three times.
    private static final class Boot implements Connector.RetryClock {
        private final OpenSshServer machine;
        private final List<Long> pauses = new ArrayList<>();

        Boot(OpenSshServer machine) {
            this.machine = machine;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void pause(Duration time) {
            pauses.add(time.toSeconds());
            try {
                if (pauses.size() == 3) machine.inside("rm", "/etc/nologin");
            } catch (IOException | InterruptedException over) {
                throw new IllegalStateException(over);
            }
        }
    }

    @Test
    void a_machine_that_boots_is_asked_again_and_says_so() throws Exception {
        try (OpenSshServer booting = OpenSshServer.start()) {
            Path nologin = Files.writeString(directory.resolve("nologin"),
                "System is booting up. Unprivileged users are not permitted to log in yet.\n\u001b]0;x\u0007\n");
            booting.inside("cp", nologin.toString(), "/etc/nologin");
            Machine node = SshMachines.host("node", "127.0.0.1", SshMachines.key("plain", booting.port(), booting.key()));
            var now = new SshSettings(List.of(booting.knownHosts(booting.name())), List.of(), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(20), 4, Duration.ZERO);
            Unreachable closed = assertThrows(Unreachable.class, () -> new SshDialer(now).dial(node, Optional.empty()));
            assertEquals(ConnectionCode.LOGINS_CLOSED, closed.reason(), closed.getMessage());
            assertTrue(closed.getMessage().contains("the server took the key and ended the connection; it said: System is booting up."),
                closed.getMessage());
            assertFalse(closed.getMessage().contains("\u001b"), closed.getMessage());
            var later = new SshSettings(now.knownHosts(), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(20), 4,
                Duration.ofSeconds(60));
            var boot = new Boot(booting);
            try (var dialer = new SshDialer(later, boot); Session session = dialer.dial(node, Optional.empty())) {
                assertEquals(new Reply.Ran(0, "in\n", ""), session.exchange(Exchange.asking(List.of(Command.of("echo", "in")))).getFirst());
            }
            assertEquals(List.of(1L, 3L, 3L), boot.pauses);
            booting.inside("chage", "-E", "0", "plain");
            Unreachable expired = assertThrows(Unreachable.class, () -> new SshDialer(now).dial(node, Optional.empty()));
            assertEquals(ConnectionCode.ACCOUNT_REFUSED, expired.reason(), expired.getMessage());
            assertTrue(expired.getMessage().contains("Your account has expired"), expired.getMessage());
        }
    }

    @Test
    void user_certificates_and_host_certificates_are_taken() throws Exception {
        Path ca = SshAgentProcess.key(directory, "ca");
        Path mine = SshAgentProcess.key(directory, "mine");
        SshAgentProcess.run(List.of("ssh-keygen", "-q", "-s", ca.toString(), "-I", "me", "-n", "plain", mine + ".pub"), "");
        try (OpenSshServer certified = OpenSshServer.start("TrustedUserCAKeys " + ca + ".pub",
            "HostCertificate " + directory.resolve("host-cert.pub"))) {
            Path host = Files.copy(certified.directory().resolve("host_key.pub"), directory.resolve("host.pub"));
            SshAgentProcess.run(List.of("ssh-keygen", "-q", "-s", ca.toString(), "-I", "host", "-h", "-n", "127.0.0.1", host.toString()),
                "");
            certified.reload();
            Path known = Files.writeString(directory.resolve("authority"), "@cert-authority [127.0.0.1]:* "
                + Files.readString(Path.of(ca + ".pub")));
            var settings = new SshSettings(List.of(known), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(20), 4);
            Machine node = SshMachines.host("node", "127.0.0.1", SshMachines.key("plain", certified.port(), mine));
            try (var dialer = new SshDialer(settings); Session session = dialer.dial(node, Optional.empty())) {
                assertEquals(new Reply.Ran(0, "in\n", ""), session.exchange(Exchange.asking(List.of(Command.of("echo", "in")))).getFirst());
            }
            Path revoked = Files.writeString(directory.resolve("revoked"), Files.readString(known) + "@revoked * " + certified.hostKey()
                + "\n");
            var strict = new SshSettings(List.of(revoked), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(20), 4);
            assertThrows(Unreachable.class, () -> new SshDialer(strict).dial(node, Optional.empty()));
            Path other = Files.writeString(directory.resolve("other"), "@cert-authority [127.0.0.1]:* "
                + Files.readString(Path.of(mine + ".pub")));
            var foreign = new SshSettings(List.of(other), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(20), 4);
            assertEquals(ConnectionCode.HOST_KEY_UNKNOWN,
                assertThrows(Unreachable.class, () -> new SshDialer(foreign).dial(node, Optional.empty())).reason());
        }
    }
}
