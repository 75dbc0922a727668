package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
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

/// The user's configuration is followed with the real ssh and sshd, or refused by name before anything is dialled.
@NeedsLab(value = {"sshd", "ssh", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class ProxyTest {
    private static final Ssh OPEN = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());

    private static OpenSshServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = OpenSshServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /// `lines`, and what every name needs to log in; the only file of known keys is the one that the configuration names.
    private SshSettings settings(String... lines) throws IOException {
        var all = new ArrayList<>(List.of(lines));
        all.addAll(List.of("Host *", "User plain", "IdentityFile " + server.key(), "IdentityAgent none",
            "UserKnownHostsFile " + server.knownHosts(server.name())));
        Path config = Files.write(directory.resolve("config"), all);
        return new SshSettings(List.of(), List.of(), Optional.empty(), Optional.of(config), Duration.ofSeconds(20), 4);
    }

    private List<String> bastion(String name) {
        return List.of("Host " + name, "HostName 127.0.0.1", "Port " + server.port());
    }

    private SshSettings behind(String how) throws IOException {
        var lines = new ArrayList<>(List.of("Host inner", "HostName 127.0.0.1", "Port " + server.port(), how));
        lines.addAll(bastion("bastion"));
        lines.addAll(bastion("second"));
        return settings(lines.toArray(String[]::new));
    }

    /// The address and port that the machine saw us come from, and the server's side.
    private static String dialled(SshSettings settings, String address) throws Exception {
        try (var dialer = new SshDialer(settings); Session session =
            dialer.dial(SshMachines.host("node", address, OPEN), Optional.empty())) {
            return session.exchange(Exchange.asking(List.of(Command.of("printenv", "SSH_CONNECTION")))).getFirst() instanceof Reply.Ran ran
                ? ran.out().strip() : "";
        }
    }

    private static Unreachable refused(SshSettings settings, String address) {
        return assertThrows(Unreachable.class, () -> dialled(settings, address));
    }

    private int logins() throws IOException {
        return server.log().split("Accepted publickey", -1).length - 1;
    }

    @Test
    void a_jump_host_is_gone_through() throws Exception {
        int before = logins();
        assertTrue(dialled(behind("ProxyJump bastion"), "inner").endsWith(" 127.0.0.1 " + server.port()));
        assertEquals(before + 2, logins());
    }

    @Test
    void a_chain_of_jump_hosts_is_gone_through_with_user_and_port() throws Exception {
        int before = logins();
        dialled(behind("ProxyJump plain@bastion,ssh://dash@second:" + server.port()), "inner");
        assertEquals(before + 3, logins());
        assertTrue(server.log().contains("Accepted publickey for dash"), server.log());
    }

    @Test
    void each_jump_host_has_jumps_of_its_own() throws Exception {
        int before = logins();
        var lines =
            new ArrayList<>(List.of("Host inner", "HostName 127.0.0.1", "Port " + server.port(), "ProxyJump bastion", "Host bastion",
            "ProxyJump second"));
        lines.addAll(bastion("bastion"));
        lines.addAll(bastion("second"));
        dialled(settings(lines.toArray(String[]::new)), "inner");
        assertEquals(before + 3, logins());
    }

    @Test
    void none_means_directly() throws Exception {
        int before = logins();
        dialled(behind("ProxyJump none\nProxyCommand none"), "inner");
        assertEquals(before + 1, logins());
    }

    @Test
    void a_command_is_the_connection_and_ends_with_it() throws Exception {
        Path pid = directory.resolve("pid");
        String command = "ProxyCommand sh -c 'echo $$ %n %r > " + pid + "; exec busybox nc %h %p'";
        try (var dialer = new SshDialer(behind(command)); Session session =
            dialer.dial(SshMachines.host("node", "inner", OPEN), Optional.empty())) {
            assertEquals(new Reply.Ran(0, "in\n", ""), session.exchange(Exchange.asking(List.of(Command.of("echo", "in")))).getFirst());
            try (Session again = session.fresh()) {
                assertEquals(new Reply.Ran(0, "in\n", ""), again.exchange(Exchange.asking(List.of(Command.of("echo", "in")))).getFirst());
            }
        }
        String[] seen = Files.readString(pid).strip().split(" ");
        assertEquals(List.of("inner", "plain"), List.of(seen).subList(1, 3));
        Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(seen[0]));
        for (int i = 0; i < 500 && left.filter(ProcessHandle::isAlive).isPresent(); i++) Thread.sleep(10);
        assertTrue(left.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void what_the_proxy_said_is_shown() throws Exception {
        Unreachable failed = refused(behind("ProxyCommand sh -c 'echo no way >&2; exit 7'"), "inner");
        assertEquals(ConnectionCode.PROXY_FAILED, failed.reason());
        assertTrue(failed.getMessage().contains("exit 7: no way"), failed.getMessage());
        Unreachable jump = refused(behind("ProxyJump plain@127.0.0.1:" + OpenSshServer.freePort()), "inner");
        assertEquals(ConnectionCode.PROXY_FAILED, jump.reason());
        assertTrue(jump.getMessage().contains("ProxyJump plain@") && jump.getMessage().contains("Connection refused"), jump.getMessage());
    }

    @Test
    void a_circle_is_refused_before_dialling() throws Exception {
        Unreachable two = refused(settings("Host *", "ProxyJump a,b"), "inner");
        assertEquals(ConnectionCode.CONFIG_NOT_FOLLOWED, two.reason());
        assertTrue(two.getMessage().contains("goes round in a circle: inner through a through a"), two.getMessage());
        assertTrue(refused(settings("Host *", "ProxyJump bastion"), "bastion").getMessage().contains("jumphost loop via bastion"));
    }

    @Test
    void what_cannot_be_followed_is_refused_by_name() throws Exception {
        for (String keyword
            : List.of("RevokedHostKeys /etc/ssh/revoked", "BindInterface lo", "ProxyUseFdpass yes\nProxyCommand nc -F %h %p")) {
            Unreachable failed = refused(behind(keyword), "inner");
            assertEquals(ConnectionCode.CONFIG_NOT_FOLLOWED, failed.reason());
            assertTrue(failed.getMessage().toLowerCase().contains(keyword.split(" ")[0].toLowerCase()), failed.getMessage());
        }
    }

    @Test
    void addresses_times_and_methods_are_those_of_the_configuration() throws Exception {
        assertTrue(dialled(behind("BindAddress 127.0.0.9"), "inner").startsWith("127.0.0.9 "));
        assertEquals(ConnectionCode.NAME_UNKNOWN, refused(behind("AddressFamily inet6"), "inner").reason());
        Unreachable none = refused(behind("PubkeyAuthentication no"), "inner");
        assertTrue(none.getMessage().contains("tried nothing"), none.getMessage());
        assertEquals(ConnectionCode.HOST_KEY_UNKNOWN, refused(behind("UserKnownHostsFile /dev/null"), "inner").reason());
        assertTrue(dialled(behind("GlobalKnownHostsFile " + server.knownHosts(server.name()) + "\nUserKnownHostsFile none"), "inner")
            .contains("127.0.0.1"));
    }
}
