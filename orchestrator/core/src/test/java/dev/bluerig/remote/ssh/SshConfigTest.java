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
    private static final Ssh OPEN = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());

    @TempDir
    private Path directory;

    private SshSettings settings(String... lines) throws Exception {
        Path config = Files.write(directory.resolve("config"), List.of(lines));
        return new SshSettings(List.of(directory.resolve("known_hosts")), List.of(), Optional.empty(), Optional.of(config),
            Duration.ofSeconds(5), 4);
    }

    @Test
    @NeedsLab("ssh")
    void fills_what_the_inventory_leaves_open() throws Exception {
        SshSettings settings = settings("Host bench-*", "  HostName 10.9.8.7", "  Port 2022", "  User lab", "  HostKeyAlias bench",
            "  IdentityFile /keys/bench", "  IdentitiesOnly yes");
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
    void the_inventory_wins() throws Exception {
        SshSettings settings = settings("Host *", "  Port 2022", "  User lab", "  IdentityFile /keys/bench");
        DialTarget target = DialTarget.of(SshMachines.host("a", "10.0.0.1", SshMachines.key("me", 22, Path.of("/keys/mine"))), settings);
        assertEquals("10.0.0.1", target.keyName());
        assertEquals(22, target.port());
        assertEquals("me", target.user());
        assertEquals(List.of(Path.of("/keys/mine")), target.ring().identities());
    }

    @Test
    void a_dpu_behind_its_host_is_not_looked_up_here() throws Exception {
        Machine dpu = SshMachines.dpu("dpu-a", "host-a", "192.168.100.2", OPEN);
        DialTarget target = DialTarget.of(dpu, settings("Host *", "  User lab", "  HostName elsewhere"));
        assertEquals("192.168.100.2", target.address());
        assertEquals("dpu-a", target.keyName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=touch /tmp/bluerig-owned", "a b", "$(id)", "`id`", "a;b", "user@host", "a/b", "", "-v"})
    void a_name_that_is_not_one_never_reaches_ssh(String name) throws Exception {
        Path config = settings("Host *", "  User lab").sshConfig().orElseThrow();
        Unreachable refused = assertThrows(Unreachable.class, () -> SshConfig.of(name, Optional.empty(), Optional.empty(), config));
        assertEquals(ConnectionCode.NAME_UNKNOWN, refused.reason());
    }

    @Test
    @NeedsLab("ssh")
    void a_configuration_that_ssh_refuses_is_not_ignored() throws Exception {
        SshSettings settings = settings("NoSuchKeyword yes");
        Unreachable refused = assertThrows(Unreachable.class, () -> DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings));
        assertEquals(ConnectionCode.CONFIG_NOT_FOLLOWED, refused.reason());
        assertTrue(refused.getMessage().contains("Bad configuration option: nosuchkeyword"), refused.getMessage());
    }

    @Test
    void password_sudo_falls_back_to_the_login_password_and_root_needs_none() throws Exception {
        Ssh lab = SshMachines.sudo(SshMachines.password("lab", 22, "pw"), Ssh.Sudo.PASSWORD, Optional.empty());
        assertEquals(new Elevation.WithPassword(new dev.bluerig.source.Secret("pw")),
            DialTarget.of(SshMachines.host("a", "h", lab), SshSettings.only(directory.resolve("k"))).elevation());
        Ssh root = SshMachines.sudo(SshMachines.password("root", 22, "pw"), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        assertEquals(new Elevation.None(), DialTarget.of(SshMachines.host("a", "h", root), SshSettings.only(directory.resolve("k")))
            .elevation());
    }

    /// The agent of the configuration, whatever SSH_AUTH_SOCK says; `none` keeps every agent out.
    @Test
    @NeedsLab({"ssh", "ssh-keygen", "ssh-agent", "ssh-add"})
    void the_agent_of_the_configuration_is_asked() throws Exception {
        Path usual = Files.createDirectory(directory.resolve("usual"));
        Path named = Files.createDirectory(directory.resolve("named"));
        try (SshAgentProcess mine = SshAgentProcess.start(usual); SshAgentProcess other = SshAgentProcess.start(named)) {
            mine.holding(SshAgentProcess.key(usual, "mine"));
            other.holding(SshAgentProcess.key(named, "theirs"));
            assertEquals(List.of(comment(usual.resolve("mine"))), offered(mine, "Host *", "  IdentityFile " + directory.resolve("none")));
            assertEquals(List.of(comment(named.resolve("theirs"))),
                offered(mine, "Host *", "  IdentityFile " + directory.resolve("none"), "  IdentityAgent " + other.socket()));
            assertEquals(List.of(), offered(mine, "Host *", "  IdentityFile " + directory.resolve("none"), "  IdentityAgent none"));
        }
    }

    private static String comment(Path key) throws Exception {
        return Files.readString(Path.of(key + ".pub")).strip().split(" ")[1];
    }

    private List<String> offered(SshAgentProcess usual, String... lines) throws Exception {
        SshSettings open = settings(lines);
        var settings = new SshSettings(open.knownHosts(), List.of(), Optional.of(usual.socket()), open.sshConfig(), Duration.ofSeconds(5),
            4);
        return new PrivateKeys().of(DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings)).stream()
            .map(key -> java.util.Base64.getEncoder().encodeToString(key.getPublicKeyBlob())).toList();
    }

    @Test
    @NeedsLab("ssh")
    void the_time_to_connect_is_that_of_the_configuration() throws Exception {
        assertEquals(Optional.of(Duration.ofSeconds(1)),
            DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings("Host bench-*", "  ConnectTimeout 1")).route().patience());
        assertEquals(Optional.empty(), DialTarget.of(SshMachines.host("a", "other", OPEN), settings("Host bench-*", "  ConnectTimeout 1"))
            .route().patience());
        // a listener whose queue is full answers no more SYN, so that connecting waits
        try (var full = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var waiting = new java.util.ArrayList<java.nio.channels.SocketChannel>();
            for (int i = 0; i < 4; i++) {
                var channel = java.nio.channels.SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                waiting.add(channel);
            }
            Thread.sleep(200);
            SshSettings settings = settings("Host *", "  ConnectTimeout 1", "  IdentityFile " + directory.resolve("none"),
                "  IdentityAgent none");
            var patient = new SshSettings(settings.knownHosts(), List.of(), Optional.empty(), settings.sshConfig(), Duration.ofSeconds(60),
                4);
            long start = System.nanoTime();
            try (var dialer = new SshDialer(patient)) {
                var ssh = new Ssh(Optional.of("me"), Optional.of(full.getLocalPort()), Optional.empty(), Optional.empty(),
                    Optional.of(new dev.bluerig.source.Secret("pw")), Ssh.Sudo.NONE, Optional.empty());
                Unreachable late = assertThrows(Unreachable.class,
                    () -> dialer.dial(SshMachines.host("a", "127.0.0.1", ssh), Optional.empty()));
                assertEquals(ConnectionCode.CONNECT_TIMEOUT, late.reason(), late.getMessage());
            }
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30, "the minute of the settings is for all of login");
            for (var channel : waiting) channel.close();
        }
    }

    /// `ssh -G` leaves the tokens of files and of `ProxyCommand` to whoever uses them.
    @Test
    @NeedsLab("ssh")
    void tokens_are_those_of_ssh() throws Exception {
        String uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        String here = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        SshSettings settings = settings("Host bench-1", "  HostName 10.9.8.7", "  User lab", "  Port 2022",
            "  IdentityFile /keys/%L/%l-%r", "  IdentityAgent /run/user/%i/agent",
            "  UserKnownHostsFile /known/%n /known/%h");
        DialTarget target = DialTarget.of(SshMachines.host("a", "bench-1", OPEN), settings);
        assertEquals(List.of(Path.of("/keys/" + here.split("\\.")[0] + "/" + here + "-lab")), target.ring().identities());
        assertEquals(Optional.of(Path.of("/run/user/" + uid + "/agent")), target.ring().agent());
        assertTrue(target.knownHosts().containsAll(List.of(Path.of("/known/bench-1"), Path.of("/known/10.9.8.7"))),
            target.knownHosts().toString());
    }

    @Test
    void a_jump_host_is_read_as_ssh_reads_it() throws Exception {
        assertEquals("lab@corp.example@bastion:2222", JumpHosts.Hop.of("lab@corp.example@bastion:2222").text());
        assertEquals(Optional.of("lab@corp.example"), JumpHosts.Hop.of("ssh://lab@corp.example@bastion").user());
        assertEquals("fe80::1%eth0", JumpHosts.Hop.of("[fe80::1%eth0]:22").host());
        assertEquals("2001:db8::1", JumpHosts.Hop.of("lab@2001:db8::1").host());
        for (String not : List.of("", "bastion:", "bastion:ssh", "-oProxyCommand=id", "lab@-oProxyCommand=id", "a b", "bastion:123456"))
            assertEquals(true, List.of(ConnectionCode.CONFIG_NOT_FOLLOWED, ConnectionCode.NAME_UNKNOWN)
                .contains(assertThrows(Unreachable.class, () -> JumpHosts.Hop.of(not)).reason()), not);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Verification code: ", "One-time password (OATH) for `lab': ", "Passcode or option (1-3): ", "PIN for token: ",
        "(lab@host) Verification code: ", "Enter OTP:", "YubiKey for `lab': "})
    void a_code_is_not_answered_with_the_password(String prompt) {
        var answers = new LoginAnswers(Optional.of("secret"));
        assertThrows(LoginAnswers.NoAnswer.class,
            () -> answers.promptKeyboardInteractive("", "", "", new String[] {prompt}, new boolean[] {false}));
        assertTrue(answers.untried());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password: ", "(lab@host) Password: ", "Passwort: ", "Mot de passe : ", "lab's password:",
        "\u30d1\u30b9\u30ef\u30fc\u30c9:"})
    void a_password_is_answered_in_every_language(String prompt) {
        assertEquals("secret", new LoginAnswers(Optional.of("secret"))
            .promptKeyboardInteractive("", "", "", new String[] {prompt}, new boolean[] {false})[0]);
    }
}
