package dev.bluerig.task;

import dev.bluerig.fact.Programs;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.Optional;

/// A remedy against the programs of its machine. Derived from the commands, so that no task can forget to name what it needs.
public final class Lacking {
    private static final int MOST = 120;

    private Lacking() {}

    /// Why the remedy could not run, if a program of it is not there.
    public static Optional<Diff.Unmet> of(Remedy remedy, Programs programs) {
        var changes = new ArrayList<Change>();
        var next = new ArrayList<String>();
        remedy.programs().forEach((program, command) -> {
            if (programs.there().contains(program)) return;
            changes.add(new Change("program " + program, "on the machine, for `" + shown(command) + "`", "absent"));
            Programs.install(program).filter(step -> !next.contains(step)).ifPresent(next::add);
        });
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Diff.Unmet(Finding.PROGRAM_MISSING, changes, String.join("; ", next)));
    }

    private static String shown(Command command) {
        String line = command.toString();
        return line.length() > MOST ? line.substring(0, MOST) + "..." : line;
    }
}
