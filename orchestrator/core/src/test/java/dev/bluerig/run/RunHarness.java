package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.remote.Dialer;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.trial.agent.FakeAgentRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The engine from an inventory and a playbook as texts to the record, without a command line; each run leaves a directory of its own.
final class RunHarness {
    private final Path directory;
    private int runs;

    RunHarness(Path directory) {
        this.directory = directory;
    }

    /// As usual, without trials; retries wait for nothing.
    static Run.Terms terms(Mode mode) {
        return new Run.Terms(mode, 50, Optional.empty(), () -> false, _ -> { }, InstantSource.system(),
            new Run.TrialSetup(new FakeAgentRuntime(Map.of()), false));
    }

    Run.Ended run(Run.Terms terms, String inventory, String playbook, Dialer dialer, String... limit) throws IOException {
        return run(terms, inventory, playbook, dialer, RunListener.none(), limit);
    }

    Run.Ended run(Run.Terms terms, String inventory, String playbook, Dialer dialer, RunListener progress, String... limit)
        throws IOException {
        var read = InventoryReader.read(Files.writeString(directory.resolve("i.yaml"), inventory));
        Path book = Files.writeString(directory.resolve("p.yaml"), playbook);
        var items = PlaybookResolver.of(PlaybookReader.read(book, TaskNames.of(TaskCatalogue.all()), directory), read, Set.of(limit));
        runs++;
        var redaction = Redaction.none();
        try (var journal = Journal.create(Files.createDirectories(last()).resolve("journal.jsonl"), terms.clock(), redaction)) {
            var records = new Run.Records("run" + runs, start(), "i", "p", journal, new RemedyLog(last().resolve("evidence"), redaction));
            return new Run(read, terms, records, progress).play(items, dialer);
        }
    }

    /// As if by somebody at a command line.
    private RunStart start() {
        var file = new Plan.BoundFile("file", "0");
        return new RunStart("me", "bluerig", 1, directory.toString(), file, file, Optional.empty(), 50, Optional.empty(),
            Optional.empty());
    }

    /// Where the next run will leave what it leaves.
    Path next() {
        return directory.resolve("run" + (runs + 1));
    }

    /// Where the last run left what it left.
    Path last() {
        return directory.resolve("run" + runs);
    }

    List<JournalEvent> journal() {
        return WrittenJournal.read(last().resolve("journal.jsonl")).events();
    }
}
