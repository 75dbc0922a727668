package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.remote.ssh.Enrolment;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.UserAccount;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The controller's own sessions in the simulated lab: resident shell, deadlines, files, the way through a host, faults.
class SessionTest {
    private static final Command ADDRESS = Command.of("ip", "address", "replace", "192.168.100.1/30", "dev", "tmfifo_net0");
    private static final Command UP = Command.of("ip", "link", "set", "dev", "tmfifo_net0", "up");

    @TempDir
    Path directory;

    /// A lab with its inventory and a dialer.
    private record Harness(SimLab lab, Inventory inventory, SshDialer dialer) implements AutoCloseable {
        Session host() throws Unreachable {
            return dialer.dial(inventory.machines().get("host-a"), Optional.empty());
        }

        Session dpu(Session host) throws Unreachable {
            return dialer.dial(inventory.machines().get("dpu-a"), Optional.of(host));
        }

        @Override
        public void close() throws IOException {
            dialer.close();
            lab.close();
        }
    }

    private Harness bench(SimTopology topology) throws Exception {
        SimLab lab = SimLab.start(topology);
        Inventory inventory = InventoryReader.read(lab.writeInventory(directory));
        return new Harness(lab, inventory, new SshDialer(settings()));
    }

    private SshSettings settings() {
        return SshSettings.only(directory.resolve("known_hosts"));
    }

    private static Reply.Ran ran(Session session, Command command) throws Unreachable {
        return assertInstanceOf(Reply.Ran.class, session.exchange(Exchange.asking(List.of(command))).getFirst());
    }

    @Test
    void its_inventory_is_one_of_ours() throws Exception {
        try (Harness harness = bench(SimTopology.of(2))) {
            assertEquals(Optional.of("sim"), harness.inventory().lab());
            assertEquals(List.of("host-001", "dpu-001", "host-002", "dpu-002", "host-003", "dpu-003", "host-004", "dpu-004"),
                List.copyOf(harness.inventory().machines().keySet()));
            assertEquals(2, harness.inventory().pairs().size());
        }
    }

    @Test
    void steps_questions_and_input_travel_in_one_exchange() throws Exception {
        try (Harness harness = bench(SimTopology.of(1)); Session host = harness.host()) {
            String large = "x".repeat(50_000) + "\n";
            List<Reply> replies = host.exchange(new Exchange(
                List.of(Command.of("true"), Command.of("cat", "/nope"), Command.of("uname", "-n")),
                List.of(Command.of("uname", "-r", "-m"), Command.of("cat").reading("it's\n"), Command.of("cat").reading(large),
                Command.of("id", "-un"),
                    Command.of("no-such-program"))));
            assertEquals(List.of(new Reply.Ran(0, "", ""), new Reply.Ran(1, "", "cat: /nope: No such file or directory\n"),
                new Reply.NotRun(),
                new Reply.Ran(0, "5.15.0-119-generic x86_64\n", ""), new Reply.Ran(0, "it's\n", ""), new Reply.Ran(0, large, ""),
                new Reply.Ran(0, "root\n", ""),
                new Reply.Ran(127, "", "sh: no-such-program: not found\n")), replies);
            assertEquals(Map.of("host-a", List.of("no-such-program")), harness.lab().unknownCommands());
        }
    }

    @Test
    void files_are_written_through_the_shell_and_beside_it() throws Exception {
        try (Harness harness = bench(SimTopology.of(1)); Session host = harness.host()) {
            host.exchange(new Exchange(RemoteFile.write("/etc/deep/er/example", "héllo\n", "0640", "root:lab"), List.of()));
            assertEquals("regular file:640:root:lab\n", ran(host, Command.of("stat", "-c", "%F:%a:%U:%G", "/etc/deep/er/example")).out());
            assertEquals("héllo\n", ran(host, Command.of("cat", "/etc/deep/er/example")).out());
            byte[] payload = new byte[2_000_000];
            new Random(3).nextBytes(payload);
            host.upload(Files.write(directory.resolve("payload"), payload), "/tmp/payload", "0755");
            org.junit.jupiter.api.Assertions.assertArrayEquals(payload, harness.lab().machine("host-a").files().find("/tmp/payload")
                .orElseThrow().content());
            assertEquals("755\n", ran(host, Command.of("stat", "-c", "%a", "/tmp/payload")).out());
            assertEquals(Map.of(), harness.lab().unknownCommands());
        }
    }

