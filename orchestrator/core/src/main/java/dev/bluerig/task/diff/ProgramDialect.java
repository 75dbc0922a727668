package dev.bluerig.task.diff;

import dev.bluerig.fact.system.ArpingFamily;
import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.remote.Command;
import java.util.List;

/// Tasks write their commands for the usual programs; here they are put into the words of those that a machine has. One place knows them.
public final class ProgramDialect {
    private ProgramDialect() {}

    public static Remedy of(Remedy remedy, InstalledPrograms programs) {
        if (programs.arping() != ArpingFamily.HABETS) return remedy;
        return remedy.saying(remedy.commands().stream().map(ProgramDialect::habets).toList());
    }

    private static Command habets(Command command) {
        List<String> words = command.words();
        boolean probe = words.size() > 2 && command.equals(ArpingFamily.IPUTILS.nobodyHas(words.get(words.size() - 2), words.getLast()));
        return probe ? ArpingFamily.HABETS.nobodyHas(words.get(words.size() - 2), words.getLast()) : command;
    }
}
