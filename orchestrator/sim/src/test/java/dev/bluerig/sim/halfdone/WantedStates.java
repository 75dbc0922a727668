package dev.bluerig.sim.halfdone;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTask;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.sim.halfdone.WantedState.Before;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.Task;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.TaskName;
import dev.bluerig.task.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the wanted states come from: the shipped bring-up, every case of a task that could be mended, and what is written here.
final class WantedStates {
    private static final Path PROJECT = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(at -> Files.exists(at.resolve("playbooks/bring-up.yaml"))).findFirst().orElseThrow();
    private static final Path CASES = PROJECT.resolve("orchestrator/core/src/test/resources/dev/bluerig/task");
    private static final Pattern MENDABLE = Pattern.compile("(?m)^verdict: mendable$");
    /// What the machines of the cases call the ports of their card, and what these do.
    private static final Map<String, String> NAMES = Map.of("ens1f0np0", "enp177s0f0np0", "ens1f1np1", "enp177s0f1np1");
    private static final List<String> MACHINES = List.of("host-a", "dpu-a");

    private final Inventory inventory;
    private final List<ResolvedItem> bringUp;

    /// `directory`: where the inventory of a lab may be written.
    WantedStates(Path directory) throws IOException {
        try (SimLab lab = SimLab.start(SimTopology.of(1))) {
            inventory = InventoryReader.read(lab.writeInventory(directory));
        }
        var playbook = PlaybookReader.read(PROJECT.resolve("playbooks/bring-up.yaml"), TaskNames.of(TaskCatalogue.all()), PROJECT);
        bringUp = PlaybookResolver.of(playbook, inventory, Set.of());
    }

    /// Each task of the shipped bring-up on the first host and its DPU, after all of the machine's that come before it.
    List<WantedState> shipped() {
        var all = new ArrayList<WantedState>();
        var before = new HashMap<String, List<Before>>();
        for (ResolvedItem item : bringUp) {
            if (!(item instanceof ResolvedPlay play)) continue;
            for (String machine : MACHINES) {
                for (ResolvedTask one : play.machines().getOrDefault(machine, List.of())) {
                    all.add(new WantedState("bring-up, " + play.play().name() + ": " + one.written().task() + " of " + machine, machine,
                        before.getOrDefault(machine, List.of()), one.task()));
                    before.computeIfAbsent(machine, same -> new ArrayList<>()).add(new Before.Converged(machine, one.task()));
                }
            }
        }
        return all;
    }

    /// What the mendable cases want, of a host and of a DPU: in the state of the factory, and after each drift.
    List<WantedState> ofCases() throws IOException {
        var all = new ArrayList<WantedState>();
        var seen = new HashSet<String>();
        try (Stream<Path> files = Files.walk(CASES)) {
            for (Path changes : files.filter(file -> file.endsWith("changes.yaml")).sorted().toList()) {
                if (!MENDABLE.matcher(Files.readString(changes)).find()) continue;
                Path one = changes.getParent();
                String task = one.getParent().getFileName().toString();
                String wanted = Files.readString(one.resolve("wanted.yaml"));
                for (Map.Entry<String, String> name : NAMES.entrySet()) wanted = wanted.replace(name.getKey(), name.getValue());
                if (!seen.add(task + wanted)) continue;
                for (String machine : MACHINES) all.addAll(found(task + "/" + one.getFileName(), machine, task, wanted));
            }
        }
        return all;
    }

    /// What no case wants in this way.
    List<WantedState> further() {
        var all = new ArrayList<WantedState>();
        for (Drift.Wish wish : Drift.WISHES) all.addAll(found(wish.task(), wish.machine(), wish.task(), wish.yaml()));
        return all;
    }

    private List<WantedState> found(String name, String machine, String task, String yaml) {
        var all = new ArrayList<WantedState>();
        Task<?> wanted = task(machine, task, yaml);
        all.add(new WantedState(name + " of " + machine + ", as from the factory", machine, List.of(), wanted));
        for (Drift drift : Drift.of(task, machine))
            all.add(new WantedState(name + " of " + machine + " after `" + drift.line() + "`", machine,
                List.of(new Before.Converged(machine, wanted), new Before.Typed(machine, drift.line())), wanted));
        return all;
    }

    private Task<?> task(String machine, String name, String yaml) {
        var type = TaskCatalogue.all().stream().filter(one -> one.getAnnotation(TaskName.class).value().equals(name)).findFirst()
            .orElseThrow();
        try {
            TaskSpec spec = Binder.bind(type, Yaml.read("wanted.yaml", yaml), Binder.Booleans.SWITCHES);
            return spec.on(new MachineContext(inventory.machines().get(machine), inventory));
        } catch (InvalidInput wrong) {
            throw new AssertionError(name + ": " + yaml, wrong);
        }
    }

}
