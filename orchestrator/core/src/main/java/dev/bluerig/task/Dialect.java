package dev.bluerig.task;

import dev.bluerig.fact.Arping;
import dev.bluerig.fact.Programs;
import dev.bluerig.remote.Command;
import java.util.List;

/// Tasks write their commands for the usual programs; here they are put into the words of those that a machine has. One place knows them.
public final class Dialect {
    private Dialect() {}

    public static Remedy of(Remedy remedy, Programs programs) {
        if (programs.arping() != Arping.HABETS) return remedy;
        return new Remedy(remedy.commands().stream().map(Dialect::habets).toList(), remedy.undo(), remedy.touches(), remedy.settle());
    }

    private static Command habets(Command command) {
        List<String> words = command.words();
        boolean probe = words.size() > 2 && command.equals(Arping.IPUTILS.nobodyHas(words.get(words.size() - 2), words.getLast()));
        return probe ? Arping.HABETS.nobodyHas(words.get(words.size() - 2), words.getLast()) : command;
    }
}
