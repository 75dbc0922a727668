package dev.bluerig.trial.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.cases.TinyAgentPackage;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.LiveChecks;
import dev.bluerig.remote.ssh.OpenSshServer;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshMachines;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.AgentCacheOptions;
import dev.bluerig.trial.deploy.AgentPackage;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PortRange;
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

/// The way of the agent through a real OpenSSH with real sudo, in a mount namespace with file systems that are full or noexec.
@NeedsLab(value = {"sshd", "ssh-keygen", "unshare", "nsenter", "sudo", "busybox", "perl", "pgrep"}, root = true)
class AgentOverSshTest {
    @TempDir
    static Path directory;

    private static OpenSshServer server;
    private static AgentPackage payload;

    @BeforeAll
    static void start() throws Exception {
        payload = AgentPackage.in(TinyAgentPackage.in(directory, TinyAgentPackage.here()));
        server = OpenSshServer.start();
        server.inside("mount", "-t", "tmpfs", "none", "/mnt");
        server.inside("mkdir", "/mnt/noexec", "/mnt/full", "/mnt/roomy", "/mnt/readonly");
        server.inside("mount", "-t", "tmpfs", "-o", "noexec", "none", "/mnt/noexec");
        server.inside("mount", "-t", "tmpfs", "-o", "size=8k", "none", "/mnt/full");
        server.inside("mount", "-t", "tmpfs", "-o", "ro", "none", "/mnt/readonly");
        server.inside("mount", "-t", "tmpfs", "none", "/var/cache");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static AgentCacheOptions at(String cache) {
        return AgentCacheOptions.cache(cache);
    }

    private static List<Ssh> logins() {
        return List.of(SshMachines.sudo(SshMachines.key("trusted", server.port(), server.key()), Ssh.Sudo.PASSWORDLESS, Optional.empty()),
            SshMachines.sudo(SshMachines.key("sudoer", server.port(), server.key()), Ssh.Sudo.PASSWORD,
            Optional.of(OpenSshServer.PASSWORD)),
            SshMachines.key("plain", server.port(), server.key()), SshMachines.key("dash", server.port(), server.key()));
    }

    private static SshDialer dialer() throws Exception {
        return new SshDialer(SshSettings.only(server.knownHosts(server.name())));
    }

    private static Session dial(SshDialer dialer, Ssh ssh) throws Exception {
        return dialer.dial(SshMachines.host("node", "127.0.0.1", ssh), Optional.empty());
    }

    @Test
    void is_brought_as_the_login_user_and_found_as_root() throws Exception {
        try (SshDialer dialer = dialer()) {
            boolean first = true;
            try (Session session = dial(dialer, logins().getFirst())) {
                AgentCache.purge(session, AgentCacheOptions.NONE);
            }
            for (Ssh ssh : logins()) {
                try (Session session = dial(dialer, ssh)) {
                    boolean root = ssh.sudo() != Ssh.Sudo.NONE;
                    InstalledAgent installed = new AgentCache(payload).install("node", session, AgentCacheOptions.NONE);
                    assertEquals(root ? "/var/cache/bluerig" : server.home(ssh.user().orElseThrow()) + "/.cache/bluerig",
                        installed.cache());
                    if (root) assertEquals(first, installed.uploaded(), ssh.toString());
                    String owner = root ? "0" : LiveChecks.ran(session, "id", "-u").out().strip();
                    assertEquals(owner + " 755\n" + owner + " 644\n",
                        LiveChecks.ran(session, "stat", "-c", "%u %a", installed.program().getFirst(), installed.program().getLast())
                        .out());
                    int before = session.traffic().roundTrips();
                    assertFalse(new AgentCache(payload).install("node", session, AgentCacheOptions.NONE).uploaded());
                    assertEquals(before + 1, session.traffic().roundTrips());
                    assertEquals("", LiveChecks.ran(session, "find", installed.cache(), "-maxdepth", "1", "-name", ".*").out());
                    first = false;
                }
            }
        }
    }

    @Test
    void file_systems_that_will_not_do() throws Exception {
        try (SshDialer dialer = dialer(); Session session = dial(dialer, logins().getFirst())) {
            assertTrue(new AgentCache(payload).install("node", session, at("/mnt/roomy/cache")).uploaded());
            refused(session, "/mnt/noexec/cache", "CACHE_NOEXEC", "/mnt/noexec (tmpfs, rw,noexec");
            refused(session, "/mnt/readonly/cache", "CACHE_UNWRITABLE", "Read-only file system");
            var large = Files.createDirectory(directory.resolve("large"));
            TinyAgentPackage.in(large, TinyAgentPackage.here());
            Files.write(large.resolve(AgentPackage.PROGRAM), new byte[20_000]);
            DeploymentFailed full = assertThrows(DeploymentFailed.class,
                () -> new AgentCache(AgentPackage.in(large)).install("node", session, at("/mnt/full/cache")));
            assertEquals("CACHE_FULL", full.failure().code().name());
            assertTrue(full.getMessage().contains("/mnt/full (tmpfs"), full.getMessage());
            for (String mount : List.of("/mnt/noexec/cache", "/mnt/full/cache"))
                assertEquals("", LiveChecks.ran(session, "find", mount, "-mindepth", "1").out(), mount);
        }
    }

    private static void refused(Session session, String cache, String code, String fragment) {
        DeploymentFailed refused = assertThrows(DeploymentFailed.class, () -> new AgentCache(payload).install("node", session, at(cache)));
        assertEquals(code, refused.failure().code().name(), refused.getMessage());
        assertTrue(refused.getMessage().contains(fragment), refused.getMessage());
    }

    private static AgentPairSettings settings() {
        return AgentPairSettings.of(new Load(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, 1,
            Optional.of(new ByteCount("5B")), Optional.empty(), new ByteCount("5B"),
            LoadSettings.Verify.EVERY_BYTE, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND, new Cores("all"),
                TlsSettings.RecordHandler.KERNEL,
            TlsSettings.RecordHandler.KERNEL), new PortRange("47000-47099"), 1);
    }

    private static AgentEndpoint seat(String name, Session session, String run) throws Exception {
        InstalledAgent installed = new AgentCache(payload).install(name, session, AgentCacheOptions.NONE);
        return new AgentEndpoint(name, session, installed, "192.0.2.1", List.of(), List.of(), installed.directory(run));
    }

    @Test
    void a_duet_over_ssh_with_every_right() throws Exception {
        int run = 0;
        try (SshDialer dialer = dialer()) {
            for (Ssh ssh : logins()) {
                run++;
                try (Session one = dial(dialer, ssh); Session two = dial(dialer, ssh)) {
                    AgentEndpoint server = seat("host-a", one, "good-" + run + "-server");
                    AgentEndpoint client = seat("host-b", two, "good-" + run + "-client");
                    var seen = new ArrayList<AgentPair.Progress>();
                    try (AgentPair duet = AgentPair.start(server, client, settings())) {
                        duet.transfer(seen::add);
                        assertEquals(1, duet.state().client().size());
                        AgentPair.Reports reports = duet.end();
                        assertEquals(5, reports.client().sent().bytes());
                        assertEquals(List.of(), duet.complaints());
                    }
                    gone(one, server);
                    gone(two, client);
                }
            }
        }
    }

    private static boolean there(Session session, AgentEndpoint seat) throws Unreachable {
        return LiveChecks.ran(session, "pgrep", "-f", seat.directory()).ok() || LiveChecks.ran(session, "ls", "-d", seat.directory()).ok();
    }

    private static void gone(Session session, AgentEndpoint seat) throws Unreachable {
        assertEquals(1, LiveChecks.ran(session, "pgrep", "-f", seat.directory()).status());
        assertFalse(LiveChecks.ran(session, "ls", "-d", seat.directory()).ok(), "the run directory is gone");
        assertTrue(LiveChecks.ran(session, "ls", seat.directory() + "-restored").ok(), "everything was put back");
    }

    @Test
    void when_the_controller_is_cut_off_nothing_is_left() throws Exception {
        try (SshDialer dialer = dialer()) {
            Session session = dial(dialer, logins().getFirst());
            AgentEndpoint server = seat("host-a", session, "cut-server");
            AgentEndpoint client = seat("host-b", session, "cut-client");
            try (AgentPair duet = AgentPair.start(server, client, settings())) {
                AgentOverSshTest.server.cutConnections();
                AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> duet.transfer(progress -> {}));
                assertEquals("CONNECTION_LOST", failed.failure().code().name(), failed.getMessage());
                assertTrue(failed.lost().isPresent());
            }
            try (Session fresh = dial(dialer, logins().getFirst())) {
                for (AgentEndpoint seat : List.of(server, client)) {
                    // a busy machine takes its time to end them; that they end is what counts
                    long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
                    while (there(fresh, seat) && System.nanoTime() < until) LiveChecks.ran(fresh, "sleep", "0.05");
                    gone(fresh, seat);
                }
                assertEquals(List.of(), AgentCache.leftovers(fresh, AgentCacheOptions.NONE));
            }
        }
    }

