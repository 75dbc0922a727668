package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;

/// The agent on one machine, ready to be started.
///
/// - `program`: the words that start it; it takes no further ones.
/// - `cache`: the directory on the machine that holds it, an absolute path.
/// - `uploaded`: whether it had to be brought, or was found.
public record InstalledAgent(List<String> program, String cache, boolean uploaded) {
    public InstalledAgent {
        program = List.copyOf(program);
    }

    /// With more words for the JVM, before the agent's own.
    InstalledAgent with(List<String> flags) {
        var words = new ArrayList<>(program);
        words.addAll(words.indexOf("-jar"), flags);
        return new InstalledAgent(words, cache, uploaded);
    }

    public Command command() {
        return Command.of(program);
    }

    /// Where a run keeps its lease on this machine; the agent makes it and removes it at the end.
    public String directory(String run) {
        return cache + "/runs/" + run;
    }
}
