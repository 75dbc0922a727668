package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.ssh.OpenSshServer;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshMachines;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.trial.agent.AgentEndpoint;
import dev.bluerig.trial.agent.AgentPair;
import dev.bluerig.trial.agent.AgentPairSettings;
import dev.bluerig.trial.agent.AgentReport;
import dev.bluerig.trial.agent.AgentRunFailed;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.AgentCacheOptions;
import dev.bluerig.trial.deploy.AgentPackage;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PortRange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The payload as it is built, brought to a machine over a real OpenSSH with sudo, and both agents run there, over loopback.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "nsenter", "sudo", "busybox", "perl", "pgrep"}, root = true)
class RealAgentTest {
    /// Relative to the module; made by the module ktls in the phase `package`, which is before this one's tests in `./mvnw verify`.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static OpenSshServer server;
    private static SshDialer dialer;
    private static AgentPackage payload;
    private static int run;

    @BeforeAll
    static void start() throws Exception {
        payload = BuiltAgent.payload("RealPairTest");
        server = OpenSshServer.start();
        server.inside("mount", "-t", "tmpfs", "none", "/var/cache");
        server.inside("mount", "-t", "tmpfs", "none", "/mnt");
        server.inside("mkdir", "/mnt/noexec", "/mnt/full");
        server.inside("mount", "-t", "tmpfs", "-o", "noexec", "none", "/mnt/noexec");
        server.inside("mount", "-t", "tmpfs", "-o", "size=50m", "none", "/mnt/full");
        dialer = new SshDialer(SshSettings.only(server.knownHosts(server.name())));
    }

    @AfterAll
    static void stop() throws Exception {
        if (dialer != null) dialer.close();
        if (server != null) server.close();
    }

    private static Session dial() throws Unreachable {
        Ssh ssh = SshMachines.sudo(SshMachines.key("trusted", server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty());
        return dialer.dial(SshMachines.host("node", "127.0.0.1", ssh), Optional.empty());
    }

    private static AgentPairSettings settings(String bytes, int connections, PortRange ports, Duration lease) {
        return new AgentPairSettings(new Load(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, connections,
            Optional.of(new ByteCount(bytes)), Optional.empty(),
            new ByteCount("64KiB"), LoadSettings.Verify.EVERY_BYTE, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND, new Cores("all"),
            TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL), ports,
            CertificateKind.ECDSA, 11, lease, PATIENCE);
    }

    private static AgentPairSettings settings() {
        return settings("8MiB", 2, new PortRange("47100-47199"), Duration.ofSeconds(30));
    }

    private static AgentEndpoint seat(Session session, Role role) throws Exception {
        InstalledAgent installed = new AgentCache(payload).install("node", session, AgentCacheOptions.NONE);
        String directory = installed.directory("run-" + ++run + "-" + role);
        return new AgentEndpoint("node", session, installed, "127.0.0.1", List.of(), List.of(Command.of("touch", directory + "-restored")),
            directory);
    }

    private static Reply.Ran ran(Session session, String... words) throws Unreachable {
        return (Reply.Ran) session.exchange(Exchange.asking(List.of(Command.of(words)))).getFirst();
    }

    private static void gone(Session session, AgentEndpoint seat) throws Unreachable {
        for (int attempt = 0; attempt < 200 && ran(session, "ls", "-d", seat.directory()).ok(); attempt++) ran(session, "sleep", "0.1");
        assertFalse(ran(session, "ls", "-d", seat.directory()).ok(), "the run directory is gone");
        assertTrue(ran(session, "ls", seat.directory() + "-restored").ok(), "what was to be restored was");
        for (int attempt = 0; attempt < 100 && ran(session, "pgrep", "-f", seat.installed().cache()).ok(); attempt++)
            ran(session, "sleep", "0.1");
        assertEquals("", ran(session, "pgrep", "-af", seat.installed().cache()).out());
    }

    @Test
    void the_whole_run() throws Exception {
        try (Session session = dial()) {
            AgentEndpoint ofServer = seat(session, Role.SERVER);
            int before = session.traffic().roundTrips();
            AgentEndpoint ofClient = seat(session, Role.CLIENT);
            assertEquals(before + 1, session.traffic().roundTrips(), "found in one exchange");
            assertFalse(ofClient.installed().uploaded());
            var seen = new ArrayList<AgentPair.Progress>();
            try (AgentPair duet = AgentPair.start(ofServer, ofClient, settings())) {
                duet.transfer(seen::add);
                assertEquals(2, duet.state().server().size());
                AgentPair.Reports reports = duet.end();
                for (Role role : Role.values()) {
                    AgentReport report = reports.of(role);
                    assertEquals(8 << 20, report.sent().bytes());
                    assertEquals(8 << 20, report.received().bytes());
                    assertEquals(8 << 20, report.received().checked());
                    assertTrue(report.received().intact());
                    assertEquals(2, report.usage().handshakes());
                    assertEquals(6, report.samples().size(), "two connections, at three moments");
                }
            }
            gone(session, ofServer);
            gone(session, ofClient);
        }
    }

    @Test
    void no_port_is_free() throws Exception {
        try (Session session = dial(); var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            AgentEndpoint ofServer = seat(session, Role.SERVER);
            AgentEndpoint ofClient = seat(session, Role.CLIENT);
            AgentRunFailed failed = assertThrows(AgentRunFailed.class,
                () -> AgentPair.start(ofServer, ofClient,
                settings("1MiB", 1, new PortRange(String.valueOf(taken.getLocalPort())), Duration.ofSeconds(30))).close());
            assertEquals("PORT_IN_USE", failed.failure().code().name(), failed.getMessage());
            gone(session, ofServer);
        }
    }

    @Test
    void the_controller_is_cut_off() throws Exception {
        Session session = dial();
        AgentEndpoint ofServer = seat(session, Role.SERVER);
        AgentEndpoint ofClient = seat(session, Role.CLIENT);
        try (AgentPair duet = AgentPair.start(ofServer, ofClient,
            settings("1TiB", 2, new PortRange("47100-47199"), Duration.ofSeconds(30)))) {
            AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> duet.transfer(progress -> cut()));
            assertEquals("CONNECTION_LOST", failed.failure().code().name(), failed.getMessage());
        }
        try (Session fresh = dial()) {
            gone(fresh, ofServer);
            gone(fresh, ofClient);
            assertEquals(List.of(), AgentCache.leftovers(fresh, AgentCacheOptions.NONE));
        }
    }

