package dev.bluerig.task.diff;

import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A remedy against the programs of its machine. Derived from the commands, so that no task can forget to name what it needs.
public final class MissingPrograms {
    private static final int MOST = 120;

    private MissingPrograms() {}

    /// Why the remedy could not run, if a program of it is not there or is another one.
    public static Optional<Diff.Unmet> of(Remedy remedy, InstalledPrograms programs) {
        var changes = new ArrayList<Change>();
        var next = new ArrayList<String>();
        remedy.programs().forEach((program, command) -> {
            if (programs.there().contains(program)) return;
            changes.add(new Change("program " + program, "on the machine, for `" + shown(command) + "`", "absent"));
            InstalledPrograms.install(program).filter(step -> !next.contains(step)).ifPresent(next::add);
        });
        if (changes.isEmpty()) return other(remedy, programs);
        return Optional.of(new Diff.Unmet(Finding.PROGRAM_MISSING, changes, String.join("; ", next)));
    }

    private static Optional<Diff.Unmet> other(Remedy remedy, InstalledPrograms programs) {
        return remedy.programs().keySet().stream().filter(programs.others()::containsKey).findFirst()
            .map(program -> new Diff.Unmet(Finding.PROGRAM_OTHER,
            List.of(new Change("program " + program, "one whose options are known, for `" + shown(remedy.programs().get(program)) + "`",
            programs.others().get(program))),
            InstalledPrograms.install(program).orElse("")));
    }

    private static String shown(Command command) {
        String line = command.toString();
        return line.length() > MOST ? line.substring(0, MOST) + "..." : line;
    }
}
