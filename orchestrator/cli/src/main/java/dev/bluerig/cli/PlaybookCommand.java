package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.report.FormerRun;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.Resume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// What every command that runs a playbook takes: the playbook, the project, and how to run.
abstract class PlaybookCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Parameters(paramLabel = "PLAYBOOK", description = "a file, or a name in playbooks/ (default: ${DEFAULT-VALUE})")
    private String playbook;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    PlaybookCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    /// `save`: where a check leaves its plan. `plan`: what an apply may do. `resume`: the run that it goes on with.
    ExitCode run(Mode mode, PlaybookRun.RunChoice trials, Optional<Path> save, Optional<Path> plan, Optional<String> resume)
        throws IOException {
        if (resume.isEmpty())
            return new PlaybookRun(terminal, context, project, options, trials, Optional.empty()).go(mode, playbook, save, plan);
        Path runs = options.runs(project, context);
        var former = FormerRun.named(FormerRun.all(runs), resume.get(), mode);
        boolean named = spec.commandLine().getParseResult().hasMatchedPositional(0);
        var resumed = Resume.of(former.name(), former.journal(), new Resume.Options(project.inventoryIsGiven(), named, plan.isPresent()));
        project.otherwise(resumed.start(), context);
        options.otherwise(resumed.start(), runs);
        return new PlaybookRun(terminal, context, project, options, trials, Optional.of(resumed)).go(mode,
            named ? playbook : ProjectOptions.shown(resumed.start().playbook().file(), context), save,
            plan.or(() -> resumed.start().plan().map(agreed -> Path.of(agreed.file()))));
    }
}