    @Test
    void a_hung_command_ends_at_its_deadline_and_the_session_lives_on() throws Exception {
        try (Harness harness = bench(SimTopology.of(1).with(new Fault.HungCommand("host-a", "lspci"))); Session host = harness.host()) {
            Command hung = Command.of("lspci").within(Duration.ofSeconds(1));
            List<Reply> replies =
                host.exchange(new Exchange(List.of(), List.of(Command.of("uname", "-n"), hung, Command.of("uname", "-n"))));
            assertEquals(new Reply.Ran(0, "host-a\n", ""), replies.get(0));
            assertInstanceOf(Reply.TimedOut.class, replies.get(1));
            assertEquals(new Reply.Ran(0, "host-a\n", ""), replies.get(2));
            assertInstanceOf(Reply.TimedOut.class, host.exchange(new Exchange(List.of(hung), List.of())).getFirst());
            assertEquals(Map.of(), harness.lab().unknownCommands());
        }
    }

    @Test
    void a_dpu_is_reached_through_its_host() throws Exception {
        try (Harness harness = bench(SimTopology.of(1)); Session host = harness.host()) {
            Unreachable early = assertThrows(Unreachable.class, () -> harness.dpu(host));
            assertEquals(ConnectionCode.CHANNEL_REFUSED, early.reason());
            host.exchange(new Exchange(List.of(ADDRESS, UP), List.of()));
            try (Session dpu = harness.dpu(host)) {
                assertEquals("dpu-a\n", ran(dpu, Command.of("uname", "-n")).out());
                assertTrue(ran(dpu, Command.of("ovs-vsctl", "list-br")).out().contains("ovsbr1"));
                String sockets = ran(host, Command.of("ss", "-tnpH", "state", "established")).out();
                assertTrue(sockets.contains(" 192.168.100.2:22 users:((\"sshd\""), sockets);
            }
        }
    }

    @Test
    void sudo_asks_for_its_password() throws Exception {
        try (Harness harness = bench(new SimTopology(1, false, "geheim", List.of())); Session host = harness.host()) {
            assertEquals("root\n", ran(host, Command.of("id", "-un")).out());
        }
    }

    @Test
    void faults_have_their_names() throws Exception {
        refused(new Fault.RefusedLogin("host-a"), ConnectionCode.LOGIN_REFUSED);
        refused(new Fault.ChangedHostKey("host-a"), ConnectionCode.HOST_KEY_CHANGED);
        try (Harness harness = bench(SimTopology.of(1).with(new Fault.ConnectionCut("host-a", 6))); Session host = harness.host()) {
            Unreachable cut = assertThrows(Unreachable.class, () -> {
                for (int i = 0; i < 10; i++) ran(host, Command.of("uname", "-n"));
            });
            assertEquals(ConnectionCode.CONNECTION_LOST, cut.reason());
            try (Session again = harness.host()) {
                assertEquals("host-a\n", ran(again, Command.of("uname", "-n")).out());
            }
        }
        try (Harness harness = bench(SimTopology.of(1).with(new Fault.FullDisk("host-a"))); Session host = harness.host()) {
            List<Reply> replies = host.exchange(new Exchange(RemoteFile.write("/etc/example", "x\n", "0644", ""), List.of()));
            assertEquals(new Reply.Ran(1, "", "install: error writing '/etc/.example.bluerig-new': No space left on device\n"),
                replies.get(1));
        }
    }

    private void refused(Fault fault, ConnectionCode reason) throws Exception {
        try (Harness harness = bench(SimTopology.of(1).with(fault))) {
            assertEquals(reason, assertThrows(Unreachable.class, harness::host).reason());
        }
    }

    @Test
    void a_factory_password_is_refused_until_it_is_changed() throws Exception {
        try (Harness harness = bench(new SimTopology(1, true, "", List.of())); Session host = harness.host()) {
            host.exchange(new Exchange(List.of(ADDRESS, UP), List.of()));
            Unreachable expired = assertThrows(Unreachable.class, () -> {
                try (Session dpu = harness.dpu(host)) {
                    ran(dpu, Command.of("uname", "-n"));
                }
            });
            assertEquals(ConnectionCode.PASSWORD_EXPIRED, expired.reason());
            var enrolment = new Enrolment(settings(), new Enrolling("longer than before"));
            List<String> done = enrolment.enrol(harness.inventory().machines().get("dpu-a"), Optional.of(host), false);
            assertTrue(done.toString().contains("password"), done.toString());
            assertEquals(new Accounts.Account(new UserAccount("ubuntu", 1000, "/home/ubuntu"), "longer than before", false,
                Accounts.Sudo.PASSWORDLESS),
                harness.lab().machine("dpu-a").accounts().find("ubuntu").orElseThrow());
        }
    }

    private record Enrolling(String fresh) implements Enrolment.Person {
        @Override
        public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
            throw new AssertionError("the lab wrote this key down");
        }

        @Override
        public Optional<Secret> password(String machine, String user) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> newPassword(String machine, String user) {
            return Optional.of(new Secret(fresh));
        }
    }
}
