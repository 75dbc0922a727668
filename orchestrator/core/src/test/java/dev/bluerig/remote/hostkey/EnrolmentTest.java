package dev.bluerig.remote.hostkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.bluerig.remote.ssh.Enrolment;
import dev.bluerig.remote.ssh.OpenSshServer;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshMachines;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.source.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Enrolment against a real OpenSSH with PAM.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "sudo", "busybox", "perl"}, root = true)
class EnrolmentTest {
    private static final String FRESH = "Brand-New-Secret-27!";

    /// Says what it is told to say and remembers what it was asked.
    private static final class Keyboard implements Enrolment.Person {
        private final boolean trusting;
        private final Optional<Secret> password;
        private final Optional<Secret> fresh;
        private final List<String> asked = new ArrayList<>();

        Keyboard(boolean trusting, Optional<String> password, Optional<String> fresh) {
            this.trusting = trusting;
            this.password = password.map(Secret::new);
            this.fresh = fresh.map(Secret::new);
        }

        @Override
        public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
            asked.add("trusts " + machine + " " + shown.fingerprint() + " instead of " + onFile.size());
            return trusting;
        }

        @Override
        public Optional<Secret> password(String machine, String user) {
            asked.add("password of " + user);
            return password;
        }

        @Override
        public Optional<Secret> newPassword(String machine, String user) {
            asked.add("new password of " + user);
            return fresh;
        }
    }

    private static SshSettings settings(Path directory) {
        return SshSettings.only(directory.resolve("ssh/known_hosts"));
    }

    private static Machine node(Ssh ssh) {
        return SshMachines.host("node", "127.0.0.1", ssh);
    }

    private static Ssh keyAndPassword(String user, OpenSshServer server, Path key, Optional<String> password) {
        return new Ssh(Optional.of(user), Optional.of(server.port()), Optional.of(key.toString()), Optional.empty(),
            password.map(Secret::new), Ssh.Sudo.NONE, Optional.empty());
    }

    private static Path newKey(Path directory) throws Exception {
        Path key = directory.resolve("mine");
        assertEquals(0, new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).start().waitFor());
        return key;
    }

    @ParameterizedTest
    @ValueSource(strings = {"KbdInteractiveAuthentication yes", "KbdInteractiveAuthentication no"})
    void from_factory_state_to_a_key_login(String way, @TempDir Path directory) throws Exception {
        try (OpenSshServer server = OpenSshServer.start(way)) {
            Path key = newKey(directory);
            Machine node = node(keyAndPassword("expired", server, key, Optional.of(OpenSshServer.PASSWORD)));
            var keyboard = new Keyboard(true, Optional.empty(), Optional.of(FRESH));
            List<String> done = new Enrolment(settings(directory), keyboard).enrol(node, Optional.empty(), false);
            assertEquals(List.of("trusts node " + server.hostKey().fingerprint() + " instead of 0", "new password of expired"),
                keyboard.asked);
            assertEquals(List.of("host key on file: [127.0.0.1]:" + server.port() + " ssh-ed25519 " + server.hostKey().fingerprint(),
                "password of expired changed", "key " + key + " installed for expired"), done);
            try (var dialer = new SshDialer(settings(directory));
                 Session session = dialer.dial(node(keyAndPassword("expired", server, key, Optional.empty())), Optional.empty())) {
                assertEquals(new Reply.Ran(0, "700\n600\n", ""),
                    session.exchange(Exchange.asking(List.of(Command.of("stat", "-c", "%a", ".ssh", ".ssh/authorized_keys")))).getFirst());
            }
            assertEquals(2, Files.readAllLines(server.home("expired").resolve(".ssh/authorized_keys")).size());
            assertEquals("rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("ssh/known_hosts"))));
            // doing it again finds everything in place and asks nobody
            var silent = new Keyboard(false, Optional.empty(), Optional.empty());
            assertEquals(List.of(), new Enrolment(settings(directory), silent)
                .enrol(node(keyAndPassword("expired", server, key, Optional.empty())), Optional.empty(), false));
            assertEquals(List.of(), silent.asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KbdInteractiveAuthentication yes", "KbdInteractiveAuthentication no"})
    void a_new_password_that_the_machine_refuses_is_explained(String way, @TempDir Path directory) throws Exception {
        try (OpenSshServer server = OpenSshServer.start(way)) {
            Machine node = node(keyAndPassword("expired", server, newKey(directory), Optional.of(OpenSshServer.PASSWORD)));
            var enrolment = new Enrolment(settings(directory), new Keyboard(true, Optional.empty(), Optional.of("x")));
            Unreachable refused = assertThrows(Unreachable.class, () -> enrolment.enrol(node, Optional.empty(), false));
            assertEquals(ConnectionCode.PASSWORD_EXPIRED, refused.reason());
            assertTrue(refused.getMessage().contains("the new password was not accepted"), refused.getMessage());
            assertTrue(!refused.getMessage().contains(OpenSshServer.PASSWORD), refused.getMessage());
        }
    }

    @Test
    void an_expired_password_is_named_when_dialling(@TempDir Path directory) throws Exception {
        try (OpenSshServer server = OpenSshServer.start()) {
            var settings = SshSettings.only(server.knownHosts("[127.0.0.1]:" + server.port()));
            for (Ssh ssh : List.of(SshMachines.password("expired", server.port(), OpenSshServer.PASSWORD),
                SshMachines.key("expired", server.port(), server.key()))) {
                Unreachable expired = assertThrows(Unreachable.class, () -> {
                    try (var dialer = new SshDialer(settings); Session session = dialer.dial(node(ssh), Optional.empty())) {
                        session.exchange(Exchange.asking(List.of(Command.of("true"))));
                    }
                });
                assertEquals(ConnectionCode.PASSWORD_EXPIRED, expired.reason(), expired.getMessage());
            }
        }
    }

    @Test
    void a_changed_host_key_needs_replace_and_a_person(@TempDir Path directory) throws Exception {
        try (OpenSshServer server = OpenSshServer.start()) {
            String name = "[127.0.0.1]:" + server.port();
            Path known = directory.resolve("ssh/known_hosts");
            String other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zG";
            KnownHostsFile.add(known, name, PublicKeyText.of("ssh-ed25519", other.split(" ")[1]));
            KnownHostsFile.add(known, "elsewhere", PublicKeyText.of("ssh-ed25519", other.split(" ")[1]));
            Machine node = node(SshMachines.key("plain", server.port(), server.key()));
            var keyboard = new Keyboard(true, Optional.empty(), Optional.empty());
            Unreachable changed = assertThrows(Unreachable.class, () -> new Enrolment(settings(directory), keyboard)
                .enrol(node, Optional.empty(), false));
            assertEquals(ConnectionCode.HOST_KEY_CHANGED, changed.reason());
            assertEquals(List.of(), keyboard.asked);
            Unreachable refused = assertThrows(Unreachable.class,
                () -> new Enrolment(settings(directory), new Keyboard(false, Optional.empty(), Optional.empty()))
                .enrol(node, Optional.empty(), true));
            assertEquals(ConnectionCode.HOST_KEY_UNKNOWN, refused.reason());
            List<String> done = new Enrolment(settings(directory), keyboard).enrol(node, Optional.empty(), true);
            assertTrue(done.getFirst().startsWith("host key replaced: "), done.toString());
            assertEquals(List.of("trusts node " + server.hostKey().fingerprint() + " instead of 1"), keyboard.asked);
            assertEquals(List.of("elsewhere " + other, name + " " + server.hostKey(), "bluerig/node " + server.hostKey()),
                Files.readAllLines(known));
        }
    }

    @Test
    void a_person_is_asked_for_the_password_when_no_key_is_accepted(@TempDir Path directory) throws Exception {
        try (OpenSshServer server = OpenSshServer.start()) {
            Path key = newKey(directory);
            Machine node = node(keyAndPassword("plain", server, key, Optional.empty()));
            var keyboard = new Keyboard(true, Optional.of(OpenSshServer.PASSWORD), Optional.empty());
            List<String> done = new Enrolment(settings(directory), keyboard).enrol(node, Optional.empty(), false);
            assertEquals("password of plain", keyboard.asked.getLast());
            assertEquals("key " + key + " installed for plain", done.getLast());
        }
    }
}
