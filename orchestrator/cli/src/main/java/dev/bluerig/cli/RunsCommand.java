package dev.bluerig.cli;

import dev.bluerig.report.FormerRun;
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
            for (FormerRun run : all) terminal.say(line(run));
        } else {
            if (id.get().equals("last") && !all.isEmpty()) last(all);
            else telling(FormerRun.named(all, id.get())).run();
        }
        return ExitCode.DONE;
    }

    /// One line, whatever its report is.
    private static String line(FormerRun run) {
        try {
            var journal = run.withoutReport();
            if (journal.isPresent()) return run.name() + "  no report: " + JournalText.of(run, journal.get()).line();
            var report = run.report();
            return report.run().id() + "  " + VisibleText.words(report.run().mode()) + "  " + report.run().inventory() + "  "
                + report.run().playbook() + "  exit " + report.exit() + report.run().lab().map(lab -> "  (" + lab + ")").orElse("")
                + report.run().resumes().map(former -> "  resumes " + former).orElse("");
        } catch (InvalidInput unreadable) {
            return run.name() + "  no report: " + unreadable.problems().getFirst();
        }
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
            var journal = run.withoutReport();
            if (journal.isPresent()) return () -> shown(JournalText.of(run, journal.get()), run.journal());
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
            + (run.by().isEmpty() ? "" : " by " + run.by()) + ", " + run.started() + " to " + run.ended() + ", exit " + report.exit()
            + run.resumes().map(former -> ", resumes " + former).orElse("")));
        new TextReport(terminal).whole(run);
    }
}