    private static void cut() {
        try {
            server.cutConnections();
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void the_controller_is_silent_until_the_lease_is_over() throws Exception {
        Session session = dial();
        AgentEndpoint ofServer = seat(session, Role.SERVER);
        AgentEndpoint ofClient = seat(session, Role.CLIENT);
        AgentPair duet = AgentPair.start(ofServer, ofClient, settings("1TiB", 1, new PortRange("47100-47199"), Duration.ofSeconds(5)));
        server.freezeConnections();
        try (Session fresh = dial()) {
            gone(fresh, ofServer);
            gone(fresh, ofClient);
        }
        server.cutConnections();
        duet.close();
    }

    @Test
    void one_program_is_killed() throws Exception {
        try (Session session = dial()) {
            AgentEndpoint ofServer = seat(session, Role.SERVER);
            AgentEndpoint ofClient = seat(session, Role.CLIENT);
            try (AgentPair duet = AgentPair.start(ofServer, ofClient,
                settings("1TiB", 1, new PortRange("47100-47199"), Duration.ofSeconds(30)))) {
                long pid = Lease.read("server", ran(session, "cat", ofServer.directory() + "/" + Lease.FILE).out()).pid();
                AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> duet.transfer(progress -> {
                    try {
                        ran(session, "kill", "-KILL", String.valueOf(pid));
                    } catch (Unreachable lost) {
                        throw new IllegalStateException(lost);
                    }
                }));
                assertEquals("PROGRAM_DIED", failed.failure().code().name(), failed.getMessage());
            }
            gone(session, ofServer);
            gone(session, ofClient);
        }
    }

    @Test
    void file_systems_that_will_not_do() throws Exception {
        try (Session session = dial()) {
            DeploymentFailed noexec = assertThrows(DeploymentFailed.class,
                () -> new AgentCache(payload).install("node", session, AgentCacheOptions.cache("/mnt/noexec/cache")));
            assertEquals("CACHE_NOEXEC", noexec.failure().code().name());
            DeploymentFailed full = assertThrows(DeploymentFailed.class,
                () -> new AgentCache(payload).install("node", session, AgentCacheOptions.cache("/mnt/full/cache")));
            assertEquals("CACHE_FULL", full.failure().code().name());
            assertTrue(full.getMessage().contains("MiB are free on file system /mnt/full"), full.getMessage());
        }
    }
}
