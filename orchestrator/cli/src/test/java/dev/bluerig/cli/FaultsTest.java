package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.TaskResult;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever goes wrong with one machine is a named outcome of that machine; the others end done, and once it is mended a second apply ends
/// well.
///
/// One lab for all tests; each fault strikes a pair of its own: host-N, dpu-N, host-N+1, dpu-N+1.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Path directory;
    private SimLab lab;
    private Path inventory;
    private LabRuns runs;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        directory = fresh;
        lab =
            SimLab.start(new SimTopology(16, false, "",
            List.of(new Fault.ChangedHostKey("host-001"), new Fault.CryptoDisabled("dpu-003"), new Fault.NicMode("dpu-005"))));
        inventory = lab.writeInventory(directory.resolve("lab"));
        runs = new LabRuns(directory.resolve("runs"), inventory, PATIENCE);
    }

    @AfterAll
    void end() throws IOException {
        var unknown = lab.unknownCommands();
        lab.close();
        assertEquals(Map.of(), unknown, "nothing is proven by commands that the lab does not model");
    }

    private static String pair(int first) {
        return "host-%1$03d,dpu-%1$03d,host-%2$03d,dpu-%2$03d".formatted(first, first + 1);
    }

    private LabRuns.Left apply(int first) throws IOException {
        return runs.run("apply", "bring-up", "--limit", pair(first));
    }

    /// The first result of the machine that is neither good nor skipped; every record of the run tells of it.
    private static TaskResult bad(LabRuns.Left left, String machine, String code) {
        TaskResult bad = results(left, machine).stream().filter(result -> result.failure().isPresent()).findFirst()
            .orElseThrow(() -> new AssertionError(machine + " is well: " + left.out()));
        assertEquals(code, bad.failure().orElseThrow().code().name(), left.out());
        assertTrue(left.out().contains(code + ": "), left.out());
        assertTrue(left.text("report.md").contains(code), left.text("report.md"));
        assertTrue(left.text("junit.xml").contains("type=\"" + code + "\""), left.text("junit.xml"));
        assertTrue(left.journal().events(JournalEvent.TaskEnded.class).filter(end -> end.place().machine().equals(machine))
            .anyMatch(end -> end.result().failure().filter(failure -> failure.code().name().equals(code)).isPresent()),
            left.text("journal.jsonl"));
        assertTrue(left.journal().events().getLast() instanceof JournalEvent.RunEnded over && over.exit() == left.exit(),
            left.text("journal.jsonl"));
        assertFalse(bad.failure().orElseThrow().next().isBlank());
        return bad;
    }

    private static List<TaskResult> results(LabRuns.Left left, String machine) {
        return left.report().run().plays().stream().flatMap(play -> play.tasks().stream())
            .flatMap(task -> task.results().entrySet().stream()).filter(each -> each.getKey().equals(machine)).map(Map.Entry::getValue)
            .toList();
    }

    /// Everything else of the pair is done, but for cables that lead to who is out; what is skipped says because of whom.
    private static void othersAreDone(LabRuns.Left left, int first, String... out) {
        var names = Set.of(out);
        for (String machine : pair(first).split(",")) {
            if (names.contains(machine)) continue;
            for (TaskResult result : results(left, machine)) {
                boolean because = result.outcome() == OutcomeStatus.SKIPPED
                    && names.stream().anyMatch(name -> result.note().startsWith(name + ": "));
                assertTrue(because || result.outcome() == OutcomeStatus.OK || result.outcome() == OutcomeStatus.CHANGED,
                    machine + ": " + result + "\n" + left.out());
            }
        }
    }

    private static Set<OutcomeStatus> words(LabRuns.Left left, String machine) {
        return results(left, machine).stream().map(TaskResult::outcome).collect(Collectors.toSet());
    }

    private void secondApplyEndsWell(int first) throws IOException {
        for (String machine : pair(first).split(",")) lab.heal(machine);
        var second = apply(first);
        assertEquals(0, second.exit(), second.out());
        assertTrue(Set.of("ok", "changed").containsAll(second.report().counts().keySet()), second.out());
    }

    @Test
    void a_changed_host_key_is_not_logged_in_to_until_it_is_replaced() throws IOException {
        var left = apply(1);
        assertEquals(3, left.exit(), left.out());
        bad(left, "host-001", "HOST_KEY_CHANGED");
        assertTrue(bad(left, "dpu-001", "HOST_UNREACHABLE").failure().orElseThrow().detail().contains("host-001: HOST_KEY_CHANGED"),
            left.out());
        othersAreDone(left, 1, "host-001", "dpu-001");
        assertEquals(List.of(), left.remedies("host-001"));
        assertEquals(0, runs.run("enrol", "--replace", "host-001", "--yes").exit());
        secondApplyEndsWell(1);
    }

    @Test
    void an_unknown_host_key_is_enrolled_first() throws IOException {
        Path known = inventory.resolveSibling("known_hosts");
        String without = Files.readString(known).lines().filter(line -> !line.startsWith("[127.71.0.7]"))
            .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(known, without);
        var left = apply(7);
        assertEquals(3, left.exit(), left.out());
        bad(left, "host-007", "HOST_KEY_UNKNOWN");
        othersAreDone(left, 7, "host-007", "dpu-007");
        assertEquals(0, runs.run("enrol", "host-007", "--yes").exit());
        secondApplyEndsWell(7);
    }

    @Test
    void a_card_without_crypto_stops_its_own_host_alone() throws IOException {
        var left = apply(3);
        assertEquals(1, left.exit(), left.out());
        bad(left, "host-003", "CRYPTO_FUSED");
        othersAreDone(left, 3, "host-003");
    }

    @Test
    void a_card_in_nic_mode_is_named_by_host_and_arm() throws IOException {
        var left = apply(5);
        assertEquals(1, left.exit(), left.out());
        bad(left, "host-005", "CARD_MODE");
        bad(left, "dpu-005", "OVS_PORT_ABSENT");
        othersAreDone(left, 5, "host-005", "dpu-005");
    }

    @Test
    void a_refused_login() throws IOException {
        lab.strike(new Fault.RefusedLogin("host-009"));
        var left = apply(9);
        assertEquals(3, left.exit(), left.out());
        bad(left, "host-009", "LOGIN_REFUSED");
        othersAreDone(left, 9, "host-009", "dpu-009");
        secondApplyEndsWell(9);
    }

    @Test
    void hung_commands_end_at_their_deadline_asked_or_acting() throws IOException {
        lab.strike(new Fault.HungCommand("host-011", "systemctl"));
        lab.strike(new Fault.HungCommand("host-012", "install"));
        var left = apply(11);
        assertEquals(3, left.exit(), left.out());
        TaskResult asked = bad(left, "host-011", "STATE_UNKNOWN");
        assertEquals(OutcomeStatus.UNKNOWN, asked.outcome());
        assertTrue(asked.failure().orElseThrow().detail().contains("no answer within 20 s"), left.out());
        TaskResult acting = bad(left, "host-012", "REMEDY_FAILED");
        assertTrue(acting.acted() && acting.failure().orElseThrow().detail().contains("install"), left.out());
        assertTrue(left.remedies("host-012").getLast().answered().orElseThrow().said().stream()
            .anyMatch(said -> said.reply().equals("timed out")), left.text("journal.jsonl"));
        bad(left, "dpu-011", "CHANNEL_REFUSED");   // its way was never made
        othersAreDone(left, 11, "host-011", "host-012", "dpu-011");
        secondApplyEndsWell(11);
    }

    @Test
    void a_missing_command() throws IOException {
        lab.strike(new Fault.MissingCommand("dpu-013", "ovs-vsctl"));
        var left = apply(13);
        assertEquals(1, left.exit(), left.out());
        bad(left, "dpu-013", "OVS_NOT_INSTALLED");
        othersAreDone(left, 13, "dpu-013");
        secondApplyEndsWell(13);
    }

    @Test
    void a_full_disk() throws IOException {
        lab.strike(new Fault.FullDisk("host-015"));
        var left = apply(15);
        assertEquals(1, left.exit(), left.out());
        TaskResult full = bad(left, "host-015", "REMEDY_FAILED");
        assertTrue(full.acted() && full.failure().orElseThrow().detail().contains("No space left on device"), left.out());
        assertTrue(left.remedies("host-015").getLast().answered().orElseThrow().said().stream()
            .anyMatch(said -> said.err().contains("No space left on device")), left.text("journal.jsonl"));
        assertTrue(left.text("evidence/host-015/01-02-interface.txt").contains("No space left on device"));
        othersAreDone(left, 15, "host-015");
        secondApplyEndsWell(15);
    }

    @Test
    void a_connection_cut_in_the_middle_of_a_remedy_is_acting_without_acted() throws IOException {
        lab.strike(new Fault.ConnectionCutByCommand("dpu-017", "del-br"));
        var left = apply(17);
        assertEquals(3, left.exit(), left.out());
        TaskResult cut = bad(left, "dpu-017", "CONNECTION_LOST");
        assertTrue(cut.acted());
        assertTrue(cut.failure().orElseThrow().detail().contains("ovs-vsctl"), left.out());
        var remedies = left.remedies("dpu-017");
        assertEquals(1, remedies.stream().filter(WrittenJournal.RemedyTrace::open).count(), left.text("journal.jsonl"));
        var open = remedies.getLast();
        assertTrue(open.open() && open.begun().place().task().equals("ovs_bridge") && open.begun().toString().contains("del-br"),
            open.toString());
        assertEquals(Set.of(OutcomeStatus.CHANGED, OutcomeStatus.UNREACHABLE, OutcomeStatus.SKIPPED), words(left, "dpu-017"));
        othersAreDone(left, 17, "dpu-017");
        secondApplyEndsWell(17);
    }

    @Test
    void a_connection_cut_while_the_shell_starts_is_not_blamed_on_sudo() throws IOException {
        lab.strike(new Fault.ConnectionCut("host-019", 0));
        var left = apply(19);
        assertEquals(3, left.exit(), left.out());
        bad(left, "host-019", "CONNECTION_LOST");
        bad(left, "dpu-019", "HOST_UNREACHABLE");
        othersAreDone(left, 19, "host-019", "dpu-019");
        secondApplyEndsWell(19);
    }

    @Test
    void a_switch_that_is_down() throws IOException {
        lab.strike(new Fault.SwitchDown("dpu-021"));
        var left = apply(21);
        assertEquals(1, left.exit(), left.out());
        var failure = bad(left, "dpu-021", "REMEDY_FAILED").failure().orElseThrow();   // its unit refuses to start
        assertTrue(failure.changes().stream().anyMatch(change -> change.what().equals("ovs-vswitchd")
            && change.found().contains("not running")), left.out());
        othersAreDone(left, 21, "dpu-021");
        lab.heal("dpu-021");
        lab.machine("dpu-021").services().start("openvswitch-switch.service");
        secondApplyEndsWell(21);
    }

    @Test
    void a_dead_dpu_is_explained_from_its_host() throws IOException {
        lab.strike(new Fault.DeadDpu("dpu-023"));
        var left = apply(23);
        assertEquals(3, left.exit(), left.out());
        String seen = bad(left, "dpu-023", "CHANNEL_REFUSED").failure().orElseThrow().detail();
        assertTrue(seen.contains("seen from host-023: tmfifo_net0") && seen.contains("does not answer ping"), seen);
        othersAreDone(left, 23, "dpu-023");
        assertTrue(left.out().contains("reach  host-023, host-024: skipped (dpu-023: `ovs` of the play \"switch plane\" unreachable"
            + " (CHANNEL_REFUSED))"), left.out());
        secondApplyEndsWell(23);
    }

    @Test
    void sudo_that_refuses_and_a_password_that_is_expired() throws IOException {
        lab.strike(new Fault.SudoRefused("host-025"));
        lab.strike(new Fault.ExpiredPassword("dpu-026"));
        var left = apply(25);
        assertEquals(3, left.exit(), left.out());
        bad(left, "host-025", "SUDO_PASSWORD_WANTED");
        bad(left, "dpu-026", "PASSWORD_EXPIRED");
        othersAreDone(left, 25, "host-025", "dpu-025", "dpu-026");
        secondApplyEndsWell(25);
    }

    @Test
    void nothing_listens_and_nobody_answers() throws IOException {
        var filler = new ArrayList<SocketChannel>();
        try (var full = new java.net.ServerSocket(lab.port(), 1, InetAddress.getByName("127.98.0.28"))) {
            // Linux drops newcomers of a full accept queue (tcp(7), somaxconn), as a firewall would
            for (int i = 0; i < 4; i++) {
                var one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(new InetSocketAddress("127.98.0.28", full.getLocalPort()));
                filler.add(one);
            }
            Path other = inventory.resolveSibling("elsewhere.yaml");
            Files.writeString(other, Files.readString(inventory).replace("address: 127.71.0.27\n", "address: 127.98.0.27\n")
                .replace("address: 127.71.0.28\n", "address: 127.98.0.28\n"));
            var elsewhere = new LabRuns(directory.resolve("runs"), other, Duration.ofSeconds(3));
            var left = elsewhere.run("apply", "bring-up", "--limit", pair(27) + "," + pair(29));
            assertEquals(3, left.exit(), left.out());
            bad(left, "host-027", "REFUSED");
            bad(left, "host-028", "CONNECT_TIMEOUT");
            bad(left, "dpu-028", "HOST_UNREACHABLE");
            othersAreDone(left, 29);
        } finally {
            for (SocketChannel one : filler) one.close();
        }
        secondApplyEndsWell(27);
    }

    /// 3 before 1 before 2.
    @Test
    void the_worst_end_is_the_exit_code() throws IOException {
        apply(3);   // so that its check forecasts nothing
        assertEquals(2, runs.run("check", "--limit", pair(31)).exit());
        assertEquals(1, runs.run("check", "--limit", pair(31) + ",host-003").exit(), "a card without crypto");
        lab.strike(new Fault.RefusedLogin("host-032"));
        assertEquals(3, runs.run("check", "--limit", pair(31) + ",host-003").exit());
        lab.heal("host-032");
        assertEquals(List.of(), runs.run("check", "--limit", pair(31)).remedies("host-031"), "a check acts on nothing");
    }
}
