package dev.bluerig.task;

import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How modules come to be loaded now and at every boot.
record ModuleLoading(List<String> names, KernelModules seen) {
    private static final String HEAD = "# Modules that bluerig keeps loaded, see modules-load.d(5)";

    List<Change> changes() {
        var changes = new ArrayList<Change>();
        unloaded().forEach(name -> changes.add(new Change("module " + name, "loaded", "not loaded")));
        forgotten()
            .forEach(name ->
            changes.add(Change.atBoot("module " + name + " at boot", "loaded by " + KernelModules.FILE, "not in modules-load.d")));
        return changes;
    }

    Remedy remedy() {
        var commands = new ArrayList<Command>();
        var undo = new ArrayList<Command>();
        if (!forgotten().isEmpty()) undo.addAll(restore());
        unloaded().forEach(name -> {
            commands.add(Command.of("modprobe", name));
            undo.add(Command.of("modprobe", "-r", name));
        });
        if (!forgotten().isEmpty()) commands.addAll(RemoteFile.write(KernelModules.FILE, content(), "0644", ""));
        return Remedy.of(commands, undo, Set.of());
    }

    /// A module that this kernel does not have is a finding, not a change.
    private Stream<String> there() {
        return names.stream().filter(name -> seen.get(name).present() || seen.get(name).file().isPresent());
    }

    private List<String> unloaded() {
        return there().filter(name -> !seen.get(name).present()).toList();
    }

    private List<String> forgotten() {
        return there().filter(name -> !seen.get(name).persistent()).toList();
    }

    private List<Command> restore() {
        return seen.bluerigFile().isEmpty() ? List.of(Command.of("rm", "-f", KernelModules.FILE))
            : RemoteFile.write(KernelModules.FILE, text(seen.bluerigFile()), "0644", "");
    }

    /// What stood there stays.
    private String content() {
        var lines = new ArrayList<>(seen.bluerigFile().isEmpty() ? List.of(HEAD) : seen.bluerigFile());
        lines.addAll(forgotten());
        return text(lines);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
