package dev.bluerig.cli;

import dev.bluerig.report.Report;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import dev.bluerig.source.VisibleText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig runs`: former runs, and one of them in full.
@CommandLine.Command(name = "runs", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    @CommandLine.Parameters(arity = "0..1", paramLabel = "ID", description = "the beginning of a run's name, or `last`")
    private Optional<String> id = Optional.empty();

    RunsCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        Path runs = options.runs(project, context);
        if (options.namesRuns() && !Files.exists(runs)) throw new InvalidInput(Location.file(runs.toString()), "no such directory");
        if (Files.exists(runs) && !Files.isDirectory(runs)) throw new InvalidInput(Location.file(runs.toString()), "not a directory");
        var all = FormerRun.all(runs);
        if (id.isEmpty()) {
            if (all.isEmpty()) terminal.complain("no run is recorded in " + runs + (Files.exists(runs) ? "" : ", which is not there"));
            for (FormerRun run : all) terminal.say(run.line());
        } else {
            if (id.get().equals("last") && !all.isEmpty()) last(all);
            else telling(one(all, id.get())).run();
        }
        return ExitCode.DONE;
    }

    private static FormerRun one(List<FormerRun> all, String wanted) {
        var matching = all.stream().filter(run -> run.name().startsWith(wanted)).toList();
        if (matching.size() == 1) return matching.getFirst();
        throw new InvalidInput(Location.file("runs"), matching.isEmpty() ? "no run begins with " + wanted + "; `bluerig runs` lists them"
            : matching.size() + " runs begin with " + wanted + "; write more of the name");
    }

    /// A person is shown the last that can be read, and told which cannot; a program must not take an older run for the last.
    private void last(List<FormerRun> all) {
        var problems = new ArrayList<Problem>();
        for (FormerRun run : all.reversed()) {
            try {
                Runnable telling = telling(run);
                problems.forEach(problem -> terminal.complain(problem + "; this is the run before it"));
                telling.run();
                return;
            } catch (InvalidInput unreadable) {
                if (options.json()) throw unreadable;
                problems.add(unreadable.problems().getFirst());
            }
        }
        throw new InvalidInput(problems);
    }

    /// Reads all of it before anything is printed. Of a run that was killed a person is told what its journal says; a program gets reports.
    private Runnable telling(FormerRun run) {
        if (!options.json()) {
            var killed = run.killed();
            if (killed.isPresent()) return () -> shown(killed.get(), run.journal());
        }
        Report report = run.report();
        return options.json() ? () -> terminal.print(report.json()) : () -> shown(report);
    }

    private void shown(JournalText journal, Path file) {
        terminal.say(journal.whole());
        journal.gaps().forEach(gap -> terminal.complain(file + ": " + gap));
        terminal.say("journal: " + file);
    }

    /// Which run it is, before what it did.
    private void shown(Report report) {
        var run = report.run();
        terminal.say(StyledLine.Style.STRONG.of("run " + run.id())
            .and(": " + VisibleText.words(run.mode()) + " of " + run.playbook() + " with " + run.inventory()
            + (run.by().isEmpty() ? "" : " by " + run.by()) + ", " + run.started() + " to " + run.ended() + ", exit " + report.exit()));
        new TextReport(terminal).whole(run);
    }
}
