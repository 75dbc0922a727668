package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.run.ExitCode;
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

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    PlaybookCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    /// `save`: where a check leaves its plan. `plan`: what an apply may do.
    ExitCode run(Mode mode, PlaybookRun.TrialOptions trials, Optional<Path> save, Optional<Path> plan) throws IOException {
        return new PlaybookRun(terminal, context, project, options, trials).go(mode, playbook, save, plan);
    }
}