    @Test
    void a_killed_program_is_put_back_by_the_driver_or_the_next_visit() throws Exception {
        try (SshDialer dialer = dialer(); Session session = dial(dialer, logins().getFirst())) {
            AgentEndpoint server = seat("host-a", session, "killed-server");
            AgentEndpoint client = seat("host-b", session, "killed-client");
            try (AgentPair duet = AgentPair.start(server, client, settings())) {
                LiveChecks.ran(session, "pkill", "-KILL", "-f", server.installed().program().getLast());
                AgentRunFailed failed = assertThrows(AgentRunFailed.class, () -> duet.transfer(progress -> {}));
                assertEquals("PROGRAM_DIED", failed.failure().code().name(), failed.getMessage());
            }
            for (AgentEndpoint seat : List.of(server, client))
                assertFalse(LiveChecks.ran(session, "ls", "-d", seat.directory()).ok(), seat.machine());
            String left = server.installed().directory("left");
            LiveChecks.ran(session, "mkdir", "-p", left);
            session.exchange(
                new Exchange(RemoteFile.write(left + "/lease.json", "{\"pid\":0,\"deadline\":1,\"restore\":[[\"touch\",\"" + left
                + "-mended\"]]}", "0600", ""), List.of()));
            assertEquals(List.of(new AgentCache.Leftover(left, List.of("touch " + left + "-mended"), List.of())),
                AgentCache.leftovers(session, AgentCacheOptions.NONE));
            assertTrue(LiveChecks.ran(session, "ls", left + "-mended").ok());
        }
    }
}
