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
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.source.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Key files as ssh-keygen makes them, and a real ssh-agent.
@Isolated("writes programs and runs them: a child of another test that is being started may hold them open, ETXTBSY of execve(2)")
@NeedsLab({"ssh-keygen", "ssh-agent", "ssh-add"})
class PrivateKeysTest {
    @TempDir
    private Path directory;

    private Path key(String name, String type, String passphrase) throws Exception {
        Path file = directory.resolve(name);
        assertEquals(0, new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-a", "4", "-f", file.toString()).start()
            .waitFor());
        return file;
    }

    private Optional<Path> agentSocket = Optional.empty();

    private DialTarget target(Optional<Path> identity, Optional<String> passphrase, List<Path> usual) throws Exception {
        var ssh = new Ssh(Optional.of("me"), Optional.empty(), identity.map(Path::toString), passphrase.map(Secret::new), Optional.empty(),
            Ssh.Sudo.NONE, Optional.empty());
        var settings = new SshSettings(List.of(directory.resolve("k")), usual, agentSocket, Optional.empty(), Duration.ofSeconds(5), 4);
        return DialTarget.of(SshMachines.host("node", "10.0.0.1", ssh), settings);
    }

    private static List<String> names(PrivateKeys keys, DialTarget target) throws Unreachable {
        return keys.of(target).stream().map(identity -> Path.of(identity.getName()).getFileName().toString()).toList();
    }

    @Test
    void every_type_is_read_with_and_without_passphrase() throws Exception {
        var keys = new PrivateKeys();
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            assertEquals(List.of(type), names(keys, target(Optional.of(key(type, type, "")), Optional.empty(), List.of())));
            Path locked = key(type + "-locked", type, "open sesame");
            assertEquals(List.of(type + "-locked"), names(keys, target(Optional.of(locked), Optional.of("open sesame"), List.of())));
            Unreachable wrong = assertThrows(Unreachable.class,
                () -> keys.of(target(Optional.of(locked), Optional.of("open barley"), List.of())));
            assertEquals(ConnectionCode.KEY_UNREADABLE, wrong.reason());
            assertTrue(wrong.getMessage().contains("the passphrase is wrong") && !wrong.getMessage().contains("barley"),
                wrong.getMessage());
        }
    }

    @Test
    void a_named_key_must_be_usable_and_a_default_one_need_not() throws Exception {
        var keys = new PrivateKeys();
        Path good = key("good", "ed25519", "");
        Path locked = key("locked", "ed25519", "secret");
        Path missing = directory.resolve("missing");
        Path garbage = Files.writeString(directory.resolve("garbage"), "not a key\n");
        for (Path bad : List.of(locked, missing, garbage))
            assertEquals(ConnectionCode.KEY_UNREADABLE,
                assertThrows(Unreachable.class, () -> keys.of(target(Optional.of(bad), Optional.empty(), List.of()))).reason());
        assertEquals(List.of("good"), names(keys, target(Optional.empty(), Optional.empty(), List.of(missing, locked, good))));
    }

    @Test
    void the_agent_holds_keys_and_unlocks_files() throws Exception {
        Path socket = directory.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        try {
            for (int i = 0; i < 200 && !Files.exists(socket); i++) Thread.sleep(10);
            Path held = key("held", "ed25519", "secret");
            Path plain = key("plain", "ed25519", "");
            var askpass = directory.resolve("askpass");
            Files.writeString(askpass, "#!/bin/sh\necho secret\n");
            Files.setPosixFilePermissions(askpass, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
            var add = new ProcessBuilder("ssh-add", "-q", held.toString()).redirectErrorStream(true);
            add.environment()
                .putAll(java.util.Map.of("SSH_AUTH_SOCK", socket.toString(), "SSH_ASKPASS", askpass.toString(), "SSH_ASKPASS_REQUIRE",
                "force"));
            assertEquals(0, add.start().waitFor());
            agentSocket = Optional.of(socket);
            var keys = new PrivateKeys();
            assertEquals(1, keys.of(target(Optional.of(held), Optional.empty(), List.of())).size());
            assertEquals(1, keys.of(target(Optional.empty(), Optional.empty(), List.of())).size());
            assertEquals(2, keys.of(target(Optional.empty(), Optional.empty(), List.of(plain, held))).size());
            assertEquals(List.of("plain"), names(keys, target(Optional.of(plain), Optional.empty(), List.of())));
            try (MinaServer server = MinaServer.start()) {
                server.accept(PublicKeyText.of(Files.readString(Path.of(held + ".pub")).split(" ")[0],
                    Files.readString(Path.of(held + ".pub")).split(" ")[1]));
                var settings = new SshSettings(List.of(server.knownHosts(server.name())), List.of(), Optional.of(socket), Optional.empty(),
                    Duration.ofSeconds(10), 4);
                var ssh = new Ssh(Optional.of("plain"), Optional.of(server.port()), Optional.empty(), Optional.empty(), Optional.empty(),
                    Ssh.Sudo.NONE, Optional.empty());
                try (var dialer = new SshDialer(settings); Session session =
                    dialer.dial(SshMachines.host("node", "127.0.0.1", ssh), Optional.empty())) {
                    assertEquals(List.of(new Reply.Ran(0, "in\n", "")),
                        session.exchange(Exchange.asking(List.of(Command.of("echo", "in")))));
                }
            }
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }
}
