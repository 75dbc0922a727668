package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// What every command that runs a playbook takes: the project, and how to run.
abstract class PlaybookCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Mixin
    private RunOptions options = new RunOptions();

    PlaybookCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    PlaybookRun run(PlaybookRun.TrialOptions trying) {
        return new PlaybookRun(terminal, context, project, options, trying);
    }
}
