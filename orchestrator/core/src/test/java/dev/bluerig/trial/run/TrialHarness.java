package dev.bluerig.trial.run;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.diff.Change;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.agent.FakeAgentRuntime;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.PairTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// A pair of fake hosts with their DPUs and two cables, in good order, and everything that an experiment on it says.
public class TrialHarness implements TrialListener {
    public static final String INVENTORY = """
        groups: {hosts: {ssh: {user: lab}}, dpus: {ssh: {user: ubuntu}, mode: dpu}}
        vars: {size: 4MiB}
        machines:
          host-a: {kind: host, groups: [hosts], address: 10.0.0.1, ports: [{pci: "0000:b1:00.0", address: 192.0.2.1/30}, {pci: "0000:b1:00.1", address: 192.0.2.5/30}]}
          host-b: {kind: host, groups: [hosts], address: 10.0.0.2, ports: [{pci: "0000:b1:00.0", address: 192.0.2.2/30}, {pci: "0000:b1:00.1", address: 192.0.2.6/30}]}
          dpu-a: {kind: dpu, groups: [dpus], host: host-a, card: "0000:b1:00", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
          dpu-b: {kind: dpu, groups: [dpus], host: host-b, card: "0000:b1:00", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
        pairs:
          bench: {ends: [host-a, host-b], cables: [[0, 0], [1, 1]]}
        """;

    final Map<String, FakeHost> hosts = new LinkedHashMap<>();
    public final FakeAgentRuntime runtime = new FakeAgentRuntime(hosts);
    final AtomicBoolean stop = new AtomicBoolean();
    final List<TrialStep> steps = Collections.synchronizedList(new ArrayList<>());
    final List<String> said = Collections.synchronizedList(new ArrayList<>());
    final List<Evidence> evidence = Collections.synchronizedList(new ArrayList<>());
    final Set<String> unreachable = Collections.synchronizedSet(new java.util.TreeSet<>());
    private final Path project;

    private final String inventory;

    TrialHarness(Path project) {
        this(project, INVENTORY);
    }

    public TrialHarness(Path project, String inventory) {
        this.project = project;
        this.inventory = inventory;
        for (String end : List.of("a", "b")) {
            var host = new FakeHost("host-" + end, Map.of("0000:b1:00.0", "enp0", "0000:b1:00.1", "enp1"));
            int own = end.equals("a") ? 1 : 2;
            host.addresses.putAll(Map.of("enp0", "192.0.2." + own, "enp1", "192.0.2." + (own + 4)));
            host.routes.putAll(Map.of("192.0.2." + (3 - own), "enp0", "192.0.2." + (7 - own), "enp1"));
            hosts.put(host.name, host);
            hosts.put("dpu-" + end, new FakeHost("dpu-" + end, Map.of("0000:03:00.0", "p0", "0000:03:00.1", "p1")));
        }
    }

    public FakeHost host(String name) {
        return hosts.get(name);
    }

    PairTrial trial(String yaml) {
        return stage(yaml, inventory, Set.of()).pairs().getFirst();
    }

    ResolvedTrial stage(String yaml, String inventory, Set<String> limit) {
        try {
            Path file = Files.writeString(project.resolve("inventory.yaml"), inventory);
            Path playbook = Files.writeString(project.resolve("p.yaml"), yaml);
            Inventory read = InventoryReader.read(file);
            return (ResolvedTrial) PlaybookResolver.of(PlaybookReader.read(playbook, TaskNames.of(TaskCatalogue.all()), project), read,
                limit).getFirst();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    public TrialResult run(String yaml) {
        return new TrialRun("run-1", trial(yaml), this::dial, runtime, this, stop::get).result();
    }

    private Session dial(Machine machine) throws Unreachable {
        if (unreachable.contains(machine.name())) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, "no answer");
        return hosts.get(machine.name());
    }

    @Override
    public void moves(TrialStep step) {
        steps.add(step);
    }

    @Override
    public void cleaned(Machine machine, List<String> commands) {
        said.add("cleaned " + machine.name() + ": " + commands);
    }

    @Override
    public void flipping(Machine machine, List<Change> changes, List<Command> off, List<Command> back) {
        said.add("flipping " + machine.name() + ": " + off + " back by " + back);
    }

    @Override
    public void flipped(Machine machine, boolean back) {
        said.add("flipped " + machine.name() + " " + back);
    }

    @Override
    public void judged(int cell, Cell result, List<Evidence> all) {
        said.add("judged " + cell + " " + result.cable() + " " + result.failure().map(AgentFailure::code).map(Object::toString)
            .orElse("complete"));
        evidence.addAll(all);
    }
}
