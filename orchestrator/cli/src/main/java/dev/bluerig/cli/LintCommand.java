package dev.bluerig.cli;

import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.NameRange;
import dev.bluerig.playbook.Playbook;
import dev.bluerig.remote.ssh.SshNotes;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;

/// `bluerig lint`: everything that can be wrong in the files, without connecting to anything.
@CommandLine.Command(name = "lint", mixinStandardHelpOptions = true)
final class LintCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;
    private final Set<Problem> problems = new LinkedHashSet<>();

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Parameters(arity = "0..*", paramLabel = "PLAYBOOK", description = "files, or names in playbooks/ (default: all of"
        + " them, with all of inventory/)")
    private List<String> names = new ArrayList<>();

    LintCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var inventories = new ArrayList<ProjectOptions.Read>();
        var playbooks = new LinkedHashMap<Path, Playbook>();
        inventoryFiles().forEach(file -> gather(() -> inventories.add(new ProjectOptions.Read(file, InventoryReader.read(file)))));
        playbookFiles().forEach(file -> gather(() -> playbooks.put(file, project.playbook(context, file))));
        for (ProjectOptions.Read inventory : inventories)
            playbooks.forEach((file, playbook) -> gather(() -> fine(project.ready(inventory, file, playbook), playbook)));
        if (!problems.isEmpty()) throw new InvalidInput(List.copyOf(problems));
        inventories.forEach(this::notes);
        return ExitCode.DONE;
    }

    /// What is no fault of the files, and yet keeps a machine from being dialled as somebody may expect.
    private void notes(ProjectOptions.Read read) {
        new SshNotes(CliContext.settings(read.inventory(), read.file())).of(read.inventory().machines().values())
            .forEach((note, machines) ->
            terminal.say("note: " + read.file() + ": " + (machines.isEmpty() ? "" : String.join(", ", NameRange.fold(machines)) + ": ")
            + note));
    }

    private boolean fine(ProjectOptions.Ready ready, Playbook playbook) {
        Map<String, Machine> machines = ready.read().inventory().machines();
        long dpus = machines.values().stream().filter(machine -> machine.kind() == Machine.Kind.DPU).count();
        terminal.say(ready.read().file() + " with " + ready.playbook() + ": " + playbook.plays().size() + " plays"
            + (playbook.trials().isEmpty() ? "" : " and " + playbook.trials().size() + " trials") + " for "
            + (machines.size() - dpus) + " hosts and " + dpus + " DPUs, no fault");
        return true;
    }

    private List<Path> inventoryFiles() {
        if (project.inventoryIsNamed(context)) return List.of(project.inventoryFile(context));
        var all = ProjectOptions.yaml(project.directory(context).resolve("inventory"));
        if (all.isEmpty())
            throw new InvalidInput(Location.file(project.directory(context).resolve("inventory").normalize().toString()),
                "no inventory here; name one with -i FILE, or the project with -C DIR");
        return all;
    }

    private List<Path> playbookFiles() {
        if (!names.isEmpty()) return names.stream().map(name -> project.playbook(context, name)).toList();
        return ProjectOptions.yaml(project.directory(context).resolve("playbooks"));
    }

    private void gather(Supplier<?> reader) {
        try {
            reader.get();
        } catch (InvalidInput invalid) {
            problems.addAll(invalid.problems());
        }
    }
}
