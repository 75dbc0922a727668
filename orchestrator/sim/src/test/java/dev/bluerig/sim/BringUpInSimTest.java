package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.run.Journal;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RemedyLog;
import dev.bluerig.run.Run;
import dev.bluerig.run.RunListener;
import dev.bluerig.run.RunRecord;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.trial.agent.AgentRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped bring-up against the simulated lab, and that nothing it sends is unknown there.
class BringUpInSimTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private int runs;

    private RunRecord run(SimLab lab, Mode mode) throws IOException {
        Path file = lab.writeInventory(directory);
        Inventory inventory = InventoryReader.read(file);
        Path playbook = PROJECT.resolve("playbooks/bring-up.yaml");
        List<ResolvedItem> stages = PlaybookResolver.of(PlaybookReader.read(playbook, TaskNames.of(TaskCatalogue.all()), PROJECT), inventory, Set.of());
        Redaction redaction = Redaction.of(inventory);
        Path evidence = Files.createDirectories(directory.resolve("run" + runs++));
        var terms = new Run.Terms(mode, 8, Optional.empty(), () -> false, Thread::sleep, InstantSource.system(),
            new Run.Trying(AgentRuntime.in(directory.resolve("no-payload")), false));
        try (Journal journal = Journal.create(evidence.resolve("journal.jsonl"), InstantSource.system(), redaction);
             var dialer = new SshDialer(SshSettings.only(directory.resolve("known_hosts")))) {
            var records = new Run.Records("test", "", "", file.toString(), playbook.toString(), journal, new RemedyLog(evidence, redaction));
            Run.Ended ended = new Run(inventory, terms, records, RunListener.none()).play(stages, dialer);
            assertEquals(List.of(), ended.defects());
            assertEquals(Map.of(), lab.unknownCommands(), "sent, and not modelled");
            return ended.record();
        }
    }

    private static Map<OutcomeStatus, Long> counted(RunRecord record) {
        return record.results().collect(Collectors.groupingBy(result -> result.outcome(), Collectors.counting()));
    }

    @Test
    void fromFactoryStateToAcceptance() throws IOException {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            assertEquals(Optional.of("sim"), run(lab, Mode.CHECK).lab());
            RunRecord first = run(lab, Mode.APPLY);
            assertEquals(0, first.exit(), counted(first).toString());
            assertTrue(first.has(OutcomeStatus.CHANGED));
            RunRecord second = run(lab, Mode.APPLY);
            assertEquals(Set.of(OutcomeStatus.OK), counted(second).keySet());
            assertEquals(Set.of(OutcomeStatus.OK), counted(run(lab, Mode.ACCEPT)).keySet());
        }
    }

    @Test
    void whatSomebodyBreaksByHandIsFoundAndMended() throws IOException {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            assertEquals(0, run(lab, Mode.APPLY).exit());
            SimMachines.type(lab.machine("dpu-a"), "ovs-vsctl del-port pf0hpf; ip link set p1 mtu 1500; ovs-vsctl set open_vswitch . other_config:hw-offload=false");
            SimMachines.type(lab.machine("host-b"), "ip address del 198.18.0.2/30 dev enp177s0f0np0; ethtool -K enp177s0f1np1 tls-hw-rx-offload off; modprobe -r tls");
            assertEquals(2, run(lab, Mode.CHECK).exit());
            RunRecord mended = run(lab, Mode.APPLY);
            assertEquals(0, mended.exit(), counted(mended).toString());
            assertEquals(Set.of(OutcomeStatus.OK), counted(run(lab, Mode.ACCEPT)).keySet());
        }
    }

    @Test
    void aDeadDpuLeavesTheOthersDone() throws IOException {
        try (SimLab lab = SimLab.start(SimTopology.of(1).with(new Fault.DeadDpu("dpu-b")))) {
            RunRecord record = run(lab, Mode.APPLY);
            assertEquals(3, record.exit());
            assertTrue(counted(record).get(OutcomeStatus.CHANGED) >= 10, counted(record).toString());
            assertEquals("ovs-br0\novs-br1\n", SimMachines.type(lab.machine("dpu-a"), "ovs-vsctl list-br").out());
        }
    }
}
