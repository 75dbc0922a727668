package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.source.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that asks for the new password within method `password` (RFC 4252, 8), which OpenSSH never does.
class ExpiredPasswordTest {
    private record Fresh(String text) implements Enrolment.Person {
        @Override
        public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
            return true;
        }

        @Override
        public Optional<Secret> password(String machine, String user) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> newPassword(String machine, String user) {
            return Optional.of(new Secret(text));
        }
    }

    @Test
    void is_named_and_then_changed(@TempDir Path directory) throws Exception {
        try (MinaServer server = MinaServer.start()) {
            Machine node = SshMachines.host("node", "127.0.0.1", SshMachines.password("expired", server.port(), Server.PASSWORD));
            try (var dialer = new SshDialer(SshSettings.only(server.knownHosts(server.name())))) {
                Unreachable expired = assertThrows(Unreachable.class, () -> dialer.dial(node, Optional.empty()));
                assertEquals(ConnectionCode.PASSWORD_EXPIRED, expired.reason(), expired.getMessage());
            }
            SshSettings settings = SshSettings.only(directory.resolve("known_hosts"));
            Unreachable refused = assertThrows(Unreachable.class, () -> new Enrolment(settings, new Fresh("short"))
                .enrol(node, Optional.empty(), false));
            assertEquals(ConnectionCode.PASSWORD_EXPIRED, refused.reason(), refused.getMessage());
            List<String> done = new Enrolment(settings, new Fresh("long-enough")).enrol(node, Optional.empty(), false);
            assertTrue(done.contains("password of expired changed"), done.toString());
            Machine changed = SshMachines.host("node", "127.0.0.1", SshMachines.password("expired", server.port(), "long-enough"));
            try (var dialer = new SshDialer(settings); Session session = dialer.dial(changed, Optional.empty())) {
                assertEquals(List.of(new Reply.Ran(0, "in\n", "")), session.exchange(Exchange.asking(List.of(Command.of("echo", "in")))));
            }
        }
    }
}
