package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.Elevation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {
    private static final Ssh OPEN = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Ssh.Sudo.NONE, Optional.empty());

    @TempDir
    private Path directory;

    private SshSettings settings(String... lines) throws Exception {
        Path config = Files.write(directory.resolve("config"), List.of(lines));
        return new SshSettings(List.of(directory.resolve("known_hosts")), List.of(), Optional.empty(), Optional.of(config), Duration.ofSeconds(5), 4);
    }

    @Test
    @NeedsLab("ssh")
    void fillsWhatTheInventoryLeavesOpen() throws Exception {
        SshSettings settings = settings("Host bench-*", "  HostName 10.9.8.7", "  Port 2022", "  User lab", "  HostKeyAlias bench", "  IdentityFile /keys/bench", "  IdentitiesOnly yes");
        DialTarget target = DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings);
        assertEquals("10.9.8.7", target.address());
        assertEquals(2022, target.port());
        assertEquals("lab", target.user());
        assertEquals("bench", target.keyName());
        assertEquals(List.of(Path.of("/keys/bench")), target.ring().identities());
        assertTrue(target.ring().only());
    }

    @Test
    @NeedsLab("ssh")
    void theInventoryWins() throws Exception {
        SshSettings settings = settings("Host *", "  Port 2022", "  User lab", "  IdentityFile /keys/bench");
        DialTarget target = DialTarget.of(SshMachines.host("a", "10.0.0.1", SshMachines.key("me", 22, Path.of("/keys/mine"))), settings);
        assertEquals("10.0.0.1", target.keyName());
        assertEquals(22, target.port());
        assertEquals("me", target.user());
        assertEquals(List.of(Path.of("/keys/mine")), target.ring().identities());
    }

    @Test
    void aDpuBehindItsHostIsNotLookedUpHere() throws Exception {
        Machine dpu = SshMachines.dpu("dpu-a", "host-a", "192.168.100.2", OPEN);
        DialTarget target = DialTarget.of(dpu, settings("Host *", "  User lab", "  HostName elsewhere"));
        assertEquals("192.168.100.2", target.address());
        assertEquals("dpu-a", target.keyName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=touch /tmp/bluerig-owned", "a b", "$(id)", "`id`", "a;b", "user@host", "a/b", "", "-v"})
    void aNameThatIsNotOneNeverReachesSsh(String name) throws Exception {
        Path config = settings("Host *", "  User lab").sshConfig().orElseThrow();
        Unreachable refused = assertThrows(Unreachable.class, () -> SshConfig.of(name, Optional.empty(), Optional.empty(), config));
        assertEquals(ConnectionCode.NAME_UNKNOWN, refused.reason());
    }

    @Test
    @NeedsLab("ssh")
    void aConfigurationThatSshRefusesIsNotIgnored() throws Exception {
        SshSettings settings = settings("NoSuchKeyword yes");
        Unreachable refused = assertThrows(Unreachable.class, () -> DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings));
        assertEquals(ConnectionCode.CONFIG_NOT_FOLLOWED, refused.reason());
        assertTrue(refused.getMessage().contains("Bad configuration option: nosuchkeyword"), refused.getMessage());
    }

    @Test
    void passwordSudoFallsBackToTheLoginPasswordAndRootNeedsNone() throws Exception {
        Ssh lab = SshMachines.sudo(SshMachines.password("lab", 22, "pw"), Ssh.Sudo.PASSWORD, Optional.empty());
        assertEquals(new Elevation.WithPassword(new dev.bluerig.source.Secret("pw")), DialTarget.of(SshMachines.host("a", "h", lab), SshSettings.only(directory.resolve("k"))).elevation());
        Ssh root = SshMachines.sudo(SshMachines.password("root", 22, "pw"), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        assertEquals(new Elevation.None(), DialTarget.of(SshMachines.host("a", "h", root), SshSettings.only(directory.resolve("k"))).elevation());
    }
}
